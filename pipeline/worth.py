"""What was got for the money: per pipeline, per kind of subject and per step, over the runs of some days.

Money per pipeline and day comes from the ledger's roll-ups, a step's from the steps of the runs; both add up to the
ledger, except for calls whose run was ended before it could write its step.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from governance.models import Organisation
from governance.spending import Day
from pipeline import registry
from pipeline.funnel import PERSON
from pipeline.models import Decision, Run, Step
from pipeline.pipeline import Pipeline

_SUMMED = ("seen", "milliseconds", "calls", "cached", "cost_microusd")


@dataclass(frozen=True, kw_only=True)
class StepWorth:
    """A step over the runs of a time. `overturned` of its `decided` results a person changed later."""

    pipeline: str
    layer: str
    label: str
    is_model: bool
    seen: int = 0
    decided: int = 0
    overturned: int = 0
    milliseconds: int = 0
    calls: int = 0
    cost_microusd: int = 0

    @property
    def cost_per_decided(self) -> int | None:
        return _each(self.cost_microusd, self.decided) if self.is_model else None


@dataclass(frozen=True, kw_only=True)
class PipelineWorth:
    """A pipeline over the runs of a time; `noun` is what it decides about. Micro-dollars are None while unknown.

    `asked` cases came to the first model step; `accepted` ones were decided by a model without a person.
    """

    name: str
    title: str
    noun: str
    by_rules: int = 0
    accepted: int = 0
    by_people: int = 0
    asked: int = 0
    calls: int = 0
    cost_microusd: int = 0
    practice_microusd: int = 0

    @property
    def cases(self) -> int:
        return self.by_rules + self.accepted + self.by_people

    @property
    def cost_per_call(self) -> int | None:
        return _each(self.cost_microusd, self.calls)

    @property
    def cost_per_case(self) -> int | None:
        return _each(self.cost_microusd, self.cases)

    @property
    def cost_per_accepted(self) -> int | None:
        return _each(self.cost_microusd, self.accepted)

    @property
    def saved_by_rules(self) -> int | None:
        """The cases that rules decided, at the mean cost of one that was asked about."""
        return round(self.by_rules * self.cost_microusd / self.asked) if self.asked and self.calls else None


@dataclass(frozen=True, kw_only=True)
class KindWorth:
    """What one subject of a kind ("deal") came to, all pipelines about that kind together."""

    noun: str
    number: int
    cost_microusd: int

    @property
    def cost_each(self) -> int | None:
        return _each(self.cost_microusd, self.number)


def runs_between(first: date, until: date, pipeline: str = "") -> QuerySet[Run]:
    """The real runs begun on the days from `first` up to, not including, `until`; of one pipeline where it is named."""
    zone = Organisation.current().zone
    begin, end = (datetime.combine(day, time.min, tzinfo=zone) for day in (first, until))
    runs = Run.objects.filter(created_at__gte=begin, created_at__lt=end, is_dry_run=False)
    return runs.filter(pipeline=pipeline) if pipeline else runs


def steps(runs: QuerySet[Run]) -> Sequence[StepWorth]:
    """The steps of installed pipelines in their order; those that had no case are left out. Three queries."""
    worked = {
        (row["run__pipeline"], row["layer"]): row
        for row in Step.objects.filter(run__in=runs).order_by().values("run__pipeline", "layer").annotate(
            **{f"sum_{name}": Sum(name) for name in _SUMMED}
        )
    }  # fmt: skip
    decided, undone = _by_step(_decisions(runs)), _by_step(overturned(_decisions(runs)))
    return [
        _step(pipeline, layer, worked[key], decided.get(key, 0), undone.get(key, 0))
        for pipeline in registry.pipelines().values()
        for layer in pipeline.layers
        if (key := (pipeline.name, layer.name)) in worked
    ]


def pipelines(runs: QuerySet[Run], days: Iterable[Day]) -> Sequence[PipelineWorth]:
    """The installed pipelines that had a run or a call. Two queries beside the spending by day."""
    decided = _by_step(_decisions(runs))
    seen = {
        (name, layer): number or 0
        for name, layer, number in Step.objects.filter(run__in=runs, is_model=True)
        .order_by()
        .values_list("run__pipeline", "layer")
        .annotate(number=Sum("seen"))
    }
    spent = list(days)
    found = [_pipeline(one, decided, seen, [day for day in spent if day.task == one.name]) for one in _installed()]
    return [one for one in found if one.cases or one.calls]


def kinds(runs: QuerySet[Run], found: Iterable[PipelineWorth]) -> Sequence[KindWorth]:
    """One entry per kind of subject, each subject counted once however many pipelines and runs decided about it."""
    listed = list(found)
    return [
        KindWorth(
            noun=noun,
            number=_subjects(runs, [one.name for one in listed if one.noun == noun]),
            cost_microusd=sum(one.cost_microusd for one in listed if one.noun == noun),
        )
        for noun in dict.fromkeys(one.noun for one in listed)
    ]


def noun_of(pipeline: Pipeline) -> str:
    """What a pipeline decides about, as its model is called ("deal"); "case" where the model is not installed."""
    try:
        return str(apps.get_model(pipeline.subject)._meta.verbose_name)
    except (LookupError, ValueError):
        return "case"


def _installed() -> Iterable[Pipeline]:
    return registry.pipelines().values()


def _decisions(runs: QuerySet[Run]) -> QuerySet[Decision]:
    return Decision.objects.filter(run__in=runs, by=None)


def overturned(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Those that a person later changed: another label, or the same with another record."""
    stands = Q(label=F("superseded_by__label"), own=F("theirs"))
    anchors = {"own": Coalesce("anchor", 0), "theirs": Coalesce("superseded_by__anchor", 0)}
    return decisions.filter(superseded_by__by__isnull=False).annotate(**anchors).exclude(stands)


def _by_step(decisions: QuerySet[Decision]) -> dict[tuple[str, str], int]:
    rows = decisions.order_by().values_list("run__pipeline", "layer").annotate(number=Count("id"))
    return {(pipeline, layer): number for pipeline, layer, number in rows}


def _step(pipeline: Pipeline, layer: Any, worked: Mapping[str, Any], decided: int, overturned: int) -> StepWorth:
    return StepWorth(
        pipeline=pipeline.name,
        layer=layer.name,
        label=layer.label,
        is_model=layer.is_model,
        seen=worked["sum_seen"],
        decided=decided,
        overturned=overturned,
        milliseconds=worked["sum_milliseconds"],
        calls=worked["sum_calls"],
        cost_microusd=worked["sum_cost_microusd"],
    )


def _pipeline(
    pipeline: Pipeline,
    decided: Mapping[tuple[str, str], int],
    seen: Mapping[tuple[str, str], int],
    days: Sequence[Day],
) -> PipelineWorth:
    models = [layer.name for layer in pipeline.model_layers]
    return PipelineWorth(
        name=pipeline.name,
        title=pipeline.title,
        noun=noun_of(pipeline),
        by_rules=sum(decided.get((pipeline.name, layer.name), 0) for layer in pipeline.free_layers),
        accepted=sum(decided.get((pipeline.name, name), 0) for name in models),
        by_people=decided.get((pipeline.name, PERSON), 0),
        asked=seen.get((pipeline.name, models[0]), 0) if models else 0,
        calls=sum(day.calls for day in days),
        cost_microusd=sum(day.cost_microusd for day in days),
        practice_microusd=sum(day.cost_microusd for day in days if day.is_practice),
    )


def _subjects(runs: QuerySet[Run], names: Sequence[str]) -> int:
    decided = Decision.objects.filter(run__in=runs.filter(pipeline__in=names), by=None)
    return decided.order_by().values("subject__object_id").distinct().count()


def _each(cost_microusd: int, number: int) -> int | None:
    return round(cost_microusd / number) if number else None
