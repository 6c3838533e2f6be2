"""The ledger of calls to language models, and one call with its words. Here, as its rows lead to cases and runs."""

import json
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from config.theme import AutocompleteFilter, BoundedPaginator, ChoicesFilter, DropdownFilter, ReadOnlyAdmin, display
from governance.models import Attempt, Budget, Exchange
from governance.money import dollars
from governance.months import following_month
from governance.pages import draw, page
from governance.service_tiers import ServiceTier
from governance.templatetags.figures import duration, moment
from pipeline import registry
from pipeline.admin.csv_lists import CsvListAdmin
from pipeline.models import ExampleUse, Run, Subject
from pipeline.wording import layer_words, pipeline_title, titles

ERRORS = {
    "timeout": "No answer came in time.",
    "lost": "The worker that asked was ended before the answer came.",
    "disconnected": "The connection broke after the question was sent.",
    "server_error": "The provider answered with an error of its own.",
    "rate_limited": "The provider asked to slow down.",
    "rejected": "The provider refused the request.",
    "unreachable": "The provider could not be reached.",
}


class MonthFilter(DropdownFilter):
    title = "month"
    parameter_name = "month"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        months = Budget.objects.order_by("-month").values_list("month", flat=True).distinct()[:24]
        return [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            first = datetime.strptime(self.value() or "", "%Y-%m").date()
        except ValueError:
            return queryset
        return queryset.filter(day__gte=first, day__lt=following_month(first))


class TaskFilter(DropdownFilter):
    title = "question"
    parameter_name = "task"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(found.name, found.title) for found in registry.pipelines().values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(task=self.value()) if self.value() else queryset


class LedgerPaginator(BoundedPaginator):
    counted_in_order = frozenset({"-day"})


@admin.register(Attempt)
class AttemptAdmin(CsvListAdmin, ReadOnlyAdmin):
    list_display = (
        "shown_call",
        "shown_started",
        "model",
        "shown_task",
        "shown_run",
        "state",
        "tokens",
        "shown_time",
        "shown_cost",
    )
    list_display_links = ("shown_call", "shown_started")
    list_filter = (MonthFilter, ("model", AutocompleteFilter), TaskFilter, ("state", ChoicesFilter))
    list_select_related = ("model",)
    ordering = ("-pk",)
    sortable_by = ()
    list_per_page = 30
    paginator = LedgerPaginator
    nothing_yet = "Each call to a language model is listed here, with what it cost."
    csv_columns = (
        ("call", "pk"),
        ("started", "started_at"),
        ("ended", "ended_at"),
        ("model", "model.name"),
        ("model that answered", "response_model"),
        ("strength", "tier"),
        ("processing asked for", "service_tier"),
        ("processing given", "response_service_tier"),
        ("practice", "model.is_practice"),
        ("task", "task"),
        ("layer", "layer"),
        ("run", "run_key"),
        ("case", "subject_key"),
        ("state", "get_state_display"),
        ("estimated", "is_estimated"),
        ("input tokens", "input_tokens"),
        ("cached tokens", "cached_tokens"),
        ("cache write tokens", "cache_write_tokens"),
        ("output tokens", "output_tokens"),
        ("reasoning tokens", "reasoning_tokens"),
        ("reserved in micro-dollars", "reserved_microusd"),
        ("cost in micro-dollars", "cost_microusd"),
        ("price", "price_id"),
        ("plan version", "plan_version_id"),
        ("milliseconds", "duration_ms"),
        ("retry", "retry_number"),
        ("ended with", "finish_reason"),
        ("error", "error"),
    )

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Newest first; along an index of days where it ends there, as a month of calls is long to sort."""
        chosen = set(request.GET)
        # SQLite would sort all calls of a question, as it has no index of those by day.
        is_by_day = bool({"month", "day__exact"} & chosen)
        is_by_day &= "task" not in chosen or connection.vendor == "postgresql"
        has_index = "model__id__exact" in chosen or "state__exact" not in chosen
        return ("-day", "-pk") if is_by_day and has_index else ("-pk",)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("attempt_page", object_id)

    @display(description="call")
    def shown_call(self, attempt: Attempt) -> str:
        return f"Call {attempt.pk}"

    @display(description="when")
    def shown_started(self, attempt: Attempt) -> str:
        return moment(attempt.started_at)

    @display(description="question")
    def shown_task(self, attempt: Attempt) -> str:
        pipeline = registry.pipelines().get(attempt.task)
        return f"{pipeline_title(attempt.task)}, {layer_words(attempt.layer, pipeline).lower()}"

    @display(description="run")
    def shown_run(self, attempt: Attempt) -> str:
        return attempt.run_key.removeprefix("run:") or "–"

    @display(description="tokens in + out")
    def tokens(self, attempt: Attempt) -> str:
        return f"{attempt.input_tokens:,} + {attempt.output_tokens:,}"

    @display(description="time")
    def shown_time(self, attempt: Attempt) -> str:
        return duration(attempt.duration_ms)

    @display(description="cost")
    def shown_cost(self, attempt: Attempt) -> str:
        marks = [
            word
            for word, is_so in (
                (attempt.given_tier, attempt.given_tier != ServiceTier.STANDARD),
                ("estimated", attempt.is_estimated),
                ("practice", attempt.model.is_practice),
            )
            if is_so
        ]
        return dollars(attempt.cost_microusd) + (f" ({', '.join(marks)})" if marks else "")


@page("governance.view_attempt")
def attempt_page(request: HttpRequest, pk: int) -> HttpResponse:
    attempt = get_object_or_404(
        Attempt.objects.select_related("model", "price", "plan_version__plan", "exchange"), pk=pk
    )
    exchange: Exchange | None = getattr(attempt, "exchange", None)
    subject = _subject(attempt)
    return draw(
        request,
        "admin/pipeline/attempt/page.html",
        title=f"Call {attempt.pk}",
        attempt=attempt,
        exchange=exchange,
        messages_sent=exchange.messages if exchange else (),
        answer=pretty(exchange.answer) if exchange else "",
        usage=json.dumps(exchange.usage, indent=2, ensure_ascii=False) if exchange and exchange.usage else "",
        in_words=in_words(attempt),
        subject=subject,
        subject_title=_title(subject),
        task_title=pipeline_title(attempt.task),
        layer_title=layer_words(attempt.layer, registry.pipelines().get(attempt.task)),
        run=_run(attempt),
        siblings=_siblings(attempt),
        examples=_examples(attempt),
    )


def in_words(attempt: Attempt) -> str:
    """What became of a call, in a sentence."""
    if attempt.state == Attempt.State.OPEN:
        return f"On its way; {dollars(attempt.reserved_microusd)} is held for it."
    why = ERRORS.get(attempt.error, f"It ended with “{attempt.error}”." if attempt.error else "")
    if attempt.state == Attempt.State.UNKNOWN:
        return f"{why} It may be billed, so {dollars(attempt.reserved_microusd)} stays held."
    if attempt.state == Attempt.State.FAILED:
        return f"{why or 'It failed.'} It was not billed."
    if attempt.is_estimated and attempt.is_tier_unpriced:
        return f"{why} {_unpriced(attempt)} its worst case of {dollars(attempt.cost_microusd)} is counted.".strip()
    if attempt.is_estimated:
        return f"{why} No bill came, so its worst case of {dollars(attempt.cost_microusd)} is counted."
    return f"Answered and paid: {dollars(attempt.cost_microusd)}. {why}".strip()


def _unpriced(attempt: Attempt) -> str:
    given = attempt.response_service_tier
    if not given:
        return f"Asked at {attempt.service_tier} processing, which the provider did not confirm, so"
    return f"Served at {given} processing, whose price is unknown, so"


def pretty(answer: str) -> str:
    """JSON indented; anything else as it is."""
    try:
        return json.dumps(json.loads(answer), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return answer


def _subject(attempt: Attempt) -> Subject | None:
    if not attempt.subject_key.isdecimal() or len(attempt.subject_key) > 18:
        return None
    return Subject.objects.filter(pipeline=attempt.task, object_id=int(attempt.subject_key)).first()


def _title(subject: Subject | None) -> str:
    return (
        titles([(subject.pipeline, subject.object_id)]).get((subject.pipeline, subject.object_id), "")
        if subject
        else ""
    )


def _run(attempt: Attempt) -> Run | None:
    number = attempt.run_key.removeprefix("run:")
    return Run.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) <= 18 else None


def _siblings(attempt: Attempt) -> QuerySet[Attempt]:
    """Other tries at the same question: same case, layer and run."""
    same = Attempt.objects.filter(
        subject_key=attempt.subject_key, task=attempt.task, layer=attempt.layer, run_key=attempt.run_key
    )
    return same.exclude(pk=attempt.pk).select_related("model").order_by("pk")[:20]


def _examples(attempt: Attempt) -> list[dict[str, Any]]:
    uses = ExampleUse.objects.filter(attempt=attempt).select_related("answer__by", "answer__subject").order_by("pk")
    named = titles((use.answer.subject.pipeline, use.answer.subject.object_id) for use in uses)
    return [
        {
            "answer": use.answer,
            "title": named.get((use.answer.subject.pipeline, use.answer.subject.object_id), str(use.answer.subject)),
        }
        for use in uses
    ]
