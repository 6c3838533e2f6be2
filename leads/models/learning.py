"""What was learned from outcomes, the rules it proposes and what people said of them and of columns."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .profiles import ProfileVersion


class OutcomeStudy(models.Model):
    """One look at what was won and lost. `result` is `leads.learning.telling.to_json`; `basis` changes when there is
    something new to learn."""

    class Subject(models.TextChoices):
        LEAD = "lead", "Leads"
        DEAL = "deal", "Deals"

    subject = models.CharField(max_length=4, choices=Subject)
    made_at = models.DateTimeField()
    outcomes = models.PositiveIntegerField()
    won = models.PositiveIntegerField()
    basis = models.CharField(max_length=64)
    is_sample = models.BooleanField(default=False, help_text="Learned from sample data.")
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "outcome studies"
        constraints = [
            models.UniqueConstraint(fields=["subject", "basis"], name="study_once_per_basis"),
            models.CheckConstraint(
                condition=Q(won__lte=models.F("outcomes")), name="study_won_of_outcomes",
                violation_error_message="No more can be won than have an outcome.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.outcomes} outcomes"


class ProposedRule(models.Model):
    """A rule that outcomes proposed; it counts only while `state` is accepted, as part of the profile."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "In force"
        OFF = "off", "Switched off"
        REFUSED = "refused", "Refused"

    key = models.CharField(max_length=400, unique=True)
    rule = models.JSONField()
    figures = models.JSONField(default=dict, help_text="Outcomes it was found in, and those of later leads.")
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    is_standing = models.BooleanField(default=True, help_text="The newest outcomes still propose it.")
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(ProfileVersion, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key


class ColumnChoice(models.Model):
    """A person wants a column counted although it looks as if it knew the end, or not counted."""

    subject = models.CharField(max_length=4, choices=OutcomeStudy.Subject)
    name = models.CharField(max_length=255)
    is_counted = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "name"], name="column_choice_once")]

    def __str__(self) -> str:
        return f"{self.name}: {'counted' if self.is_counted else 'not counted'}"
