"""What will be spent: a month at its present pace, a run from the runs before it, and how sure either is.

The band of a run is a split-conformal one on the log of actual over expected cost (Lei et al. 2018): no assumption on
the distribution of errors, and it widens by itself when forecasts were poor.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_FEWEST_DAYS = 3
_FEWEST_RUNS = 5
_COVERAGE = 0.9
# Runs back until a run counts half: escalation and answers drift with models, prompts and learnt rules.
_HALF_LIFE_RUNS = 2.0


@dataclass(frozen=True, kw_only=True)
class PastRun:
    """A finished run: what was expected, what all its steps cost, and the part of its first model step."""

    expected_microusd: int
    actual_microusd: int
    first_step_microusd: int


@dataclass(frozen=True, kw_only=True)
class Band:
    """Between `low` and `high` lie the costs of about `coverage` (0..1) of runs like these."""

    low_microusd: int
    high_microusd: int
    coverage: float


def month_end(spent_microusd: int, daily_microusd: Sequence[int], days_left: int) -> int | None:
    """The month's sum when the `days_left` (today included) cost what the last complete days did on average.

    None while fewer than three complete days are known.
    """
    if len(daily_microusd) < _FEWEST_DAYS:
        return None
    return spent_microusd + round(days_left * sum(daily_microusd) / len(daily_microusd))


def escalation(past: Sequence[PastRun]) -> float | None:
    """Cost of all model steps over that of the first, ≥ 1, newer runs counting more; None without any. Oldest first."""
    weights = _weights(len(past))
    first = sum(weight * run.first_step_microusd for weight, run in zip(weights, past, strict=True))
    whole = sum(weight * run.actual_microusd for weight, run in zip(weights, past, strict=True))
    return max(1.0, whole / first) if first else None


def recent_mean(values: Sequence[float]) -> float:
    """The mean of `values`, oldest first, newer ones counting more; 0 for none."""
    weights = _weights(len(values))
    return sum(weight * value for weight, value in zip(weights, values, strict=True)) / sum(weights) if weights else 0.0


def band(expected_microusd: int, past: Sequence[PastRun]) -> Band | None:
    """The range to expect, from the errors of past forecasts; None while fewer than five are known."""
    errors = sorted(
        abs(math.log(run.actual_microusd / run.expected_microusd))
        for run in past
        if run.expected_microusd > 0 and run.actual_microusd > 0
    )
    if len(errors) < _FEWEST_RUNS:
        return None
    rank = min(len(errors), math.ceil((len(errors) + 1) * _COVERAGE))
    factor = math.exp(errors[rank - 1])
    return Band(
        low_microusd=math.floor(expected_microusd / factor),
        high_microusd=math.ceil(expected_microusd * factor),
        coverage=min(_COVERAGE, rank / (len(errors) + 1)),
    )


def _weights(number: int) -> list[float]:
    return [0.5 ** ((number - 1 - place) / _HALF_LIFE_RUNS) for place in range(number)]
