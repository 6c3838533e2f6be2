"""Leads that sales handed back, with one of eight reasons: what the rules are calibrated by."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from leads.routing import REJECTIONS

from .leads import Lead


class Rejection(models.Model):
    """`grade` and `band` are what the lead had when it was handed back."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="rejections")
    reason = models.CharField(max_length=20, choices=list(REJECTIONS.items()))
    note = models.CharField(max_length=200, blank=True)
    grade = models.CharField(max_length=1, blank=True)
    band = models.CharField(max_length=4, blank=True)
    former_status = models.CharField(max_length=9)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lead"], condition=Q(withdrawn_at=None), name="rejection_once_while_open",
                violation_error_message="This lead was handed back already.",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=list(REJECTIONS)), name="rejection_has_a_known_reason",
                violation_error_message="Choose one of the eight reasons.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_reason_display()
