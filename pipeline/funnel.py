"""What a run did, layer by layer: who decided how many, how long it took, what it cost.

Money and tokens come from the ledger, so that a run's page, its steps and the money page show the same sums; counts
come from the decisions, time from the steps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from governance.models import Attempt, AttemptState
from governance.questions import Tier
from pipeline.models import Decision, Run, Step, Subject
from pipeline.pipeline import Pipeline

PERSON = "person"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One layer's part in a run. Money in micro-dollars; `held` is out or lost, `estimated` is part of `cost`."""

    layer: str
    label: str
    tier: str = ""
    is_model: bool = False
    seen: int = 0
    decided: int = 0
    to_person: int = 0
    milliseconds: int = 0
    calls: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_microusd: int = 0
    held_microusd: int = 0
    estimated_microusd: int = 0


@dataclass(frozen=True, kw_only=True)
class Band:
    """One bar of the funnel; `colour` names its class in the stylesheet."""

    label: str
    cases: int
    colour: str
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """A run in figures. `total` sums the lines; its `seen` is the run's cases."""

    lines: tuple[Line, ...]
    total: Line
    bands: tuple[Band, ...]
    all_seen: int
    waiting: int
    practice_microusd: int
    has_practice: bool


def funnel(run: Run, pipeline: Pipeline | None) -> Funnel:
    """The figures of a run as they stand, in three queries; without a `pipeline` (uninstalled) what is on record."""
    decided = _decided(run)
    worked: dict[str, dict[str, Any]] = {row["layer"]: row for row in _worked(run)}
    paid: dict[str, dict[str, Any]] = {row["layer"]: row for row in _paid(run)}
    layers = list(pipeline.layers) if pipeline else []
    known = [(layer.name, layer.label, str(getattr(layer, "tier", "")), layer.is_model) for layer in layers]
    named = {name for name, *_ in known}
    gone = sorted({*worked, *paid, *decided} - named - {PERSON})
    known += [(name, name, "", bool(paid.get(name))) for name in gone]
    lines = [_line(*layer, decided, worked.get(layer[0], {}), paid.get(layer[0], {})) for layer in known]
    people = decided.get(PERSON, 0)
    left_over = people - sum(line.to_person for line in lines)
    if left_over > 0:
        lines.append(Line(layer=PERSON, label="Left to a person", seen=left_over, to_person=left_over))
    total = _total(run, lines)
    return Funnel(
        lines=tuple(lines),
        total=total,
        bands=tuple(_bands(run, lines, people)),
        all_seen=run.cases + run.unchanged,
        waiting=max(0, run.cases - total.decided - people),
        practice_microusd=sum(row["practice"] or 0 for row in paid.values()),
        has_practice=any(row["practice_calls"] for row in paid.values()),
    )


def _decided(run: Run) -> dict[str, int]:
    if run.is_dry_run:
        return {str(name): int(number) for name, number in (run.summary.get("decided") or {}).items()}
    found = Decision.objects.filter(run=run, by=None).order_by()
    return dict(found.values("layer").annotate(number=Count("id")).values_list("layer", "number"))


def _worked(run: Run) -> Iterable[Any]:
    names = ("seen", "sent_to_review", "milliseconds", "cached", "calls")
    steps = Step.objects.filter(run=run).order_by()
    return steps.values("layer").annotate(**{f"sum_{name}": Sum(name) for name in names})


def _paid(run: Run) -> Iterable[Any]:
    out = Q(state__in=(AttemptState.OPEN, AttemptState.UNKNOWN))
    practice = Q(model__is_practice=True)
    return (
        Attempt.objects.filter(run_key=run.key)
        .order_by()
        .values("layer")
        .annotate(
            number=Count("id"),
            cost=Sum("cost_microusd"),
            input=Sum("input_tokens"),
            output=Sum("output_tokens"),
            held=Sum("reserved_microusd", filter=out),
            estimated=Sum("cost_microusd", filter=Q(is_estimated=True)),
            practice=Sum("cost_microusd", filter=practice),
            practice_calls=Count("id", filter=practice),
        )
    )


def _line(
    name: str,
    label: str,
    tier: str,
    is_model: bool,
    decided: dict[str, int],
    worked: dict[str, Any],
    paid: dict[str, Any],
) -> Line:
    return Line(
        layer=name,
        label=label,
        tier=tier,
        is_model=is_model,
        seen=worked.get("sum_seen") or 0,
        decided=decided.get(name, 0),
        to_person=worked.get("sum_sent_to_review") or 0,
        milliseconds=worked.get("sum_milliseconds") or 0,
        calls=paid.get("number") or 0,
        cached=worked.get("sum_cached") or 0,
        input_tokens=paid.get("input") or 0,
        output_tokens=paid.get("output") or 0,
        cost_microusd=paid.get("cost") or 0,
        held_microusd=paid.get("held") or 0,
        estimated_microusd=paid.get("estimated") or 0,
    )


def _total(run: Run, lines: Sequence[Line]) -> Line:
    summed = ("decided", "to_person", "milliseconds", "calls", "cached", "input_tokens", "output_tokens")
    money = ("cost_microusd", "held_microusd", "estimated_microusd")
    sums = {name: sum(getattr(line, name) for line in lines) for name in (*summed, *money)}
    return Line(layer="", label="Total", seen=run.cases, **sums)


def _bands(run: Run, lines: Sequence[Line], people: int) -> Iterable[Band]:
    yield Band(label="Decided before, unchanged", cases=run.unchanged, colour="is-none")
    for label, colour, tier in (
        ("Decided by rules", "is-rules", ""),
        ("Decided by a light model", "is-light", Tier.LIGHT.value),
        ("Decided by a strong model", "is-heavy", Tier.STRONG.value),
    ):
        own = [line for line in lines if line.tier == tier and line.layer != PERSON and line.is_model == bool(tier)]
        if own:
            layers = tuple(line.layer for line in own)
            yield Band(label=label, cases=sum(line.decided for line in own), colour=colour, layers=layers)
    yield Band(label="Left to a person", cases=people, colour="is-people", layers=(PERSON,))


def asks_due(pipeline: str = "") -> int:
    """Cases that no model could be asked about (money, plan, key): they wait for a person or the next run."""
    due = Subject.objects.filter(is_ask_due=True)
    return (due.filter(pipeline=pipeline) if pipeline else due).count()
