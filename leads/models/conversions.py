"""Leads that became a contact, an account and a deal, with all that is needed to take it back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from deals.models import Account, Contact, Deal

from .leads import Lead


class Conversion(models.Model):
    """`made` lists the ids of the records and entities that were new: what an undo takes away again."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="conversions")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    deal = models.ForeignKey(Deal, models.SET_NULL, null=True, blank=True, related_name="+")
    made = models.JSONField(default=dict)
    former = models.JSONField(default=dict, help_text="How the lead stood before.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lead"],
                condition=Q(undone_at=None),
                name="converted_once",
                violation_error_message="This lead is converted already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lead} converted"
