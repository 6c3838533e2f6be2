"""Cases: the list of decisions, and one case with its whole history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst

from config.theme import DropdownFilter, ReadOnlyAdmin, display
from governance.models import Attempt
from governance.pages import draw, may, page
from governance.plan_limits import limits_of
from governance.templatetags.figures import moment
from pipeline import cases as case_io
from pipeline import evidence, registry
from pipeline.admin.csv_lists import CsvListAdmin
from pipeline.models import Answer, Decision, Review, Subject
from pipeline.pipeline import Case, Pair, Pipeline, Presentation
from pipeline.review.waterfall import Waterfall, waterfall
from pipeline.wording import label_words, layer_words, pipeline_title, reason_words, title_of, titles


class StandingFilter(DropdownFilter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "In force"), ("waiting", "Waits for a person"), ("unasked", "No model could be asked"),
                ("superseded", "Superseded")]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "now":
            return queryset.filter(superseded_by=None)
        if self.value() == "waiting":
            return queryset.filter(superseded_by=None, subject__state=Subject.State.REVIEW)
        if self.value() == "unasked":
            return queryset.filter(superseded_by=None, subject__is_ask_due=True)
        return queryset.exclude(superseded_by=None) if self.value() == "superseded" else queryset


class PipelineFilter(DropdownFilter):
    title = "question"
    parameter_name = "pipeline"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(found.name, found.title) for found in registry.pipelines().values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(subject__pipeline=self.value()) if self.value() else queryset


class LabelFilter(DropdownFilter):
    title = "answer"
    parameter_name = "label"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = dict.fromkeys(label for found in registry.pipelines().values() for label in found.answers)
        return [(label, label_words(label)) for label in known]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(label=self.value()) if self.value() else queryset


@admin.register(Decision)
class DecisionAdmin(CsvListAdmin, ReadOnlyAdmin):
    list_display = ("shown_case", "shown_label", "shown_layer", "shown_reason", "score", "shown_run", "shown_time")
    list_display_links = ("shown_case",)
    list_filter = (PipelineFilter, LabelFilter, StandingFilter)
    list_select_related = ("subject", "run", "by")
    ordering = ("-id",)
    sortable_by = ()
    list_per_page = 50
    nothing_yet = "Start a run, and what it decides appears here."
    csv_columns = (
        ("case", "subject_id"),
        ("pipeline", "subject.pipeline"),
        ("object", "subject.object_id"),
        ("answer", "label"),
        ("same as", "anchor"),
        ("decided by", "layer"),
        ("person", "by"),
        ("score", "score"),
        ("reason", "reason"),
        ("run", "run_id"),
        ("decided at", "created_at"),
    )

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        shown = super().get_changelist_instance(request)
        if isinstance(shown.result_list, QuerySet):
            shown.result_list = list(shown.result_list)
        named = titles((one.subject.pipeline, one.subject.object_id) for one in shown.result_list)
        for one in shown.result_list:
            one.case_title = named.get((one.subject.pipeline, one.subject.object_id), str(one.subject))
        return shown

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("case_page", get_object_or_404(Decision, pk=object_id).subject_id)

    @display(description="case")
    def shown_case(self, decision: Decision) -> str:
        return Truncator(decision.case_title).chars(60)  # type: ignore[attr-defined]

    @display(description="answer")
    def shown_label(self, decision: Decision) -> str:
        return label_words(decision.label)

    @display(description="decided by")
    def shown_layer(self, decision: Decision) -> str:
        return decider(decision, registry.pipelines().get(decision.subject.pipeline))

    @display(description="why")
    def shown_reason(self, decision: Decision) -> str:
        return capfirst(reason_words(decision.reason, registry.pipelines().get(decision.subject.pipeline)))

    @display(description="when")
    def shown_time(self, decision: Decision) -> str:
        return moment(decision.created_at)

    @display(description="run")
    def shown_run(self, decision: Decision) -> SafeString | str:
        if decision.run_id is None:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("run_page", args=[decision.run_id]), decision.run_id)


def decider(decision: Decision, pipeline: Pipeline | None) -> str:
    """Who decided: the person's name, the layer, or that a person still has to."""
    if decision.by:
        return decision.by.get_full_name() or decision.by.get_username()
    if decision.layer == "person":
        return "Waits for a person"
    return layer_words(decision.layer, pipeline)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One layer on a case's path, in words; `threshold` is the score it needed, `said` a model's own reason."""

    label: str
    answer: str
    score: float | None
    threshold: float | None
    reason: str
    outcome: str
    said: str
    detail: str
    is_decider: bool
    is_cached: bool
    attempts: Sequence[Attempt]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One decision of a case's history: who, what, why, and the person's answer behind it."""

    decision: Decision
    answer: str
    decider: str
    reason: str
    given: Answer | None
    is_now: bool


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The record beside one other, and how their match weight comes about (None where they were never weighed)."""

    pair: Pair
    chart: Waterfall | None


@page("pipeline.view_decision")
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    subject = get_object_or_404(
        Subject.objects.select_related("decision__run", "decision__by", "decision__dossier"), pk=pk
    )
    pipeline = registry.pipelines().get(subject.pipeline)
    decision = subject.decision
    history = _history(subject, pipeline)
    # A person's decision has no path of its own; how the layers got to the question is what the reader wants then.
    machine = next((entry.decision for entry in history if entry.decision.path), decision)
    case = _case(subject, pipeline)
    found = pipeline.present(case, decision.anchor if decision else None) if pipeline and case else None
    compared = _compared(case, found, decision)
    return draw(
        request,
        "admin/pipeline/case/page.html",
        title=f"{title_of(case.values, subject.object_id) if case else subject}",
        subject=subject,
        pipeline=pipeline,
        pipeline_title=pipeline_title(subject.pipeline),
        decision=decision,
        in_words=_in_words(decision, pipeline, found) if decision else "Not decided yet.",
        reason=_why(history[0], pipeline) if history else "",
        compared=compared[:1],
        rivals=compared[1:],
        stages=_stages(machine, pipeline) if machine else (),
        machine=machine,
        history=history,
        answers=_loose_answers(subject),
        attempts=_attempts(subject),
        limits=limits_of(subject.pipeline, request.user, timezone.now()) if decision and decision.is_model else None,
        review=_open_review(subject) if may(request, "pipeline.add_answer") else None,
    )


def _open_review(subject: Subject) -> Review | None:
    return Review.objects.filter(subject=subject, closed_at=None, kind=Review.Kind.QUESTION).first()


def _compared(case: Case | None, found: Presentation | None, decision: Decision | None) -> list[Compared]:
    if case is None or found is None:
        return []
    return [Compared(pair=pair, chart=waterfall(case, pair, decision) if decision else None) for pair in found.pairs]


def _case(subject: Subject, pipeline: Pipeline | None) -> Case | None:
    """The case as it was judged where that is on record, else as it stands."""
    decision = subject.decision
    if decision is not None and decision.dossier is None:
        kept = evidence.as_judged(subject.object_id, decision.evidence)
        # What a person joined by hand was mostly never compared with just that record.
        if kept is not None and (decision.anchor is None or kept.candidate(decision.anchor)):
            return kept
    dossier = (decision.dossier if decision else None) or subject.dossiers.order_by("-id").first()
    if dossier is not None:
        return case_io.from_json(dossier.case)
    loaded = pipeline.cases([subject.object_id]) if pipeline else ()
    return next((case for case in loaded if case.object_id == subject.object_id), None)


def _why(entry: Entry, pipeline: Pipeline | None) -> str:
    if entry.given is not None:
        return reason_words(entry.given.reason, pipeline)
    return "" if entry.decision.by else entry.reason


def _in_words(decision: Decision, pipeline: Pipeline | None, found: Presentation | None) -> str:
    if decision.layer == "person" and decision.by is None:
        return "Waits for a person."
    pairs = found.pairs if found and decision.anchor is not None else ()
    right = next((pair.right for pair in pairs if pair.right.object_id == decision.anchor), None)
    what = label_words(decision.label) + (f" as “{right.title}” ({right.source})" if right and right.source else "")
    return f"{what}, decided by {decider(decision, pipeline)}."


def _stages(decision: Decision, pipeline: Pipeline | None) -> list[Stage]:
    ids = [pk for passed in decision.path for pk in passed.get("attempts") or ()]
    attempts = Attempt.objects.select_related("model").in_bulk(ids)
    thresholds = {(layer, label): value for layer, label, value in decision.versions.get("thresholds") or ()}
    return [_stage(passed, decision, pipeline, attempts, thresholds) for passed in decision.path]


def _stage(
    passed: dict[str, Any],
    decision: Decision,
    pipeline: Pipeline | None,
    attempts: dict[int, Attempt],
    thresholds: dict[tuple[str, str], float],
) -> Stage:
    layer, label = str(passed.get("layer", "")), str(passed.get("label", ""))
    outcome = str(passed.get("outcome", ""))
    asked = str(passed.get("asked", ""))
    if not outcome and asked and asked != "answered":
        outcome = f"ask:{asked}"
    return Stage(
        label=layer_words(layer, pipeline),
        answer=label_words(label) if label else "",
        score=passed.get("score"),
        threshold=thresholds.get((layer, label)),
        reason=reason_words(str(passed.get("reason", "")), pipeline),
        outcome=reason_words(outcome, pipeline),
        said=str(passed.get("said", "")),
        detail=str(passed.get("detail", "")),
        is_decider=outcome == "accepted" or layer == decision.layer,
        is_cached=bool(passed.get("is_cached")),
        attempts=[attempts[pk] for pk in passed.get("attempts") or () if pk in attempts],
    )


def _history(subject: Subject, pipeline: Pipeline | None) -> list[Entry]:
    decisions = list(subject.decisions.select_related("by", "run").order_by("-id")[:100])
    given = {one.decision_id: one for one in _answers(subject).filter(decision__in=decisions)}
    return [
        Entry(
            decision=decision,
            answer=label_words(decision.label),
            decider=decider(decision, pipeline),
            reason=reason_words(decision.reason, pipeline),
            given=given.get(decision.pk),
            is_now=decision.pk == subject.decision_id,
        )
        for decision in decisions
    ]


def _answers(subject: Subject) -> QuerySet[Answer]:
    return Answer.objects.filter(subject=subject).select_related("by")


def _loose_answers(subject: Subject) -> Iterable[Answer]:
    """Answers that led to no decision of their own (“unsure”, or taken back)."""
    return _answers(subject).filter(decision=None)[:50]


def _attempts(subject: Subject) -> Iterable[Attempt]:
    asked = Attempt.objects.filter(subject_key=subject.key, task=subject.pipeline)
    return asked.select_related("model").order_by("-pk")[:50]
