"""What the plan's checks found: a row per failure, worded for the plan's owner."""

from django.db import models

from governance.models.plans import PlanVersion


class Moment(models.TextChoices):
    SAVING = "saving", "when saved"
    RUN = "run", "at a run's start"
    CALL = "call", "before a question"
    OUTPUT = "output", "on an answer"
    NIGHTLY = "nightly", "overnight"


class PlanFinding(models.Model):
    """`line` is the plan's line 1–32, `sentence` says what the plan states and what was seen."""

    plan_version = models.ForeignKey(
        PlanVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="findings",
        help_text="Empty when there is no plan at all.",
    )  # fmt: skip
    line = models.PositiveSmallIntegerField()
    moment = models.CharField(max_length=10, choices=Moment.choices)
    task = models.CharField(max_length=100, blank=True)
    run_key = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    is_passed = models.BooleanField(default=False)
    observed = models.CharField(max_length=300, blank=True)
    limit = models.CharField(max_length=300, blank=True)
    action = models.CharField(max_length=300, blank=True)
    sentence = models.CharField(max_length=600)
    recorded_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True, help_text="When the plan's owner got a mail about it.")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["run_key"], name="governance_finding_run")]

    def __str__(self) -> str:
        return self.sentence
