"""The ideal customer profile, version by version: never edited, the newest that is valid counts."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class ProfileQuerySet(models.QuerySet["ProfileVersion"]):
    def valid_at(self, moment: datetime) -> Self:
        return self.filter(valid_from__lte=moment).order_by("-valid_from", "-number")


class ProfileVersion(models.Model):
    """`fields` is `leads.qualification.profile.Profile` as JSON."""

    number = models.PositiveIntegerField(unique=True)
    fields = models.JSONField()
    valid_from = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    changed = models.JSONField(default=dict, help_text="How many leads changed grade when it was previewed.")

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="profile_numbers_from_one",
                violation_error_message="Versions are numbered from 1.",
            )
        ]

    def __str__(self) -> str:
        return f"Profile, version {self.number}"
