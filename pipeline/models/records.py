"""Rows, the records they yield, and the versions a record went through."""

from typing import Any

from django.db import models
from django.db.models import Q

from .imports import ImportFile
from .sources import Source
from .visibility import VisibleQuerySet


class Row(models.Model):
    """One line of a file as it stood there. Never edited."""

    class Outcome(models.TextChoices):
        CREATED = "created", "Created"
        UPDATED = "updated", "Updated"
        UNCHANGED = "unchanged", "Unchanged"
        SKIPPED = "skipped", "Skipped"
        FAILED = "failed", "Failed"

    file = models.ForeignKey(ImportFile, models.PROTECT, related_name="row_set")
    line = models.PositiveIntegerField(help_text="The line in the file where the row begins, counted from 1.")
    cells = models.JSONField()
    outcome = models.CharField(max_length=9, choices=Outcome)
    reason = models.TextField(blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["file", "line"]
        constraints = [models.UniqueConstraint(fields=["file", "line"], name="row_once_per_line")]
        indexes = [models.Index(fields=["file", "outcome", "line"], name="row_by_outcome")]

    def __str__(self) -> str:
        return f"line {self.line}"

    def labelled(self) -> list[tuple[str, str]]:
        """The row's cells beside their column heads; surplus cells have an empty head."""
        header = self.file.header
        return [(header[i] if i < len(header) else "", cell) for i, cell in enumerate(self.cells)]


class Record(models.Model):
    """One mention of a person, company, deal … in a source, with its values as last imported."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="records")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    values = models.JSONField()
    content_hash = models.CharField(max_length=32)
    row = models.ForeignKey(Row, models.PROTECT, related_name="+", help_text="The row that gave the present values.")
    recorded_at = models.DateTimeField(help_text="When the present values were imported.")
    is_withdrawn = models.BooleanField(default=False, help_text="Its import was undone.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "key"], name="record_once_per_source")]
        indexes = [models.Index(fields=["kind", "id"], name="record_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def value(self, name: str) -> Any:
        return self.values.get(name)


class Version(models.Model):
    """What one row said about a record. Append-only; the newest is copied to the record."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="versions")
    row = models.ForeignKey(Row, models.PROTECT, related_name="versions")
    values = models.JSONField()
    content_hash = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["record", "row"], name="version_once_per_row")]

    def __str__(self) -> str:
        return f"{self.record_id} from {self.row_id}"


class Link(models.Model):
    """Which entity a record belongs to; closed, not deleted, when it moves."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(closed_at=None), name="%(class)s_once_while_open")
        ]


class PairFact(models.Model):
    """A person said that two records are not the same. Withdrawn, not deleted, when the answer is taken back."""

    kind = models.CharField(max_length=20)
    low = models.ForeignKey(Record, models.CASCADE, related_name="+")
    high = models.ForeignKey(Record, models.CASCADE, related_name="+")
    answer = models.ForeignKey("pipeline.Answer", models.CASCADE, null=True, blank=True, related_name="pair_facts")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "low", "high"], condition=Q(withdrawn_at=None), name="pair_fact_once_while_true"
            ),
            models.CheckConstraint(condition=Q(low__lt=models.F("high")), name="pair_fact_low_before_high"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} is not {self.high_id}"
