"""What if: the calls on record at other prices, models and volumes, and with the rules' cases asked as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from governance.ledger import read_ledger
from governance.models import LanguageModel, Organisation, Price
from governance.pages import draw, page
from governance.pricing import Rates
from governance.routes import rates_of
from governance.templatetags.figures import beside
from governance.whatif import Change, Ledger, replay
from pipeline import registry
from pipeline.models import Decision
from pipeline.wording import layer_words, pipeline_title

FACTORS = (1, 2, 5, 10)
_HEIGHT = 150
_MOST_CALLS = 250_000


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
    old = forms.ChoiceField(label="In place of", required=False)
    new = forms.ChoiceField(label="ask", required=False)
    without = forms.ChoiceField(label="Leave out", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        models = [(model.name, str(model)) for model in LanguageModel.objects.order_by("tier", "name")]
        pipelines = registry.pipelines().values()
        steps = {layer.name: layer_words(layer.name, one) for one in pipelines for layer in one.model_layers}
        choices: dict[str, list[tuple[str, str]]] = {
            "task": [("", "everything"), *((one.name, pipeline_title(one.name)) for one in pipelines)],
            "old": [("", "no model"), *models],
            "new": [("", "–"), *models],
            "without": [("", "nothing"), *steps.items()],
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
    return draw(request, "admin/governance/whatif.html", title="What if", form=form, **shown)


def _replayed(form: WhatIfForm) -> dict[str, Any]:
    asked = form.cleaned_data
    day = Organisation.current().day(timezone.now())
    first = day - timedelta(days=asked["days"])
    ledger = read_ledger(first, day + timedelta(days=1), asked["task"], most=_MOST_CALLS)
    rates = form.rates() if asked["new"] else None
    change = Change(
        price_factor=asked["price_factor"],
        volume=asked["volume"],
        swaps={asked["old"]: asked["new"]} if rates else {},
        rates={asked["new"]: rates} if rates else {},
        without=frozenset({asked["without"]} - {""}),
    )
    was, then = replay(ledger, Change()), replay(ledger, change)
    by_rules = _decided_by_rules(first, asked["task"])
    labels = dict(LanguageModel.objects.values_list("name", "label"))
    names = sorted({*was.by_model, *then.by_model})
    return {
        "was": was,
        "then": then,
        "difference": beside(then.cost_microusd, was.cost_microusd).replace("than expected", "than it was"),
        "is_cut": ledger.calls == _MOST_CALLS,
        "models": [(labels.get(name) or name, was.by_model.get(name, 0), then.by_model.get(name, 0)) for name in names],
        "bars": _bars(ledger, change, by_rules),
        "by_rules": by_rules,
        "cases": ledger.cases,
        "chart_height": _HEIGHT,
    }


def _decided_by_rules(first: Any, task: str) -> int:
    """Decisions of free layers since a day: what would have been asked about without them."""
    pipelines = registry.pipelines()
    free = {layer.name for one in pipelines.values() for layer in one.free_layers}
    found = Decision.objects.filter(by=None, layer__in=free, run__isnull=False, created_at__date__gte=first)
    return (found.filter(run__pipeline=task) if task else found).count()


def _bars(ledger: Ledger, change: Change, by_rules: int) -> Sequence[Bar]:
    costs = []
    for factor in FACTORS:
        fields = {"volume": change.volume, "swaps": change.swaps, "rates": change.rates, "without": change.without}
        price_factor = Decimal(factor)
        with_rules = replay(ledger, Change(price_factor=price_factor, **fields)).cost_microusd  # type: ignore[arg-type]
        without = replay(ledger, Change(price_factor=price_factor, more_cases=by_rules, **fields))  # type: ignore[arg-type]
        costs.append((factor, with_rules, without.cost_microusd))
    highest = max((max(cost, more) for _, cost, more in costs), default=0) or 1
    return [
        Bar(
            factor=factor,
            x=(30 if by_rules else 58) + 150 * place,
            label_x=83 + 150 * place,
            cost=cost,
            height=round(_HEIGHT * cost / highest, 1),
            cost_without_rules=more,
            height_without_rules=round(_HEIGHT * more / highest, 1),
        )
        for place, (factor, cost, more) in enumerate(costs)
    ]
