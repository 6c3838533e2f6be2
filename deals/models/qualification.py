"""What qualifies a deal: what a model found and proposes, and what a person stands for."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pipeline.models import Decision

from .contacts import Contact
from .deals import Deal, DealRole


class Element(models.TextChoices):
    """MEDDPICC, and objections."""

    METRICS = "metrics", "Metrics"
    ECONOMIC_BUYER = "economic_buyer", "Economic buyer"
    DECISION_CRITERIA = "decision_criteria", "Decision criteria"
    DECISION_PROCESS = "decision_process", "Decision process"
    PAPER_PROCESS = "paper_process", "Paper process"
    PAIN = "pain", "Pain"
    CHAMPION = "champion", "Champion"
    COMPETITION = "competition", "Competition"
    OBJECTION = "objection", "Objection"


class Suggestion(models.Model):
    """What a model found in a record, with the words that say so. Only a person's answer makes it count.

    `fingerprint` keeps what was answered once from being proposed again.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="suggestions")
    element = models.CharField(max_length=20, choices=Element)
    value = models.CharField(max_length=300)
    quote = models.CharField(max_length=240)
    evidence = models.JSONField(default=list)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    fingerprint = models.CharField(max_length=32)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="suggestions")
    model = models.CharField(max_length=200, blank=True)
    is_practice = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "fingerprint"], name="suggestion_once_per_deal"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(by__isnull=False), name="suggestion_answered_by_a_person"
            ),
        ]
        indexes = [models.Index(fields=["deal", "state"], name="suggestion_of_deal")]

    def __str__(self) -> str:
        return f"{self.get_element_display()}: {self.value}"


class Qualification(models.Model):
    """One thing known about a deal's qualification, entered or accepted by a person. Withdrawn, not deleted.

    `level` says how well it is known: claimed by somebody here, quoted from the customer, confirmed by the customer.
    """

    class Level(models.TextChoices):
        CLAIMED = "claimed", "Claimed"
        QUOTED = "quoted", "Quoted"
        CONFIRMED = "confirmed", "Confirmed"

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="qualifications")
    element = models.CharField(max_length=20, choices=Element)
    value = models.CharField(max_length=300)
    quote = models.CharField(max_length=240, blank=True)
    evidence = models.JSONField(default=list)
    level = models.CharField(max_length=9, choices=Level)
    suggestion = models.ForeignKey(Suggestion, models.SET_NULL, null=True, blank=True, related_name="qualifications")
    role = models.ForeignKey(DealRole, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["deal", "element"], condition=Q(withdrawn_at=None), name="qualification_of_deal")
        ]

    def __str__(self) -> str:
        return f"{self.get_element_display()}: {self.value}"
