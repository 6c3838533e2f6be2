"""What leads did: the ground of their heat. Append-only; an import that is undone withdraws its events."""

from django.db import models

from pipeline.models import Record, VisibleQuerySet

from .leads import Lead


class LeadEvent(models.Model):
    """One engagement. `happened_at` is the world's clock, `recorded_at` ours. `record` is where a file says so,
    `lead_record` whom it is about: the event follows that record from lead to lead."""

    class Kind(models.TextChoices):
        DEMO = "demo", "Asked for a demo or a call"
        MEETING = "meeting", "Met us"
        REPLY = "reply", "Replied to us"
        INTRODUCTION = "introduction", "Introduced by somebody"
        PRICING = "pricing", "Looked at prices or integrations"
        ATTENDED = "attended", "Attended an event or webinar"
        SIGNAL = "signal", "Hiring, funding or a change of tools"
        DOWNLOAD = "download", "Downloaded something"
        CLICK = "click", "Clicked a link"
        OPEN = "open", "Opened a mail"
        CAREERS = "careers", "Looked at the careers page"

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="events")
    lead_record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    detail = models.CharField(max_length=255, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind", "happened_at"],
                name="lead_event_once_per_record",
                violation_error_message="This record says so already.",
            )
        ]
        indexes = [models.Index(fields=["lead", "-happened_at"], name="event_of_lead")]

    def __str__(self) -> str:
        return self.get_kind_display()
