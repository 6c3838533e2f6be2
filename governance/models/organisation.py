"""The one organisation of an installation: where its months begin and whether models may be asked at all."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from governance import months


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(f"“{name}” is no known time zone; use a name such as Europe/Berlin.")


class Organisation(models.Model):
    name = models.CharField(max_length=200, default="Our organisation")
    time_zone = models.CharField(
        max_length=64, default="UTC", validators=[validate_time_zone], help_text="Budgets follow its calendar months."
    )
    base_currency = models.CharField(
        max_length=3, default="USD", validators=[RegexValidator(r"^[A-Z]{3}\Z", "Three capital letters, such as USD.")]
    )
    country = models.CharField(
        max_length=2,
        default="US",
        validators=[RegexValidator(r"^[A-Z]{2}\Z", "Two capital letters, such as US.")],
        help_text="How phone numbers without a country code are read.",
    )
    may_approve_own_plan = models.BooleanField(
        "authors may approve their own plan",
        null=True,
        blank=True,
        help_text="Shown on every page while it is on; unknown until somebody has answered.",
    )
    is_ai_stopped = models.BooleanField(
        "all AI is stopped", default=False, help_text="Acts on the next question; the rules go on working."
    )

    class Meta:
        verbose_name_plural = "organisation"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="governance_one_organisation",
                violation_error_message="There is one organisation per installation.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Organisation":
        """The organisation's row, created with defaults at first use."""
        return cls.objects.get_or_create(pk=1)[0]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def day(self, now: datetime) -> date:
        """The organisation's calendar day at the aware moment `now`."""
        return months.local_day(now, self.time_zone)

    def month(self, now: datetime) -> date:
        """The first day of the organisation's month at the aware moment `now`."""
        return months.month_of(now, self.time_zone)
