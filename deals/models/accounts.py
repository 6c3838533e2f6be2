"""Companies."""

from django.db import models
from django.db.models import Q

from pipeline.models import Entity, Link, Record

from .colleagues import Colleague


class Account(Entity):
    """A company, as its records add up."""

    COMPUTED = (
        "name", "domain", "phone", "street", "city", "state", "postcode", "country", "industry", "employees", "revenue",
        "type", "description", "linkedin",
    )  # fmt: skip

    name = models.CharField(max_length=255, db_index=True)
    domain = models.CharField(max_length=255, blank=True, db_index=True)
    phone = models.CharField(max_length=60, blank=True)
    street = models.CharField(max_length=255, blank=True)
    city = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=30, blank=True)
    country = models.CharField(max_length=80, blank=True)
    industry = models.CharField(max_length=120, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    revenue = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    type = models.CharField(max_length=60, blank=True)
    description = models.TextField(blank=True)
    linkedin = models.URLField(max_length=255, blank=True)
    owner = models.ForeignKey(Colleague, models.SET_NULL, null=True, blank=True, related_name="accounts")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="subsidiaries")
    records = models.ManyToManyField(Record, through="AccountLink", related_name="+")

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["is_current", "name", "id"], name="account_list"),
            models.Index(fields=["country"], name="account_country"),
        ]

    def __str__(self) -> str:
        return self.name or "(no name)"


class AccountDomain(models.Model):
    """A web or mail domain that belongs to a company."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=255, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "domain"], name="domain_once_per_account")]

    def __str__(self) -> str:
        return self.domain


class AccountLink(Link):
    account = models.ForeignKey(Account, models.CASCADE, related_name="links")

    class Meta(Link.Meta):
        indexes = [models.Index(fields=["account"], condition=Q(closed_at=None), name="accountlink_open")]

    def __str__(self) -> str:
        return f"{self.record_id} → {self.account_id}"
