"""Questions that wait for a person, what people answered, and where an answer was used again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.models import Attempt

from .decisions import Decision, Dossier, Subject


class Review(models.Model):
    """A decision that waits for a person, or one that stands and is checked blind."""

    class Kind(models.TextChoices):
        QUESTION = "question", "Question"
        AUDIT = "audit", "Blind check"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="reviews")
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="reviews")
    pipeline = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.QUESTION)
    stake = models.FloatField(default=0, help_text="Higher comes first.")
    skipped_at = models.DateTimeField(null=True, blank=True, help_text="Put off with “unsure”; comes again last.")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind"], condition=Q(closed_at=None), name="review_once_while_open"
            )
        ]
        indexes = [models.Index(fields=["pipeline", "stake", "id"], condition=Q(closed_at=None), name="review_queue")]

    def __str__(self) -> str:
        return f"review of {self.subject_id}"


class Answer(models.Model):
    """What a person said about a case. Never edited; taken back by `withdrawn_at`.

    `split` is fixed by a hash of the record pair: the exam share is never shown to a model or learned from.
    """

    class Split(models.TextChoices):
        LEARN = "learn", "Learning"
        EXAM = "exam", "Exam"

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="answers")
    review = models.ForeignKey(Review, models.SET_NULL, null=True, blank=True, related_name="answers")
    proposal = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="answers")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="given_answer")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="answers")
    pipeline = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    label = models.CharField(max_length=40)
    anchor = models.PositiveBigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    is_correction = models.BooleanField(default=False, help_text="Differs from what was proposed.")
    features = models.JSONField(default=dict)
    split = models.CharField(max_length=5, choices=Split, default=Split.LEARN)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["pipeline", "withdrawn_at", "id"], name="answer_memory")]

    def __str__(self) -> str:
        return f"{self.label} by {self.by_id}"


class ExampleUse(models.Model):
    """A person's answer stood in the prompt of an attempt."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="example_uses")
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "answer"], name="example_once_per_attempt")]

    def __str__(self) -> str:
        return f"{self.answer_id} in {self.attempt_id}"
