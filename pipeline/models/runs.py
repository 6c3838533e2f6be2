"""Runs of a pipeline, the chunks of work they are cut into, and what each layer did in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .imports import Batch


class Run(models.Model):
    """One pass of a pipeline over its subjects."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting for a worker"
        RUNNING = "running", "Running"
        CONSENT = "consent", "Waiting for your consent"
        FINISHED = "finished", "Finished"
        FAILED = "failed", "Failed"
        STOPPED = "stopped", "Stopped"

    ACTIVE = (State.QUEUED, State.RUNNING, State.CONSENT)

    pipeline = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    is_dry_run = models.BooleanField(
        default=False, help_text="Counts and prices the questions, decides and spends nothing."
    )
    as_of = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cases = models.PositiveIntegerField(default=0, help_text="Subjects this run had to decide.")
    unchanged = models.PositiveIntegerField(default=0, help_text="Subjects whose earlier decision still stands.")
    forecast = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    audit = models.JSONField(default=dict, help_text="What the data was like before the first question, by source.")
    memory = models.JSONField(default=dict, help_text="What was frozen at the start: examples, aliases, thresholds.")
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pipeline"],
                condition=Q(state__in=("queued", "running", "consent")),
                name="one_active_run_per_pipeline",
                violation_error_message="This pipeline is running already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pipeline} #{self.pk}"

    @property
    def key(self) -> str:
        """How the ledger refers to this run."""
        return f"run:{self.pk}"

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE


class Chunk(models.Model):
    """A unit of work that one worker holds at a time: a lease in time and a fence that only grows.

    Whoever finishes must show the fence it was given; a worker that lost its lease can't write any more.
    """

    class Phase(models.TextChoices):
        IMPORT = "import", "Import"
        FREE = "free", "Rules"
        ASK = "ask", "Questions"
        FINISH = "finish", "Summary"
        UNDO = "undo", "Undo"

    class State(models.TextChoices):
        PENDING = "pending", "Waiting"
        LEASED = "leased", "In work"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    run = models.ForeignKey(Run, models.CASCADE, null=True, blank=True, related_name="chunks")
    batch = models.ForeignKey(Batch, models.CASCADE, null=True, blank=True, related_name="chunks")
    phase = models.CharField(max_length=8, choices=Phase)
    stage = models.PositiveSmallIntegerField(default=0, help_text="Claimable once every lower stage is finished.")
    idx = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    owner = models.CharField(max_length=80, blank=True)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    payload = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0, help_text="Items finished so far.")
    total = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "phase", "idx"], condition=~Q(run=None), name="chunk_once_per_run"),
            models.UniqueConstraint(
                fields=["batch", "phase", "idx"], condition=~Q(batch=None), name="chunk_once_per_batch"
            ),
            models.CheckConstraint(
                condition=Q(run=None, batch__isnull=False) | Q(batch=None, run__isnull=False),
                name="chunk_of_run_or_batch",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="chunk_claimable")]

    def __str__(self) -> str:
        return f"{self.phase} {self.idx}"


class Step(models.Model):
    """One layer's pass over a chunk: what it decided and what it used. The run's totals are the sums of its steps."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="steps")
    chunk = models.ForeignKey(Chunk, models.CASCADE, related_name="steps")
    layer = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(help_text="The layer's place in the pipeline.")
    is_model = models.BooleanField(default=False)
    seen = models.PositiveIntegerField(default=0)
    decided = models.PositiveIntegerField(default=0)
    sent_to_review = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)
    cached = models.PositiveIntegerField(default=0)
    input_tokens = models.PositiveBigIntegerField(default=0)
    output_tokens = models.PositiveBigIntegerField(default=0)
    cost_microusd = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["run", "position"]
        constraints = [models.UniqueConstraint(fields=["run", "layer", "chunk"], name="step_once_per_chunk")]

    def __str__(self) -> str:
        return f"{self.layer} in {self.run_id}"
