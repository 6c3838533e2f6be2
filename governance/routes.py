"""Which models a question may go to: enabled, with a key, a price and a budget; or a sentence why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from os import environ

from governance import statements
from governance.models import Budget, LanguageModel, Organisation, PlanVersion, Price
from governance.pricing import Rates
from governance.questions import Tier
from governance.service_tiers import ServiceTier


@dataclass(frozen=True, kw_only=True)
class Route:
    """A model that can be asked now, and the price in force."""

    model: LanguageModel
    price: Price
    rates: Rates


@dataclass(frozen=True, kw_only=True)
class Routes:
    """The routes in the order of asking; `why_none` is a sentence when there is none."""

    usable: Sequence[Route] = ()
    why_none: str = ""


def rates_of(price: Price) -> Rates:
    return Rates(
        input=price.input_microusd,
        output=price.output_microusd,
        cached_input=price.cached_input_microusd,
        cache_write=price.cache_write_microusd,
    )


def find_routes(
    tier: Tier, now: datetime, *, allow_practice: bool = True, variables: Mapping[str, str] = environ
) -> Routes:
    """The models of a tier that can be asked at `now`, the first to ask in front."""
    organisation = Organisation.current()
    if organisation.is_ai_stopped:
        return Routes(why_none="All AI is stopped. The rules go on working; a budget owner can switch it on again.")
    enabled = list(LanguageModel.objects.for_tier(tier))
    if not enabled:
        return Routes(why_none=f"No {tier.value} model is switched on.")
    real = [model for model in enabled if not model.is_practice and model.has_key(variables)]
    practice = [model for model in enabled if model.is_practice]
    if real:
        return _payable(real, organisation.day(now))
    if practice and allow_practice:
        return _payable(practice, organisation.day(now))
    return Routes(why_none=_why_no_key(enabled, practice))


def _why_no_key(enabled: Sequence[LanguageModel], practice: Sequence[LanguageModel]) -> str:
    if practice:
        return "Only the practice model is set up, and its answers never decide about your own records."
    variables = ", ".join(sorted({model.api_key_variable for model in enabled}))
    return f"No key is set: the environment variable {variables} is empty."


def _payable(models: Sequence[LanguageModel], day: date) -> Routes:
    Budget.objects.open_month(day.replace(day=1))
    usable: list[Route] = []
    reasons: list[str] = []
    for model in models:
        price = Price.objects.on(model, day)
        if price is None:
            reasons.append(_unpriced(model))
        elif not Budget.objects.filter(model=model, month=day.replace(day=1)).exists():
            reasons.append(f"{model} has no budget for {day:%B %Y}.")
        else:
            usable.append(Route(model=model, price=price, rates=rates_of(price)))
    return Routes(usable=usable, why_none="" if usable else reasons[0])


def _unpriced(model: LanguageModel) -> str:
    if model.service_tier == ServiceTier.STANDARD:
        return f"The price of {model} is unknown, so it is not asked."
    return f"The {model.service_tier} price of {model} is unknown, so it is not asked."


def why_stopped(model: LanguageModel, version: PlanVersion) -> str:
    """What forbids asking a model under a plan version at this moment: "everything", "plan", "model" or ""."""
    is_enabled, is_approved, is_stopped = statements.switches(model.pk, version.pk, version.fields_hash)
    if is_stopped:
        return "everything"
    if not is_approved:
        return "plan"
    return "" if is_enabled else "model"
