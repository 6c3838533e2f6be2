"""Subjects, what was seen of them, and the decisions taken about them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .runs import Run


class Subject(models.Model):
    """One object a pipeline decides about: the only mutable state of deciding."""

    class State(models.TextChoices):
        DECIDED = "decided", "Decided"
        REVIEW = "review", "Waits for a person"

    pipeline = models.CharField(max_length=60)
    object_id = models.PositiveBigIntegerField()
    case_hash = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=8, choices=State, blank=True)
    decision = models.ForeignKey("Decision", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    is_ask_due = models.BooleanField(default=False, help_text="Could not be asked; the next run asks again.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pipeline", "object_id"], name="subject_once_per_pipeline")]
        indexes = [
            models.Index(fields=["pipeline", "state"], name="subject_by_state"),
            models.Index(fields=["decision"], condition=Q(decision__isnull=False), name="subject_of_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.pipeline} {self.object_id}"

    @property
    def key(self) -> str:
        """How the ledger refers to this subject."""
        return str(self.object_id)


class Dossier(models.Model):
    """A case as it stood when free layers left it open: values, candidates, comparison. Immutable.

    Questions, review pages, examples and later learning all read this, so what they show is what was judged.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="dossiers")
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="dossiers")
    case = models.JSONField()
    case_hash = models.CharField(max_length=32)
    path = models.JSONField(default=list, help_text="What the free layers said before they passed it on.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "subject"], name="dossier_once_per_run")]

    def __str__(self) -> str:
        return f"{self.subject_id} in {self.run_id}"


class Decision(models.Model):
    """A recorded outcome. Never edited: a later decision supersedes it."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="decisions")
    run = models.ForeignKey(Run, models.PROTECT, null=True, blank=True, related_name="decisions", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, db_index=False)
    label = models.CharField(max_length=40)
    anchor = models.PositiveBigIntegerField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    layer = models.CharField(max_length=40)
    is_model = models.BooleanField(default=False)
    reason = models.CharField(max_length=60)
    evidence = models.JSONField(default=dict)
    path = models.JSONField(default=list, help_text="Layers passed, in order, with what each said and its attempts.")
    versions = models.JSONField(default=dict)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="decisions", db_index=False
    )
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "subject"], condition=Q(by=None), name="decision_once_per_run")
        ]
        # Most decisions name no person, no dossier and no anchor, and are written by the hundred thousand.
        indexes = [
            models.Index(fields=["run", "layer"], name="decision_by_layer"),
            models.Index(fields=["run"], condition=Q(is_model=True), name="decision_by_model"),
            models.Index(fields=["by"], condition=Q(by__isnull=False), name="decision_by_person"),
            models.Index(fields=["anchor"], condition=Q(anchor__isnull=False), name="decision_of_anchor"),
            models.Index(fields=["dossier"], condition=Q(dossier__isnull=False), name="decision_of_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.label} by {self.layer}"


class Effect(models.Model):
    """What applying a decision changed, so that it can be taken back."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="effects")
    before = models.JSONField()
    after = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    reverted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"effect of {self.decision_id}"


class Threshold(models.Model):
    """From which score a layer's answer is accepted without a person. Dated: the newest row that is valid counts."""

    pipeline = models.CharField(max_length=60)
    layer = models.CharField(max_length=40)
    label = models.CharField(max_length=40)
    value = models.FloatField()
    valid_from = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pipeline", "layer", "label", "valid_from"], name="threshold_once_per_moment"
            ),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=1.01), name="threshold_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.pipeline} {self.layer} {self.label} ≥ {self.value}"
