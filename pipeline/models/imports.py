"""What was uploaded: batches of files, kept in the database so that workers on any host can read them."""

from django.conf import settings
from django.db import models

from .sources import Source


class Batch(models.Model):
    """Files that were imported together."""

    class State(models.TextChoices):
        PREVIEW = "preview", "Preview"
        RUNNING = "running", "Importing"
        DONE = "done", "Imported"
        UNDONE = "undone", "Undone"

    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"Import {self.pk}"


class ImportFile(models.Model):
    """One file, how it was read, and what became of its rows.

    rows = created + updated + unchanged + skipped + failed, always.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        READING = "reading", "Importing"
        DONE = "done", "Imported"
        UNREADABLE = "unreadable", "Could not be read"
        UNMAPPED = "unmapped", "Needs its columns assigned"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="files")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    encoding = models.CharField(max_length=40, blank=True)
    delimiter = models.CharField(max_length=4, blank=True)
    format = models.CharField(max_length=60, blank=True)
    format_label = models.CharField(max_length=120, blank=True)
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=dict, help_text="For a guessed layout: record kind and column → field.")
    error = models.TextField(blank=True)
    problems = models.JSONField(default=list, help_text="What a person should know about the file as a whole.")
    line_count = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def body(self) -> bytes:
        return b"".join(bytes(part) for part in self.parts.order_by("idx").values_list("body", flat=True))


class FilePart(models.Model):
    """A slice of a file's bytes."""

    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="parts")
    idx = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "idx"], name="part_once_per_file")]

    def __str__(self) -> str:
        return f"{self.file_id}/{self.idx}"
