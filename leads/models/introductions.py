"""Introductions: who was asked to introduce whom, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from deals.models import Colleague, Contact


class Introduction(models.Model):
    """One request to a colleague. `via` is the contact the colleague would go through, where there is one."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        ACCEPTED = "accepted", "Will introduce"
        DECLINED = "declined", "Won't introduce"
        MET = "met", "Met"
        DEAL = "deal", "Became a deal"

    OPEN = (State.ASKED, State.ACCEPTED)
    WORKED = (State.MET, State.DEAL)

    colleague = models.ForeignKey(Colleague, models.CASCADE, related_name="introductions")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="introductions")
    via = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    asked_on = models.DateField(help_text="The organisation's day.")
    strength = models.FloatField(help_text="How promising the path was, 0 to 100.")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["colleague", "contact"],
                condition=Q(state__in=("asked", "accepted")),
                name="introduction_asked_once",
                violation_error_message="This colleague is asked already.",
            )
        ]
        indexes = [models.Index(fields=["colleague", "asked_on"], name="introduction_of_colleague")]

    def __str__(self) -> str:
        return f"{self.colleague} → {self.contact}"
