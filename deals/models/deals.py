"""Deals and the people who play a part in them."""

from django.db import models
from django.db.models import Q

from pipeline.models import Entity, Link, Record

from .accounts import Account
from .colleagues import Colleague
from .contacts import Contact


class Deal(Entity):
    """A sale in progress or closed. One CRM's deal is one deal: deals of different systems are not matched."""

    COMPUTED = (
        "name", "stage", "pipeline", "amount", "currency", "close_date", "next_step", "forecast_category",
        "probability", "is_closed", "is_won", "lost_reason", "product", "created_on", "last_activity_at",
        "next_activity_at",
    )  # fmt: skip

    name = models.CharField(max_length=255, db_index=True)
    stage = models.CharField(max_length=80, blank=True, db_index=True)
    pipeline = models.CharField(max_length=80, blank=True)
    amount = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    close_date = models.DateField(null=True, blank=True, db_index=True)
    created_on = models.DateField(null=True, blank=True)
    next_step = models.CharField(max_length=255, blank=True)
    forecast_category = models.CharField(max_length=40, blank=True)
    probability = models.FloatField(null=True, blank=True, help_text="0 to 1")
    is_closed = models.BooleanField(default=False)
    is_won = models.BooleanField(default=False)
    lost_reason = models.CharField(max_length=255, blank=True)
    product = models.CharField(max_length=120, blank=True)
    last_activity_at = models.DateTimeField(null=True, blank=True)
    next_activity_at = models.DateTimeField(null=True, blank=True)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="deals")
    account_record = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Colleague, models.SET_NULL, null=True, blank=True, related_name="deals")
    records = models.ManyToManyField(Record, through="DealLink", related_name="+")

    class Meta:
        ordering = ["-close_date", "id"]
        indexes = [models.Index(fields=["is_current", "-close_date", "id"], name="deal_list")]

    def __str__(self) -> str:
        return self.name or "(no name)"


class DealRole(models.Model):
    """A person's part in a deal, as a file said (through one of the person's records) or a person entered it."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="roles")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="roles")
    contact_record = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=60, blank=True)
    is_confirmed = models.BooleanField(default=False, help_text="Entered or confirmed by a person.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deal", "contact_record", "role"], name="role_once_per_deal_and_record")
        ]

    def __str__(self) -> str:
        return f"{self.contact} ({self.role or 'no role'})"


class DealLink(Link):
    deal = models.ForeignKey(Deal, models.CASCADE, related_name="links")

    class Meta(Link.Meta):
        indexes = [models.Index(fields=["deal"], condition=Q(closed_at=None), name="deallink_open")]

    def __str__(self) -> str:
        return f"{self.record_id} → {self.deal_id}"
