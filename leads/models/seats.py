"""Who takes leads, how many, and who has a claim on which companies and countries."""

from django.db import models
from django.db.models import Q

from deals.models import Account, Colleague


class LeadSeat(models.Model):
    """A colleague who takes leads in turn."""

    colleague = models.OneToOneField(Colleague, models.CASCADE, related_name="lead_seat")
    capacity = models.PositiveSmallIntegerField(default=20, help_text="How many open leads at a time.")
    is_taking = models.BooleanField("takes new leads", default=True)

    class Meta:
        verbose_name = "lead owner"
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="seat_has_room_for_one",
                violation_error_message="Somebody who takes leads has room for one at least.",
            )
        ]

    def __str__(self) -> str:
        return str(self.colleague)


class NamedAccount(models.Model):
    """A company whose leads always go to one colleague."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="named")
    colleague = models.ForeignKey(Colleague, models.CASCADE, related_name="named_accounts")

    def __str__(self) -> str:
        return f"{self.account} → {self.colleague}"


class Territory(models.Model):
    """A country whose leads go to one colleague where nobody has a better claim."""

    country = models.CharField(max_length=80, unique=True)
    colleague = models.ForeignKey(Colleague, models.CASCADE, related_name="territories")

    class Meta:
        verbose_name_plural = "territories"

    def __str__(self) -> str:
        return f"{self.country} → {self.colleague}"
