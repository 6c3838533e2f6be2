"""List prices of known models, from the genai-prices package that is installed: nothing is fetched."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from typing import Any

from governance.models import Price
from governance.pricing import Rates
from governance.service_tiers import ServiceTier

# Prices change several times a year; older ones are used as they are, but the page says so.
STALE_AFTER_DAYS = 120
# How the list names what a price holds for besides the standard.
_CONTEXTS = {
    ServiceTier.BATCH: {"processing": "batch"},
    ServiceTier.FLEX: {"service_tier": "flex"},
    ServiceTier.PRIORITY: {"service_tier": "priority"},
}
_VERIFIED = re.compile(r"verified on (20\d\d-[01]\d-[0-3]\d)")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list price: rates in micro-dollars per million tokens, where it is from, and the day the list was last kept."""

    rates: Rates
    source: str
    checked_on: date | None


def list_price(
    request_model: str, base_url: str, day: date, service_tier: ServiceTier = ServiceTier.STANDARD
) -> Listed | None:
    """The list price of a model at a server's service tier on a day, or None where the list does not know it."""
    # Loading takes 0.4 s, which only this page should pay.
    from genai_prices.data_snapshot import get_snapshot

    if not request_model or not base_url:
        return None
    try:
        provider, model = get_snapshot().find_provider_model(request_model, None, None, base_url)
    except LookupError:
        return None
    noon, context = datetime.combine(day, time(12), UTC), _CONTEXTS.get(service_tier)
    # Without a variant of its own the list would answer with the standard price.
    if context is not None and not any(_applies(variant, context, noon) for variant in model.price_variants or ()):
        return None
    prices = model.get_prices(noon, context)
    rate = {
        name: _microusd(getattr(prices, f"{name}_mtok")) for name in ("input", "output", "cache_read", "cache_write")
    }
    if rate["input"] is None or rate["output"] is None:
        return None
    rates = Rates(
        input=rate["input"], output=rate["output"], cached_input=rate["cache_read"], cache_write=rate["cache_write"]
    )
    tier = "" if context is None else f", {service_tier.value}"
    source = f"genai-prices {version('genai-prices')}: {provider.name}, {model.id}{tier}"
    return Listed(rates=rates, source=source[:200], checked_on=_list_date())


def listed_tiers(request_model: str, base_url: str, day: date) -> dict[ServiceTier, Listed]:
    """The list prices of the service tiers besides the standard, those that the list knows."""
    found = {tier: list_price(request_model, base_url, day, tier) for tier in _CONTEXTS}
    return {tier: listed for tier, listed in found.items() if listed is not None}


def _applies(variant: Any, context: dict[str, str], moment: datetime) -> bool:
    is_begun = variant.constraint is None or variant.constraint.active(moment)
    return bool(is_begun and variant.when == context)


def _microusd(price: Any) -> Decimal | None:
    """A dollar rate in micro-dollars. Of a price by prompt length the first step: prompts here are far shorter."""
    rate = getattr(price, "base", price)
    return None if rate is None else Decimal(rate) * 1_000_000


@cache
def _list_date() -> date | None:
    """The newest date the list itself names as one on which prices were verified."""
    from genai_prices.data_snapshot import get_snapshot

    models = (model for provider in get_snapshot().providers for model in provider.models)
    dates = [text for model in models for text in _VERIFIED.findall(model.price_comments or "")]
    return date.fromisoformat(max(dates)) if dates else None


def stale_prices(day: date) -> list[Price]:
    """The prices in force of models in use that nobody has compared with their source for too long."""
    in_use = Price.objects.filter(model__is_enabled=True, model__is_practice=False, valid_from__lte=day)
    in_force: dict[tuple[int, str], Price] = {}
    for price in in_use.select_related("model").order_by("valid_from"):
        in_force[price.model_id, price.service_tier] = price
    charged = (price for price in in_force.values() if price.input_microusd or price.output_microusd)
    return [price for price in charged if (day - price.compared_on).days > STALE_AFTER_DAYS]
