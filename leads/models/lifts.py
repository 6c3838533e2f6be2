"""Reasons against a lead that somebody set aside, for a while or for good."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .leads import Lead


class Lift(models.Model):
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="lifts")
    code = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "code"],
                condition=Q(withdrawn_at=None),
                name="lift_once_while_open",
                violation_error_message="This reason is set aside already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} set aside"
