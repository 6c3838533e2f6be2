"""What would change for cases, were a rule switched off or a step's threshold another: read from stored decisions.

The money follows in `governance.whatif`; here is counted how many cases a change sends on to a model or a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from governance.whatif import Change, Ledger, replay
from pipeline import registry
from pipeline.models import Decision, Run, Step
from pipeline.pipeline import Pipeline
from pipeline.worth import runs_between

FACTORS = (1, 2, 5, 10)
# The newest cases whose stored scores are read for a lower threshold of a rule.
_CASES_READ = 20_000


@dataclass(frozen=True, kw_only=True)
class Shift:
    """Cases that take another way: asked about in addition, asked by a later step (step → number), left to people;
    negative where fewer."""

    asked: int = 0
    by_step: dict[str, int] = field(default_factory=dict)
    to_people: int = 0


@dataclass(frozen=True, kw_only=True)
class Shock:
    """What it costs when prices are `factor` times today's, in micro-dollars; without rules a model is asked about
    their cases too."""

    factor: int
    cost: int
    cost_without_rules: int


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
    if layer not in models:
        return Shift(asked=lost - won) if models else Shift(to_people=lost - won)
    later = models[models.index(layer) + 1 :]
    return Shift(by_step={later[0]: lost - won}) if later else Shift(to_people=lost - won)


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
