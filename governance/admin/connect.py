"""Connect a model: choose the server, try it out, set its price and its limit; then it can be asked, without code."""

import os
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from governance.admin.connect_form import ConnectForm
from governance.connection import Report, blank_call, try_out
from governance.models import Budget, LanguageModel, Organisation, PlanVersion, Price
from governance.pages import draw, page, require
from governance.price_list import Listed, list_price, listed_tiers
from governance.providers.presets import BY_KEY, PRESETS, Preset

_OWN_PRICE = "Entered by hand"


@page("governance.view_languagemodel")
def connect_model(request: HttpRequest) -> HttpResponse:
    require(request, "governance.add_languagemodel")
    if request.method != "POST":
        preset = BY_KEY.get(request.GET.get("preset", ""))
        return _draw(request, preset, ConnectForm(initial=_initial(preset)) if preset else None)
    preset = BY_KEY.get(request.POST.get("preset", ""), BY_KEY["other"])
    form = ConnectForm(request.POST)
    if not form.is_valid():
        return _draw(request, preset, form)
    if "connect" in request.POST:
        model = connect(form, by=request.user)
        messages.success(request, f"{model} is connected and can be asked from the next question on.")
        for plan in _silent_plans(model):
            messages.warning(
                request, f"The plan “{plan}” names other models only: it is not asked until a version adds it."
            )
        return redirect("money")
    report = _try(form)
    return _draw(request, preset, ConnectForm(_after(form, preset, report)), report)


def connect(form: ConnectForm, *, by: Any) -> LanguageModel:
    """Create the model, its price from today on and its limit for this month, from a form with all three."""
    found = form.cleaned_data
    organisation, now = Organisation.current(), timezone.now()
    listed = list_price(found["request_model"], found["base_url"], organisation.day(now))
    with transaction.atomic():
        model = LanguageModel.objects.create(
            name=_free_name(found["request_model"]),
            label=found["label"] or found["request_model"][:100],
            **{name: found[name] for name in ("base_url", "request_model", "api_key_variable", "tier", "key_header")},
            length_parameter=found["length_parameter"],
            has_schema=found["has_schema"],
        )
        price = Price(
            model=model,
            valid_from=organisation.day(now),
            input_microusd=form.microusd("input_usd"),
            cached_input_microusd=form.microusd("cached_usd"),
            cache_write_microusd=form.microusd("written_usd"),
            output_microusd=form.microusd("output_usd"),
        )
        is_listed = listed is not None and _is_as_listed(price, listed)
        price.source = listed.source if is_listed and listed else found["source"] or _OWN_PRICE
        price.checked_on = listed.checked_on if is_listed and listed else organisation.day(now)
        price.save()
        Price.objects.bulk_create(_tier_prices(model, organisation.day(now)))
        Budget.objects.open_month(organisation.month(now))
        limit = form.microusd("budget_usd") or 0
        Budget.objects.set_limit(model, organisation.month(now), int(limit), owner=by)
    return model


def _tier_prices(model: LanguageModel, day: date) -> list[Price]:
    """What the list knows of the model's other service tiers: a provider may serve a call at one of them unasked."""
    return [
        Price(
            model=model,
            service_tier=tier.value,
            valid_from=day,
            input_microusd=listed.rates.input,
            cached_input_microusd=listed.rates.cached_input,
            cache_write_microusd=listed.rates.cache_write,
            output_microusd=listed.rates.output,
            source=listed.source,
            checked_on=listed.checked_on,
        )
        for tier, listed in listed_tiers(model.request_model, model.base_url, day).items()
    ]


def _is_as_listed(price: Price, listed: Listed) -> bool:
    rates = listed.rates
    return (price.input_microusd, price.output_microusd, price.cached_input_microusd, price.cache_write_microusd) == (
        rates.input, rates.output, rates.cached_input, rates.cache_write,
    )  # fmt: skip


def _free_name(request_model: str) -> str:
    names = set(LanguageModel.objects.values_list("name", flat=True))
    candidates = [request_model[:90], *(f"{request_model[:90]}-{number}" for number in range(2, len(names) + 3))]
    return next(name for name in candidates if name not in names)


def _silent_plans(model: LanguageModel) -> list[str]:
    """Approved plans of today that allow only models they name, and not this one."""
    day = Organisation.current().day(timezone.now())
    versions = PlanVersion.objects.filter(state="approved", valid_from__lte=day, valid_until__gte=day)
    newest = {version.plan.name: version for version in versions.select_related("plan").order_by("number")}
    named = {plan: version.fields.get("models") for plan, version in newest.items()}
    return sorted(plan for plan, models in named.items() if isinstance(models, list) and model.name not in models)


def _try(form: ConnectForm) -> Report:
    found = form.cleaned_data
    names = ("base_url", "request_model", "key_header", "length_parameter", "has_schema")
    key = LanguageModel(api_key_variable=found["api_key_variable"]).key(os.environ)
    return try_out(blank_call(api_key=key, **{name: found[name] for name in names}))


def _after(form: ConnectForm, preset: Preset, report: Report) -> dict[str, Any]:
    """What was entered, with what the test has taught; a price that was entered stays."""
    values = {name: value for name, value in form.data.items() if name in form.fields}
    if report.is_usable:
        values["length_parameter"] = report.call.length_parameter
        values["has_schema"] = "on" if report.call.has_schema else ""
    if not values.get("input_usd") and not values.get("output_usd"):
        values |= listed_values(form.cleaned_data["base_url"], form.cleaned_data["request_model"], report, preset)
    return values


def listed_values(base_url: str, request_model: str, report: Report, preset: Preset) -> Mapping[str, str]:
    """The price fields as the list fills them, 0 for a local server, empty where the price is unknown."""
    day = Organisation.current().day(timezone.now())
    listed = list_price(request_model, base_url, day) or list_price(report.response_model, base_url, day)
    if listed is None:
        return {"input_usd": "0", "output_usd": "0", "source": "A server of our own"} if preset.is_local else {}
    rates = listed.rates
    return {
        "input_usd": _dollars(rates.input),
        "cached_usd": _dollars(rates.cached_input),
        "written_usd": _dollars(rates.cache_write),
        "output_usd": _dollars(rates.output),
        "source": listed.source,
    }


def _dollars(microusd: Decimal | None) -> str:
    return "" if microusd is None else f"{(microusd / 1_000_000).normalize():f}"


def _initial(preset: Preset) -> dict[str, Any]:
    return {
        "preset": preset.key,
        "base_url": preset.base_url,
        "api_key_variable": preset.variable,
        "key_header": preset.key_header,
        "length_parameter": preset.length_parameter,
        "has_schema": preset.has_schema,
        "tier": "light",
        "budget_usd": "10.00",
    }


def _draw(
    request: HttpRequest, preset: Preset | None, form: ConnectForm | None, report: Report | None = None
) -> HttpResponse:
    variable = str(form["api_key_variable"].value() or "") if form else ""
    is_named = bool(variable) and (form is None or "api_key_variable" not in form.errors_shown())
    day = Organisation.current().day(timezone.now())
    address, name = (str(form[key].value() or "") for key in ("base_url", "request_model")) if form else ("", "")
    return draw(
        request,
        "admin/governance/connect.html",
        title="Connect a model",
        presets=PRESETS,
        preset=preset,
        model_hint=f"such as {preset.example}" if preset and preset.example else "",
        form=form,
        report=report,
        variable=variable if is_named else "",
        is_key_set=bool(is_named and os.environ.get(variable)),
        tiers=listed_tiers(name, address, day),
        listed=list_price(name, address, day) or (list_price(report.response_model, address, day) if report else None),
    )
