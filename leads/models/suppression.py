"""Who must not be contacted, kept without saying who: keyed hashes outlive the deletion of everything else."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q


class SuppressionKey(models.Model):
    """The secret the hashes are made with; lost, nobody on the list can be recognised again."""

    secret = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1), name="one_suppression_key", violation_error_message="There is one key."
            )
        ]

    def __str__(self) -> str:
        return "key"

    @classmethod
    def current(cls) -> str:
        """The secret, made at first use; two that make it at once end up with the same."""
        return cls.objects.get_or_create(pk=1, defaults={"secret": secrets.token_hex(32)})[0].secret


class Suppression(models.Model):
    """One address, number, profile or domain that must not be contacted. Lifted, not deleted."""

    class Kind(models.TextChoices):
        EMAIL = "email", "E-mail address"
        PHONE = "phone", "Phone number"
        PROFILE = "profile", "Profile address"
        DOMAIN = "domain", "Whole domain"

    class Reason(models.TextChoices):
        OPTED_OUT = "opted_out", "Opted out in a file"
        OBJECTED = "objected", "Asked not to be contacted"
        ERASED = "erased", "Asked to be erased"
        LEGAL = "legal", "Legal or sanctions"
        OTHER = "other", "Other"

    kind = models.CharField(max_length=7, choices=Kind)
    keyed_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=9, choices=Reason)
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=160, blank=True, help_text="The file, or who asked.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "keyed_hash"],
                name="suppressed_once",
                violation_error_message="This is on the list already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.keyed_hash[:8]}…"


class Erasure(models.Model):
    """Proof that a person was erased: what went, counted; never who it was."""

    hashes = models.JSONField(help_text="Keyed hashes of the addresses and profiles that were erased.")
    counts = models.JSONField(help_text="How much of what was erased.")
    digest = models.CharField(max_length=64, unique=True, help_text="A hash over all of the above and the moment.")
    is_retention = models.BooleanField(default=False, help_text="Past its time, not asked for.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_by = models.CharField(max_length=200, blank=True, help_text="How the request came, without the name.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Erasure {self.pk}"
