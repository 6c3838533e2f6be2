"""What won deals teach the others: how long stages and deals take, how often each stage wins. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from deals.signals.case import Peers
from deals.signals.health import shrunk_median, stage_rate
from deals.signals.stages import STAGE_DAYS, STAGE_RATES, Stages

# Fewer amounts than this have no quartile worth the name.
FEWEST_AMOUNTS = 8


@dataclass(frozen=True, kw_only=True)
class Past:
    """One deal that was closed by the day: `entered` has its open stages with the day it came into each."""

    is_won: bool
    created_on: date | None
    closed_on: date | None
    entered: tuple[tuple[str, date], ...] = ()


def learn(stages: Stages, of_band: Iterable[Past], everyone: Iterable[Past], amounts: Sequence[float]) -> Peers:
    """`of_band` are closed deals of like size, for the medians; `everyone` all closed ones, for the rates."""
    won = [past for past in of_band if past.is_won]
    reached = _reached(stages, everyone)
    return Peers(
        won=len(won),
        stage_days=_stage_days(stages, won),
        cycle_days=_cycle_days(stages, won),
        reached=reached,
        stage_rates={name: stage_rate(*reached[name], STAGE_RATES[stages.phases[name]]) for name in stages.names},
        large_amount=_third_quartile(amounts),
    )


def _stage_days(stages: Stages, won: Iterable[Past]) -> dict[str, float]:
    spent: dict[str, list[int]] = {name: [] for name in stages.names}
    for past in won:
        for stage, days in durations(past).items():
            if stage in spent:
                spent[stage].append(days)
    return {
        name: shrunk_median(median(days) if days else None, len(days), STAGE_DAYS[stages.phases[name]])
        for name, days in spent.items()
    }


def durations(past: Past) -> dict[str, int]:
    """Days in each stage; a stage that was visited twice counts both times."""
    ends = [*(day for _, day in past.entered[1:]), past.closed_on]
    spent: dict[str, int] = {}
    for (stage, start), end in zip(past.entered, ends, strict=False):
        if end is not None:
            spent[stage] = spent.get(stage, 0) + max(0, (end - start).days)
    return spent


def _cycle_days(stages: Stages, won: Iterable[Past]) -> float:
    taken = [(past.closed_on - past.created_on).days for past in won if past.closed_on and past.created_on]
    usual = sum(STAGE_DAYS[stages.phases[name]] for name in stages.names) or sum(STAGE_DAYS.values())
    return shrunk_median(median(taken) if taken else None, len(taken), usual)


def _reached(stages: Stages, closed: Iterable[Past]) -> dict[str, tuple[int, int]]:
    won, reached = dict.fromkeys(stages.names, 0), dict.fromkeys(stages.names, 0)
    for past in closed:
        for stage in {stage for stage, _ in past.entered} & reached.keys():
            reached[stage] += 1
            won[stage] += past.is_won
    return {name: (won[name], reached[name]) for name in stages.names}


def _third_quartile(amounts: Sequence[float]) -> float | None:
    if len(amounts) < FEWEST_AMOUNTS:
        return None
    ordered = sorted(amounts)
    return ordered[(3 * len(ordered)) // 4]


def by_pipeline(deals: Iterable[tuple[str, str, float | None]]) -> Mapping[str, dict[str, float | None]]:
    """(pipeline, open stage, probability) of many deals → per pipeline its stages with their usual probability."""
    said: dict[str, dict[str, list[float]]] = {}
    for pipeline, stage, probability in deals:
        odds = said.setdefault(pipeline, {}).setdefault(stage, [])
        if probability is not None:
            odds.append(probability)
    return {
        pipeline: {stage: median(odds) if odds else None for stage, odds in stages.items()}
        for pipeline, stages in said.items()
    }
