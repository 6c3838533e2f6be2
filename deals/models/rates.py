"""What currencies were worth, by day. A currency without a rate makes a comparison unknown."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q


class ExchangeRate(models.Model):
    """From `valid_from` on, one unit of `currency` is worth `rate` units of the organisation's currency."""

    currency = models.CharField(
        max_length=3, validators=[RegexValidator(r"^[A-Z]{3}\Z", "Three capital letters, such as EUR.")]
    )
    valid_from = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=8, help_text="Your currency for one unit, such as 1.08.")

    class Meta:
        ordering = ["currency", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "valid_from"], name="rate_once_per_day"),
            models.CheckConstraint(
                condition=Q(rate__gt=0), name="rate_above_zero", violation_error_message="A rate is above zero."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.rate.normalize():f} from {self.valid_from}"
