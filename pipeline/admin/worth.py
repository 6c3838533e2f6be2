"""What was got for the money: per question, case and accepted result, per step, by day and model."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django_tables2 import RequestConfig

from governance.models import Organisation
from governance.pages import draw, page
from governance.spending import days_of_spending
from pipeline import registry, worth
from pipeline.admin.spend_chart import HEIGHT, WIDTH, chart
from pipeline.admin.worth_tables import FEW, DayTable, PipelineTable, WorthTable
from pipeline.csv_export import csv_response
from pipeline.wording import pipeline_title

_PIPELINE_COLUMNS = (
    "name", "noun", "cases", "by_rules", "accepted", "by_people", "asked", "calls", "cost_microusd",
    "practice_microusd", "cost_per_call", "cost_per_case", "cost_per_accepted", "saved_by_rules",
)  # fmt: skip
_STEP_COLUMNS = (
    "pipeline", "layer", "is_model", "seen", "decided", "overturned", "milliseconds", "calls", "cost_microusd",
)  # fmt: skip
_DAY_COLUMNS = ("day", "task", "model", "is_practice", "calls", "cost_microusd", "estimated_microusd")


class PeriodForm(forms.Form):
    """How far back, and for which pipeline."""

    days = forms.TypedChoiceField(
        label="The last", coerce=int,
        choices=[(7, "7 days"), (30, "30 days"), (90, "90 days"), (365, "year")],
    )  # fmt: skip
    task = forms.ChoiceField(label="For", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, pipeline_title(name)) for name in registry.pipelines()]
        self.fields["task"].choices = [("", "everything"), *known]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs |= {"class": "w-input", "onchange": "this.form.submit()"}


@page("governance.view_budget")
def worth_page(request: HttpRequest) -> HttpResponseBase:
    """The page, or one of its tables as CSV (`csv` is pipelines, steps or days)."""
    form = PeriodForm({"days": request.GET.get("days", "30"), "task": request.GET.get("task", "")})
    days, task = (form.cleaned_data["days"], form.cleaned_data["task"]) if form.is_valid() else (30, "")
    until = Organisation.current().day(timezone.now()) + timedelta(days=1)
    first = until - timedelta(days=days)
    runs, spent = worth.runs_between(first, until, task), days_of_spending(first, until, task)
    found = [one for one in worth.pipelines(runs, spent) if task in ("", one.name)]
    asked = request.GET.get("csv", "")
    if asked == "pipelines":
        return download("cost-per-result", _PIPELINE_COLUMNS, found)
    if asked == "steps":
        return download("steps", _STEP_COLUMNS, worth.steps(runs))
    if asked == "days":
        return download("spent-by-day", _DAY_COLUMNS, spent)
    kinds = [kind for kind in worth.kinds(runs, found) if kind.number]
    tables = {
        "pipeline_table": PipelineTable(found, prefix="p-", empty_text="Nothing was decided in this time."),
        "step_table": WorthTable(worth.steps(runs), days, prefix="s-", empty_text="No run was finished in this time."),
        "day_table": DayTable(spent[::-1], prefix="d-", empty_text="No model was asked in this time."),
    }
    for table in tables.values():
        RequestConfig(request, paginate={"per_page": 31}).configure(table)
    return draw(
        request,
        "admin/governance/worth.html",
        title="What it was worth",
        form=form,
        days=days,
        task=task,
        first=first,
        last=until - timedelta(days=1),
        kinds=kinds,
        figures=_figures(found),
        cost=sum(one.cost_microusd for one in spent),
        practice=sum(one.cost_microusd for one in spent if one.is_practice),
        estimated=sum(one.estimated_microusd for one in spent),
        chart=chart(spent, first, until),
        chart_width=WIDTH,
        chart_height=HEIGHT,
        few=FEW,
        **tables,
    )


def _figures(found: Sequence[worth.PipelineWorth]) -> dict[str, int | None]:
    """Over all pipelines: the cost of a question and of an accepted result, and what the rules saved."""
    cost = sum(one.cost_microusd for one in found)
    calls, accepted = sum(one.calls for one in found), sum(one.accepted for one in found)
    saved = [one.saved_by_rules for one in found if one.saved_by_rules is not None]
    return {
        "per_call": round(cost / calls) if calls else None,
        "per_accepted": round(cost / accepted) if accepted else None,
        "accepted": accepted,
        "by_rules": sum(one.by_rules for one in found),
        "saved": sum(saved) if saved else None,
    }


def download(name: str, columns: Sequence[str], rows: Iterable[Any]) -> HttpResponseBase:
    """Rows as CSV, a column per attribute named."""
    read = attrgetter(*columns)
    head = [column.replace("microusd", "in micro-dollars").replace("_", " ") for column in columns]
    return csv_response(f"{name}-{date.today():%Y-%m-%d}", head, (read(row) for row in rows))
