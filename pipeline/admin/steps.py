"""The table of a run's steps, with their sums."""

from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.templatetags.figures import count, duration, money
from pipeline.funnel import Funnel, Line

NUMBER = {"th": {"class": "w-num"}, "td": {"class": "w-num"}, "tf": {"class": "w-num"}}


class FigureColumn(tables.Column):
    """A number to the right, with the total below; nothing where a layer has none."""

    def __init__(self, words: Callable[[Any], Any], **kwargs: Any) -> None:
        super().__init__(attrs=NUMBER, orderable=False, **kwargs)
        self.words = words

    def render(self, value: Any) -> Any:
        return self.words(value) if value else format_html('<span class="w-faint">{}</span>', self.words(0))

    def footer(self, table: "StepTable", bound_column: Any) -> Any:
        return self.words(getattr(table.total, bound_column.name))


class StepTable(tables.Table):
    """One row per layer. `cases_url(layer, state)` gives the address of the cases behind a number, or ""."""

    label = tables.Column("Step", orderable=False, footer="Total")
    seen = FigureColumn(count, verbose_name="Seen")
    decided = FigureColumn(count, verbose_name="Decided")
    to_person = FigureColumn(count, verbose_name="To a person")
    milliseconds = FigureColumn(duration, verbose_name="Time")
    calls = FigureColumn(count, verbose_name="Calls")
    cached = FigureColumn(count, verbose_name="Known answers")
    input_tokens = FigureColumn(count, verbose_name="Tokens in")
    output_tokens = FigureColumn(count, verbose_name="Tokens out")
    cost_microusd = FigureColumn(money, verbose_name="Cost")

    def __init__(self, figures: Funnel, cases_url: Callable[[str, str], str]) -> None:
        self.total = figures.total
        self.cases_url = cases_url
        super().__init__(figures.lines, empty_text="No step has been finished yet.")

    def render_label(self, record: Line) -> SafeString:
        kind = "model" if record.is_model else "person" if record.layer == "person" else "rule"
        return format_html('{} <span class="w-tag">{}</span>', record.label, kind)

    def render_decided(self, record: Line) -> Any:
        url = self.cases_url(record.layer, "") if record.decided else ""
        return format_html('<a href="{}">{}</a>', url, count(record.decided)) if url else count(record.decided)

    def render_to_person(self, record: Line) -> Any:
        url = self.cases_url("person", "") if record.to_person and record.layer == "person" else ""
        return format_html('<a href="{}">{}</a>', url, count(record.to_person)) if url else count(record.to_person)
