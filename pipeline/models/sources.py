"""A source: one system of records (a CRM, a list) that files come from."""

from django.db import models


class Source(models.Model):
    """Where files come from. Ids are unique within a source, so two exports of one CRM belong to one source."""

    class DateOrder(models.TextChoices):
        DETECT = "", "Detect"
        DAY_FIRST = "dmy", "Day first (31/12/2026)"
        MONTH_FIRST = "mdy", "Month first (12/31/2026)"

    system = models.CharField(max_length=40, help_text="hubspot, salesforce, linkedin, other …")
    name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=64, default="UTC")
    date_order = models.CharField(max_length=3, choices=DateOrder, blank=True, default=DateOrder.DETECT)
    currency = models.CharField(max_length=3, default="USD")
    owner_email = models.EmailField(blank=True, help_text="Whose list it is, where it is a person's (LinkedIn).")
    is_sample = models.BooleanField(default=False, help_text="Invented data; the practice model may decide it.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["system", "name"], name="source_once_per_system")]

    def __str__(self) -> str:
        return self.name
