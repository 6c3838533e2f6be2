"""What the deal page shows of a brief: facts and steps by rule, sentences with their lines, suggestions, why none."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from deals.briefs.marks import Marks, marks_of
from deals.briefs.pipeline import brief_deals
from deals.briefs.records import NAME
from deals.briefs.rendering import day, money
from deals.briefs.standing import findings_of
from deals.models import Activity, Brief, Deal, Sentence, SentenceMark, Suggestion
from deals.provenance import Origin, origin_of
from deals.signals.finding import Finding
from pipeline.models import Decision, Record, Review, Subject
from pipeline.wording import reason_words

MOST_STEPS = 4
MOST_ORIGINS = 3
_SLOTS = {
    "situation": "Situation", "change": "What changed", "risk": "Risk", "people": "People", "need": "What they need",
    "objection": "Objection", "competition": "Competition", "next_step": "Next",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact by rule, with the line it stands in."""

    label: str
    text: str
    origin: Origin | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence as shown: the lines it rests on (the quoted one first), and what people said about it."""

    sentence: Sentence
    slot: str
    origins: tuple[Origin, ...]
    own_mark: str = ""
    correction: str = ""
    marks: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Proposed:
    suggestion: Suggestion
    origin: Origin | None


@dataclass(frozen=True, kw_only=True)
class BriefPanel:
    """`why_none` says in a sentence why there is no brief, or none of today; `review` is a question that waits."""

    deal: Deal
    facts: tuple[Fact, ...]
    steps: tuple[Finding, ...]
    is_assessed: bool
    brief: Brief | None
    said: tuple[Said, ...]
    why_none: str
    is_asking_due: bool
    review: Review | None
    proposed: tuple[Proposed, ...]
    answered: tuple[Proposed, ...]
    marks: Marks | None


def panel_of(deal: Deal, user: User) -> BriefPanel:
    """The panel as `user` sees it: the own marks are shown pressed."""
    found = findings_of([deal.pk])
    brief = Brief.objects.filter(deal=deal, is_current=True).select_related("decision__run").first()
    subject = Subject.objects.filter(pipeline=NAME, object_id=deal.pk).select_related("decision").first()
    decision = subject.decision if subject else None
    suggestions = list(Suggestion.objects.filter(deal=deal).select_related("by", "contact"))
    origins = _origins(_records_of(brief, suggestions))
    waiting = (
        Review.objects.filter(decision=decision, closed_at=None, kind=Review.Kind.QUESTION).first()
        if decision
        else None
    )
    run = brief.decision.run_id if brief else None
    return BriefPanel(
        deal=deal,
        facts=tuple(_facts(deal)),
        steps=tuple(steps(found.get(deal.pk, ()))),
        is_assessed=deal.pk in found,
        brief=brief,
        said=tuple(_said(brief, user, origins)) if brief else (),
        why_none=_why_none(brief, decision),
        is_asking_due=bool(subject and subject.is_ask_due),
        review=waiting,
        proposed=tuple(_proposed(suggestions, origins, Suggestion.State.OPEN)),
        answered=tuple(_proposed(suggestions, origins, Suggestion.State.ACCEPTED, Suggestion.State.REFUSED)),
        marks=marks_of(Brief.objects.filter(decision__run=run)) if run else None,
    )


def steps(findings: Sequence[Finding]) -> list[Finding]:
    """The rules' next steps, the gravest finding's first, each said once."""
    by_step: dict[str, Finding] = {}
    for finding in sorted(findings, key=lambda one: -one.severity):
        if finding.suggested_step:
            by_step.setdefault(finding.suggested_step, finding)
    return list(by_step.values())[:MOST_STEPS]


# Facts by rule


def _facts(deal: Deal) -> Iterable[Fact]:
    record = Record.objects.filter(
        pk__in=deal.links.filter(closed_at=None).values("record"), is_withdrawn=False
    )  # fmt: skip
    newest = record.select_related("source", "row__file").order_by("-recorded_at", "-pk").first()
    origin = origin_of(newest) if newest else None
    worth = money(deal.amount, deal.currency) if deal.amount is not None else "amount not known"
    due = f"due {day(deal.close_date)}" if deal.close_date else "no close date"
    yield Fact(label="Stands", text=", ".join(part for part in (worth, deal.stage, due) if part), origin=origin)
    last = _happened(deal).filter(is_planned=False).order_by("-happened_at").first()
    if last is not None:
        yield Fact(label="Last contact", text=_described(last), origin=origin_of(last.record))
    ahead = _happened(deal).filter(is_planned=True).order_by("happened_at").last()
    if ahead is not None:
        yield Fact(label="Planned", text=_described(ahead), origin=origin_of(ahead.record))
    people = Counter(role or "no part named" for role in deal.roles.values_list("role", flat=True))
    named = ", ".join(f"{number} × {role}" if number > 1 else role for role, number in people.most_common(4))
    yield Fact(label="People", text=named or "nobody is named in this deal")


def _happened(deal: Deal) -> Any:
    talks = deal.activities.exclude(kind__in=(Activity.Kind.NOTE, Activity.Kind.TASK)).exclude(happened_at=None)
    return talks.select_related("record__source", "record__row__file")


def _described(activity: Activity) -> str:
    when = day(activity.happened_at) if activity.happened_at else ""
    side = f" ({activity.get_direction_display().lower()})" if activity.direction else ""
    return f"{activity.get_kind_display()}{side}, {when}{f': {activity.subject}' if activity.subject else ''}"


# Sentences and suggestions


def _records_of(brief: Brief | None, suggestions: Iterable[Suggestion]) -> set[int]:
    held = [sentence.evidence for sentence in brief.sentences.all()] if brief else []
    held += [suggestion.evidence for suggestion in suggestions]
    return {one["record_id"] for evidence in held for one in evidence if one.get("record_id")}


def _origins(record_ids: Collection[int]) -> dict[int, Origin]:
    found = Record.objects.filter(pk__in=record_ids).select_related("source", "row__file")
    return {record.pk: origin_of(record) for record in found}


def _said(brief: Brief, user: User, origins: dict[int, Origin]) -> Iterable[Said]:
    marks = SentenceMark.objects.filter(sentence__brief=brief, withdrawn_at=None)
    own = {mark.sentence_id: mark for mark in marks if mark.by_id == user.pk}
    for sentence in brief.sentences.all():
        ordered = sorted(sentence.evidence, key=lambda one: one["ref"] != sentence.quoted)
        lines = {one["record_id"]: origins[one["record_id"]] for one in ordered if one.get("record_id") in origins}
        counted = Counter(mark.get_mark_display() for mark in marks if mark.sentence_id == sentence.pk)
        mark = own.get(sentence.pk)
        yield Said(
            sentence=sentence,
            slot=_SLOTS.get(sentence.slot, sentence.slot),
            origins=tuple(lines.values())[:MOST_ORIGINS],
            own_mark=mark.mark if mark else "",
            correction=mark.correction if mark else "",
            marks=tuple(counted.items()),
        )


def _proposed(suggestions: Iterable[Suggestion], origins: dict[int, Origin], *states: str) -> Iterable[Proposed]:
    for suggestion in suggestions:
        if suggestion.state in states:
            record = next((one.get("record_id") for one in suggestion.evidence), None)
            yield Proposed(suggestion=suggestion, origin=origins.get(record or 0))


def _why_none(brief: Brief | None, decision: Decision | None) -> str:
    """Empty where the brief is the last word."""
    if decision is None:
        return "Nobody has started a run of “Write briefs of deals” since this deal came in."
    if brief is not None and brief.decision_id == decision.pk:
        return ""
    words = reason_words(decision.reason, brief_deals)
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
