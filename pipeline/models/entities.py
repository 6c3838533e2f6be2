"""What accounts, contacts, deals and leads have in common: values that records add up to, and values people hold."""

from typing import Any

from django.db import models

from .visibility import VisibleQuerySet


class Entity(models.Model):
    """Recomputed from its records whenever a link changes.

    `held` are values a person entered, which no import replaces: field → {"value", "by", "at"}. An entity without
    records keeps its row (history points at it) and is no longer current.
    """

    is_current = models.BooleanField(default=True)
    record_count = models.PositiveIntegerField(default=0)
    held = models.JSONField(default=dict, blank=True)
    first_seen_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    objects = VisibleQuerySet.as_manager()

    # Fields computed from records: names shared by the model and the records' values.
    COMPUTED: tuple[str, ...] = ()
    # Fields that a recomputation leaves alone.
    KEPT: tuple[str, ...] = ("id", "first_seen_at", "held")

    class Meta:
        abstract = True

    def held_value(self, name: str) -> Any:
        return self.held[name]["value"] if name in self.held else None
