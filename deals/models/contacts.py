"""People at companies, and the identities they are known by."""

from django.db import models
from django.db.models import Q

from pipeline.models import Entity, Link, Record

from .accounts import Account
from .colleagues import Colleague


class Contact(Entity):
    """A person, as their records add up."""

    COMPUTED = (
        "given_name", "family_name", "email", "phone", "mobile", "title", "department", "company", "city", "country",
        "linkedin", "source", "opted_out", "bounced", "has_left",
    )  # fmt: skip

    full_name = models.CharField(max_length=255, db_index=True)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True, db_index=True)
    phone = models.CharField(max_length=60, blank=True)
    mobile = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=160, blank=True)
    department = models.CharField(max_length=120, blank=True)
    company = models.CharField(max_length=255, blank=True, help_text="As written in the record.")
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=80, blank=True)
    linkedin = models.CharField(max_length=255, blank=True)
    source = models.CharField(max_length=80, blank=True, verbose_name="lead source")
    opted_out = models.BooleanField(default=False)
    bounced = models.CharField("e-mail bounces", max_length=160, blank=True, help_text="The reason the server gave.")
    has_left = models.BooleanField("has left the company", default=False)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="contacts")
    account_record = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Colleague, models.SET_NULL, null=True, blank=True, related_name="contacts")
    records = models.ManyToManyField(Record, through="ContactLink", related_name="+")

    class Meta:
        ordering = ["full_name", "id"]
        indexes = [
            models.Index(fields=["is_current", "full_name", "id"], name="contact_list"),
            models.Index(fields=["country"], name="contact_country"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email or "(no name)"


class Identity(models.Model):
    """One way a contact is recognised: e-mail, phone, profile URL."""

    class Kind(models.TextChoices):
        EMAIL = "email", "E-mail"
        PHONE = "phone", "Phone"
        PROFILE = "profile", "Profile URL"

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.CharField(max_length=255)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(fields=["contact", "kind", "value"], name="identity_once_per_contact")]
        indexes = [models.Index(fields=["kind", "value"], name="identity_lookup")]

    def __str__(self) -> str:
        return self.value


class ContactLink(Link):
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="links")

    class Meta(Link.Meta):
        indexes = [models.Index(fields=["contact"], condition=Q(closed_at=None), name="contactlink_open")]

    def __str__(self) -> str:
        return f"{self.record_id} → {self.contact_id}"
