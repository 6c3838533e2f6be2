"""People of the user's own company: owners of deals and contacts, and whose network it is."""

from django.conf import settings
from django.db import models

from pipeline.models import Record


class Colleague(models.Model):
    """One of us. Created from CRM users and owner columns; may be tied to a login."""

    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True, db_index=True)
    manager = models.CharField(max_length=160, blank=True)
    region = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    is_sharing = models.BooleanField(default=False, help_text="Agreed to being named in introductions.")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    records = models.ManyToManyField(Record, blank=True, related_name="colleagues")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
