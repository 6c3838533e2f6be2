"""The tables of the page on what was got for the money."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.spending import Day
from governance.templatetags.figures import count, duration, money
from pipeline.admin.steps import NUMBER
from pipeline.wording import pipeline_title
from pipeline.worth import PipelineWorth, StepWorth

# Fewer results than this say little about a share or a mean: it is marked, or only counted.
FEW = 30
_ONE_LINE = {"td": {"style": "white-space: nowrap"}}


class Figure(tables.Column):
    """A number to the right; a dash where it is unknown."""

    def __init__(self, words: Callable[[Any], Any], head: str, **kwargs: Any) -> None:
        super().__init__(head, attrs=NUMBER, **kwargs)
        self.words = words

    def render(self, value: Any) -> Any:
        return self.words(value)


class PipelineTable(tables.Table):
    """A row per pipeline, with what one of its questions, cases and accepted results came to."""

    title = tables.Column("For", attrs=_ONE_LINE)
    cases = Figure(count, "Cases")
    by_rules = Figure(count, "Rules")
    accepted = Figure(count, "Model")
    by_people = Figure(count, "People")
    calls = Figure(count, "Calls")
    cost_microusd = Figure(money, "Cost")
    cost_per_call = Figure(money, "Per call")
    cost_per_case = Figure(money, "Per case")
    cost_per_accepted = Figure(money, "Per accepted")
    saved_by_rules = Figure(money, "Saved")

    def render_title(self, record: PipelineWorth) -> SafeString:
        address = f"{reverse('admin:governance_attempt_changelist')}?{urlencode({'task': record.name})}"
        return format_html('<a href="{}">{}</a>', address, record.title)

    def render_cost_per_case(self, record: PipelineWorth) -> str:
        return _of_few(record.cost_per_case, record.cases)

    def render_cost_per_accepted(self, record: PipelineWorth) -> str:
        return _of_few(record.cost_per_accepted, record.accepted)


class WorthTable(tables.Table):
    """A row per step. `days` is the time the what-if page is to replay, which knows no less than 30."""

    label = tables.Column("Step", attrs=_ONE_LINE)
    pipeline = tables.Column("For", attrs=_ONE_LINE)
    seen = Figure(count, "Seen")
    decided = Figure(count, "Decided")
    overturned = Figure(count, "Changed later")
    milliseconds = Figure(duration, "Time")
    cost_microusd = Figure(money, "Cost")
    cost_per_decided = Figure(money, "Per case")
    replay = tables.Column("", empty_values=(), orderable=False, attrs=_ONE_LINE)

    def __init__(self, rows: Sequence[StepWorth], days: int, **kwargs: Any) -> None:
        self.days = days
        super().__init__(rows, **kwargs)

    def render_label(self, record: StepWorth) -> SafeString:
        return format_html('{} <span class="w-tag">{}</span>', record.label, "model" if record.is_model else "rule")

    def render_pipeline(self, value: str) -> str:
        return pipeline_title(value)

    def render_overturned(self, record: StepWorth) -> str:
        if not record.decided or (record.decided >= FEW and not record.overturned):
            return count(record.overturned) if record.decided else "–"
        if record.decided < FEW:
            return f"{count(record.overturned)} of {count(record.decided)}"
        return f"{count(record.overturned)} ({100 * record.overturned / record.decided:.1f} %)"

    def render_cost_per_decided(self, record: StepWorth) -> str:
        return _of_few(record.cost_per_decided, record.decided)

    def render_replay(self, record: StepWorth) -> SafeString:
        asked = {
            "days": max(30, self.days),
            "task": record.pipeline,
            "price_factor": 1,
            "volume": 1,
            "without": record.layer,
        }
        return format_html('<a href="{}?{}">Without it</a>', reverse("what_if"), urlencode(asked))


class DayTable(tables.Table):
    """A row per day, pipeline and model."""

    day = tables.DateColumn(format="j M Y", verbose_name="Day")
    task = tables.Column("For")
    model = tables.Column("Model")
    calls = Figure(count, "Calls")
    cost_microusd = Figure(money, "Cost")
    estimated_microusd = Figure(money, "Of it estimated")

    def render_day(self, record: Day) -> SafeString:
        asked = {"day__exact": record.day.isoformat(), "model__id__exact": record.model_id, "task": record.task}
        address = f"{reverse('admin:governance_attempt_changelist')}?{urlencode(asked)}"
        return format_html('<a href="{}">{} {}</a>', address, record.day.day, f"{record.day:%b %Y}")

    def render_task(self, value: str) -> str:
        return pipeline_title(value)

    def render_model(self, record: Day) -> str:
        return f"{record.model} (practice)" if record.is_practice else record.model


def _of_few(microusd: int | None, number: int) -> str:
    return f"≈ {money(microusd)}" if 0 < number < FEW else money(microusd)
