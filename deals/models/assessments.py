"""What signals said of a deal and when: snapshots, the limits they used, and findings a person put aside."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pipeline.models import Decision

from .deals import Deal

LONGEST_SNOOZE = timedelta(days=30)


class SignalSettings(models.Model):
    """Which signals are on and their limits, as `deals.signals.settings.Settings` keeps them. The newest row counts."""

    values = models.JSONField(default=dict)
    valid_from = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "signal settings"

    def __str__(self) -> str:
        return f"Signal settings of {self.valid_from:%Y-%m-%d}"


class Assessment(models.Model):
    """A deal's health as it was shown. Never edited; the findings stand in the decision's evidence.

    `attention` orders lists: larger first. `sentence` and `code` are the heaviest finding's.
    """

    class Band(models.TextChoices):
        GOOD = "good", "Good"
        WATCH = "watch", "Watch"
        AT_RISK = "at risk", "At risk"
        CRITICAL = "critical", "Critical"
        UNKNOWN = "not enough data", "Not enough data"

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="assessments")
    decision = models.OneToOneField(Decision, models.CASCADE, related_name="assessment")
    as_of = models.DateField(help_text="The day whose end was judged.")
    assessed_at = models.DateTimeField()
    health = models.PositiveSmallIntegerField()
    completeness = models.FloatField(help_text="Share of the signals that could be judged, 0 to 1.")
    band = models.CharField(max_length=15, choices=Band)
    attention = models.FloatField(default=0)
    base_amount = models.FloatField(null=True, blank=True, help_text="In the organisation's currency.")
    stage_since = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=3, blank=True)
    sentence = models.CharField(max_length=300, blank=True)
    is_latest = models.BooleanField(default=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["deal"], condition=Q(is_latest=True), name="one_latest_assessment"),
            models.CheckConstraint(condition=Q(health__lte=100), name="health_up_to_100"),
        ]
        indexes = [
            models.Index(fields=["deal", "as_of", "id"], name="assessment_of_day"),
            models.Index(fields=["is_latest", "-attention"], name="assessment_by_attention"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.health} on {self.as_of}"

    @property
    def has_colour(self) -> bool:
        return self.band != self.Band.UNKNOWN


class Snooze(models.Model):
    """A finding that a person put aside until a day: snoozed with a reason (it is not judged), or done (not listed)."""

    class Kind(models.TextChoices):
        SNOOZED = "snoozed", "Snoozed"
        DONE = "done", "Done"

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="snoozes")
    code = models.CharField(max_length=3)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.SNOOZED)
    reason = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(help_text="The first day on which it counts again.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="snooze_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(kind="snoozed", reason=""), name="snooze_has_a_reason"),
        ]
        indexes = [models.Index(fields=["deal", "code", "until"], name="snooze_of_finding")]

    def __str__(self) -> str:
        return f"{self.code} of {self.deal_id} until {self.until}"


class SignalReport(models.Model):
    """Whether signals told lost deals from won ones, over the year up to a day (`deals.signals.report.Report`)."""

    as_of = models.DateField()
    created_at = models.DateTimeField()
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Signal report of {self.as_of}"


class ReportReader(models.Model):
    """Somebody who wants the weekly report by e-mail; `sent_on` is the day of the last one."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user)


class DealVisit(models.Model):
    """When somebody looked at a deal last, to tell what has changed since."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="visits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True, blank=True, help_text="The visit before that one.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "user"], name="one_visit_per_deal_and_user")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.deal_id}"
