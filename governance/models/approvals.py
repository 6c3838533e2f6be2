"""What an approval rests on: a dry run that the approver looked at, and one approver or two."""

from django.conf import settings
from django.db import models

from governance.models.plans import PlanVersion


class PlanDryRun(models.Model):
    """A draft replayed over past cases. `result` is what the page shows, a list with one entry per task; the machinery
    stands with the pipelines. It counts for the draft only as long as `fields_hash` is still the draft's."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for a worker"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="dry_runs")
    fields_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    result = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Dry run of {self.plan_version}"


class PlanApproval(models.Model):
    """Somebody approved a draft as it read then; a plan of high risk takes two."""

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="approvals")
    fields_hash = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan_version", "fields_hash", "by"],
                name="governance_plan_approval_once",
                violation_error_message="You approved this version already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.by} approved {self.plan_version}"


class LimitsRead(models.Model):
    """Somebody who judges results confirmed having read what AI is known to get wrong, as this version puts it."""

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="limits_read")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan_version", "by"],
                name="governance_limits_read_once",
                violation_error_message="You confirmed this already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.by} read the limits of {self.plan_version}"


class PlanOwnAnswer(models.Model):
    """What the owner of a plan said about one of ten own records before it was approved; it decides nothing."""

    plan = models.ForeignKey("governance.Plan", models.CASCADE, related_name="own_answers")
    task = models.CharField(max_length=100)
    object_id = models.PositiveBigIntegerField()
    label = models.CharField(max_length=40)
    anchor = models.PositiveBigIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "task", "object_id", "by"],
                name="governance_own_answer_once",
                violation_error_message="You answered this already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.object_id}: {self.label}"
