"""What would change for cases, were a rule switched off or a step's threshold another: read from stored decisions.

The money follows in `governance.whatif`; here is counted how many cases a change sends on to a model or a person, and
both are put together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from governance.ledger import read_ledger
from governance.whatif import Change, Ledger, Outcome, interval, replay
from pipeline import registry
from pipeline.models import Decision, Run, Step
from pipeline.pipeline import Pipeline
from pipeline.whatif_people import People, left_to_people, minutes_per_answer, proof
from pipeline.worth import runs_between

FACTORS = (1, 2, 5, 10)
# The newest cases whose stored scores are read for a lower threshold of a rule.
_CASES_READ = 20_000


@dataclass(frozen=True, kw_only=True)
class Shift:
    """Cases that take another way: asked about in addition, asked by a later step (step → number), left to people;
    negative where fewer. `is_lower`: results would be accepted that were not."""

    asked: int = 0
    by_step: dict[str, int] = field(default_factory=dict)
    to_people: int = 0
    is_lower: bool = False


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A step of a pipeline accepts from another score (0..1) on."""

    pipeline: str
    layer: str
    value: float


@dataclass(frozen=True, kw_only=True)
class Supposition:
    """The calls of which days and pipeline ("": all), and what would be different. `left_out` names a step or all
    `rules`; `change` holds the prices, models and volumes."""

    first: date
    until: date
    change: Change
    task: str = ""
    left_out: frozenset[str] = frozenset()
    threshold: Threshold | None = None


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """As it was and as it would be. `by_rules` cases would still be decided by rules; `spread` holds 90 % of what other
    runs like these would come to, in micro-dollars, None for too few runs."""

    was: Outcome
    then: Outcome
    spread: tuple[int, int] | None
    shocks: Sequence["Shock"]
    shift: Shift
    people: People
    by_rules: int
    cases: int


@dataclass(frozen=True, kw_only=True)
class Shock:
    """What it costs when prices are `factor` times today's, in micro-dollars; without rules a model is asked about
    their cases too."""

    factor: int
    cost: int
    cost_without_rules: int


RULES = "rules"


def follow(asked: Supposition) -> Consequence:
    """What the change would come to. Raises KeyError for a swap without rates or a pipeline that is not installed."""
    first, until, task = asked.first, asked.until, asked.task
    ledger = read_ledger(first, until, task, cases=asked_cases(first, until, task))
    left_out = _left_out(asked)
    shift = _shift(asked, left_out)
    change = shifted(replace(asked.change, without=asked.left_out), shift)
    by_rules = decided_by_rules(first, until, task) - left_out
    return Consequence(
        was=replay(ledger, Change()),
        then=replay(ledger, change),
        spread=interval(ledger, change),
        shocks=shocks(ledger, change, by_rules),
        shift=shift,
        people=_people(asked, shift),
        by_rules=by_rules,
        cases=ledger.cases,
    )


def _left_out(asked: Supposition) -> int:
    """The cases of the rules that are left out."""
    if RULES in asked.left_out:
        return decided_by_rules(asked.first, asked.until, asked.task)
    models = {layer.name for one in registry.pipelines().values() for layer in one.model_layers}
    rules = asked.left_out - models
    return sum(decided_by_rules(asked.first, asked.until, asked.task, name) for name in rules)


def _shift(asked: Supposition, left_out: int) -> Shift:
    """The cases that go another way when rules are left out or a step's score is another."""
    moved = asked.threshold
    if moved is None:
        return Shift(asked=left_out)
    runs = runs_between(asked.first, asked.until, moved.pipeline)
    shift = at_threshold(runs, registry.pipelines()[moved.pipeline], moved.layer, moved.value)
    return replace(shift, asked=left_out + shift.asked)


def _people(asked: Supposition, shift: Shift) -> People:
    moved = asked.threshold
    task = asked.task or (moved.pipeline if moved else "")
    was = left_to_people(runs_between(asked.first, asked.until, asked.task))
    then = proof(task, moved.layer, moved.value) if moved else proof(task)
    return People(
        was=was,
        then=max(0, was + shift.to_people),
        minutes_each=minutes_per_answer(task),
        proof=proof(task),
        proof_then=None if shift.is_lower else then,
    )


def decided_by_rules(first: date, until: date, task: str = "", layer: str = "") -> int:
    """Cases that the free layers (or one of them) decided: what would be asked about without them."""
    free = {one.name for pipeline in _pipelines(task) for one in pipeline.free_layers}
    wanted = free & {layer} if layer else free
    return Decision.objects.filter(run__in=runs_between(first, until, task), by=None, layer__in=wanted).count()


def asked_cases(first: date, until: date, task: str = "") -> int:
    """Cases that came to the first model step of a run: what its calls were about."""
    firsts = [(pipeline.name, pipeline.model_layers[0].name) for pipeline in _pipelines(task) if pipeline.model_layers]
    steps = Step.objects.filter(run__in=runs_between(first, until, task), is_model=True).order_by()
    seen = steps.values_list("run__pipeline", "layer").annotate(number=Sum("seen"))
    return sum(number for name, layer, number in seen if (name, layer) in firsts)


def at_threshold(runs: QuerySet[Run], pipeline: Pipeline, layer: str, value: float) -> Shift:
    """What a step's threshold would do at `value` (0..1) in these runs of a pipeline, by the scores on record."""
    lost = Decision.objects.filter(run__in=runs, by=None, layer=layer, score__lt=value).count()
    models = [one.name for one in pipeline.model_layers]
    won = _would_pass(runs, layer, value)
    moved, is_lower = lost - won, won > 0
    if layer not in models:
        return Shift(asked=moved, is_lower=is_lower) if models else Shift(to_people=moved, is_lower=is_lower)
    later = models[models.index(layer) + 1 :]
    return Shift(by_step={later[0]: moved}, is_lower=is_lower) if later else Shift(to_people=moved, is_lower=is_lower)


def _would_pass(runs: QuerySet[Run], layer: str, value: float) -> int:
    """Cases whose verdict by the layer was not accepted for its score and would be."""
    paths = Decision.objects.filter(run__in=runs, by=None, dossier__isnull=False).order_by("-pk")
    return sum(
        passage.get("layer") == layer
        and passage.get("outcome") == "below_threshold"
        and (passage.get("score") or 0) >= value
        for path in paths.values_list("path", flat=True)[:_CASES_READ]
        for passage in path
    )


def shocks(ledger: Ledger, change: Change, by_rules: int) -> Sequence[Shock]:
    """The change at 1, 2, 5 and 10 times its prices, with the rules and without."""
    return [
        Shock(
            factor=factor,
            cost=replay(ledger, replace(change, price_factor=Decimal(factor))).cost_microusd,
            cost_without_rules=replay(
                ledger, replace(change, price_factor=Decimal(factor), more_cases=change.more_cases + by_rules)
            ).cost_microusd,
        )
        for factor in FACTORS
    ]


def shifted(change: Change, shift: Shift) -> Change:
    """The same change with the calls that other ways of cases add or spare."""
    return replace(
        change, more_cases=change.more_cases + shift.asked, more_calls={**change.more_calls, **shift.by_step}
    )


def _pipelines(task: str) -> Sequence[Pipeline]:
    return [pipeline for pipeline in registry.pipelines().values() if task in ("", pipeline.name)]
