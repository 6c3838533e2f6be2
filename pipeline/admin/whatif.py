"""What if: the calls on record at other prices, models and volumes, and with the rules' cases asked as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from governance.models import Attempt, LanguageModel, Organisation, Price
from governance.pages import draw, page
from governance.pricing import Rates
from governance.routes import rates_of
from governance.templatetags.figures import beside
from governance.whatif import Change
from pipeline import registry
from pipeline.whatif import RULES, Shock, Supposition, Threshold, follow
from pipeline.wording import layer_words, pipeline_title

_HEIGHT = 150


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Prices times `factor`: costs in micro-dollars and heights in pixels, with the rules and without."""

    factor: int
    x: int
    label_x: int
    cost: int
    height: float
    cost_without_rules: int
    height_without_rules: float

    @property
    def y(self) -> float:
        return _HEIGHT - self.height

    @property
    def y_without_rules(self) -> float:
        return _HEIGHT - self.height_without_rules


class WhatIfForm(forms.Form):
    days = forms.TypedChoiceField(
        label="Calls of the last", coerce=int, choices=[(30, "30 days"), (90, "90 days"), (365, "year")], initial=90
    )
    task = forms.ChoiceField(label="For", required=False)
    price_factor = forms.DecimalField(label="Prices times", min_value=0, max_value=1_000, initial=1)
    volume = forms.DecimalField(label="Cases times", min_value=0, max_value=1_000, initial=1)
    old = forms.ChoiceField(label="Instead of", required=False)
    new = forms.ChoiceField(label="Ask", required=False)
    step = forms.ChoiceField(label="Accept at", required=False)
    threshold = forms.DecimalField(label="From a score of", min_value=0, max_value=1, required=False)
    without = forms.ChoiceField(label="Leave out", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        models = [(model.name, str(model)) for model in LanguageModel.objects.order_by("tier", "name")]
        pipelines = registry.pipelines().values()
        steps = {layer.name: layer_words(layer.name, one) for one in pipelines for layer in one.layers}
        scored = [(f"{one.name} {layer.name}", f"{layer_words(layer.name, one)}, {pipeline_title(one.name).lower()}")
                  for one in pipelines for layer in one.layers]  # fmt: skip
        choices: dict[str, list[tuple[str, str]]] = {
            "task": [("", "everything"), *((one.name, pipeline_title(one.name)) for one in pipelines)],
            "old": [("", "no model"), *models],
            "new": [("", "–"), *models],
            "without": [("", "nothing"), (RULES, "all rules"), *steps.items()],
            "step": [("", "the scores set now"), *scored],
        }
        for name, field in self.fields.items():
            if name in choices:
                field.choices = choices[name]  # type: ignore[attr-defined]
            if isinstance(field, forms.DecimalField):
                field.widget = forms.TextInput(attrs={"inputmode": "decimal"})
            field.widget.attrs |= {"class": "w-input", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if bool(found.get("old")) != bool(found.get("new")):
            self.add_error("new", "Choose both models, or none.")
        if found.get("new") and self.rates() is None:
            self.add_error("new", "The price of this model is unknown.")
        if bool(found.get("step")) != (found.get("threshold") is not None) and "threshold" not in self.errors:
            self.add_error("threshold", "Choose a step and a score from 0 to 1, or neither.")
        return found

    def rates(self) -> Rates | None:
        """The rates of the model to ask instead."""
        model = LanguageModel.objects.filter(name=self.cleaned_data["new"]).first()
        price = Price.objects.on(model, Organisation.current().day(timezone.now())) if model else None
        return rates_of(price) if price else None


@page("governance.view_budget")
def what_if(request: HttpRequest) -> HttpResponse:
    form = WhatIfForm(request.GET if "days" in request.GET else {name: field.initial or "" for name, field in
                      WhatIfForm().fields.items()})  # fmt: skip
    shown = _replayed(form) if form.is_valid() else {}
    return draw(
        request, "admin/governance/whatif.html", title="What if", form=form, has_calls=Attempt.objects.exists(), **shown
    )


def _replayed(form: WhatIfForm) -> dict[str, Any]:
    asked = form.cleaned_data
    day = Organisation.current().day(timezone.now())
    rates = form.rates() if asked["new"] else None
    change = Change(
        price_factor=asked["price_factor"],
        volume=asked["volume"],
        swaps={asked["old"]: asked["new"]} if rates else {},
        rates={asked["new"]: rates} if rates else {},
    )
    found = follow(
        Supposition(
            first=day - timedelta(days=asked["days"]),
            until=day + timedelta(days=1),
            change=change,
            task=asked["task"],
            left_out=frozenset({asked["without"]} - {""}),
            threshold=_threshold(asked),
        )
    )
    was, then = found.was, found.then
    labels = dict(LanguageModel.objects.values_list("name", "label"))
    names = sorted({*was.by_model, *then.by_model})
    return {
        "was": was,
        "then": then,
        "spread": found.spread,
        "people": found.people,
        "difference": beside(then.cost_microusd, was.cost_microusd).replace("than expected", "than it was"),
        "models": [(labels.get(name) or name, was.by_model.get(name, 0), then.by_model.get(name, 0)) for name in names],
        "bars": _bars(found.shocks, has_rules=bool(found.by_rules)),
        "shift": found.shift,
        "more_asked": found.shift.asked + sum(found.shift.by_step.values()),
        "by_rules": found.by_rules,
        "cases": found.cases,
        "chart_height": _HEIGHT,
    }


def _threshold(asked: dict[str, Any]) -> Threshold | None:
    if not asked["step"]:
        return None
    pipeline, layer = asked["step"].split(" ", 1)
    return Threshold(pipeline=pipeline, layer=layer, value=float(asked["threshold"]))


def _bars(found: Sequence[Shock], *, has_rules: bool) -> Sequence[Bar]:
    highest = max((max(one.cost, one.cost_without_rules) for one in found), default=0) or 1
    return [
        Bar(
            factor=one.factor,
            x=(30 if has_rules else 58) + 150 * place,
            label_x=83 + 150 * place,
            cost=one.cost,
            height=round(_HEIGHT * one.cost / highest, 1),
            cost_without_rules=one.cost_without_rules,
            height_without_rules=round(_HEIGHT * one.cost_without_rules / highest, 1),
        )
        for place, one in enumerate(found)
    ]
