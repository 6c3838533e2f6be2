"""What a model's tokens cost from a day on; a price in use is superseded by a newer row, never edited."""

from datetime import date
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models

from governance.models.language_models import LanguageModel
from governance.service_tiers import ServiceTier


class PriceQuerySet(models.QuerySet["Price"]):
    def on(self, model: LanguageModel, day: date, service_tier: str = "") -> "Price | None":
        """The price of a model on a day: the newest that had begun, or None (unknown).

        Each service tier has its own; "" is the tier at which the model is asked.
        """
        of_tier = self.filter(model=model, service_tier=service_tier or model.service_tier)
        return of_tier.filter(valid_from__lte=day).order_by("-valid_from").first()


def _rate(label: str, *, is_optional: bool = False, help_text: str = "") -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=18,
        decimal_places=6,
        null=is_optional,
        blank=is_optional,
        validators=[MinValueValidator(Decimal(0))],
        help_text=help_text,
    )


class Price(models.Model):
    """Micro-dollars per million tokens, that is millionths of a dollar per token times a million: $0.15 = 150000."""

    model = models.ForeignKey(LanguageModel, on_delete=models.CASCADE, related_name="prices")
    service_tier = models.CharField(
        "processing",
        max_length=20,
        default=ServiceTier.STANDARD.value,
        choices=[(tier.value, tier.value) for tier in ServiceTier],
    )
    valid_from = models.DateField()
    input_microusd = _rate("input")
    cached_input_microusd = _rate("cached input", is_optional=True, help_text="Empty: no discount, as input.")
    cache_write_microusd = _rate("cache write", is_optional=True, help_text="Empty: no surcharge, as input.")
    output_microusd = _rate("output")
    source = models.CharField(max_length=200, help_text="Where the price is from.")
    checked_on = models.DateField(
        null=True, blank=True, help_text="When somebody last compared it with the provider's own list."
    )

    objects = PriceQuerySet.as_manager()

    @property
    def compared_on(self) -> date:
        """The day somebody last knew it to be right."""
        return self.checked_on or self.valid_from

    class Meta:
        ordering = ["model", "service_tier", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "service_tier", "valid_from"],
                name="governance_price_unique_day",
                violation_error_message="This model has a price for this processing from that day already.",
            ),
            models.CheckConstraint(
                condition=models.Q(input_microusd__gte=0)
                & models.Q(output_microusd__gte=0)
                & (models.Q(cached_input_microusd__isnull=True) | models.Q(cached_input_microusd__gte=0))
                & (models.Q(cache_write_microusd__isnull=True) | models.Q(cache_write_microusd__gte=0)),
                name="governance_price_not_negative",
                violation_error_message="A price can't be below 0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}{self.tier_words} from {self.valid_from}"

    @property
    def tier_words(self) -> str:
        """The service tier as a suffix, empty for the standard."""
        return "" if self.service_tier == ServiceTier.STANDARD else f" ({self.service_tier})"
