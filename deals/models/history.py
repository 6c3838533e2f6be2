"""Append-only changes of fields: the memory that stage age, pushed dates and fallen amounts are read from."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pipeline.models import Row

from .accounts import Account
from .contacts import Contact
from .deals import Deal


class FieldChange(models.Model):
    """One field of one entity took a new value. Never edited.

    `happened_at` is when it was true in the world where the file says so, otherwise the import; `recorded_at` is when
    we learnt it. Values are text (ISO for dates, plain digits for amounts).
    """

    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="changes")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="changes")
    deal = models.ForeignKey(Deal, models.CASCADE, null=True, blank=True, related_name="changes")
    field = models.CharField(max_length=40)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.CharField(max_length=160, blank=True, help_text="Who changed it there, as the file says.")
    row = models.ForeignKey(Row, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-happened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, contact=None, deal=None)
                | Q(account=None, contact__isnull=False, deal=None)
                | Q(account=None, contact=None, deal__isnull=False),
                name="change_of_one_entity",
            )
        ]
        indexes = [
            models.Index(fields=["deal", "field", "happened_at"], name="change_of_deal"),
            models.Index(fields=["contact", "happened_at"], name="change_of_contact"),
            models.Index(fields=["account", "happened_at"], name="change_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.old} → {self.new}"
