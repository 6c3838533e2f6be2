"""What happened with whom: e-mails, calls, meetings, notes, tasks."""

from django.db import models

from pipeline.models import Record, VisibleQuerySet

from .accounts import Account
from .colleagues import Colleague
from .contacts import Contact
from .deals import Deal


class Activity(models.Model):
    """Something that happened or is planned. `happened_at` is the world's clock, `recorded_at` ours."""

    class Kind(models.TextChoices):
        EMAIL = "email", "E-mail"
        CALL = "call", "Call"
        MEETING = "meeting", "Meeting"
        NOTE = "note", "Note"
        TASK = "task", "Task"
        MESSAGE = "message", "Message"

    class Direction(models.TextChoices):
        INBOUND = "in", "From them"
        OUTBOUND = "out", "From us"
        UNKNOWN = "", "Not known"

    kind = models.CharField(max_length=8, choices=Kind)
    direction = models.CharField(max_length=3, choices=Direction, blank=True)
    subject = models.CharField(max_length=255, blank=True)
    body = models.TextField(blank=True)
    status = models.CharField(max_length=40, blank=True)
    happened_at = models.DateTimeField(null=True, blank=True, db_index=True)
    recorded_at = models.DateTimeField()
    duration_s = models.PositiveIntegerField(null=True, blank=True)
    is_planned = models.BooleanField(default=False)
    owner = models.ForeignKey(Colleague, models.SET_NULL, null=True, blank=True, related_name="activities")
    deal = models.ForeignKey(Deal, models.SET_NULL, null=True, blank=True, related_name="activities")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="activities")
    account_record = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")
    record = models.OneToOneField(Record, models.CASCADE, related_name="activity")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-id"]
        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=["deal", "happened_at"], name="activity_of_deal"),
            models.Index(fields=["account", "happened_at"], name="activity_of_account"),
        ]

    def __str__(self) -> str:
        return self.subject or self.get_kind_display()


class Participant(models.Model):
    """A contact who took part in an activity, found through the record the file named."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participants")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="participations")
    contact_record = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "contact_record"], name="participant_once_per_activity")
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.activity_id}"
