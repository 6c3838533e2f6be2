"""What the calls on record would have cost under other circumstances: a replay of the ledger, nothing is asked.

What was paid scales with prices and volume, so that "as it was" comes to the ledger's sum to the micro-dollar. What
another model would have answered is priced anew by its tokens; what was booked at an estimate has none and stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from governance.pricing import Rates

Integers = npt.NDArray[np.int64]
_MILLION = 1_000_000
# Rates are kept to a thousandth of a micro-dollar per million tokens, so that products stay whole.
_SCALE = 1_000
# Drawing anew from fewer runs says more about the draw than about the runs.
FEW_RUNS = 5
_DRAWS = 500


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Calls, some (`number`) per place in each array; `estimated` is what part of their `cost` has no bill.

    `model`, `step` and `run` count into `models`, `steps` and `runs` (names). Money in micro-dollars; `cases` is how
    many different cases were asked about.
    """

    models: Sequence[str]
    steps: Sequence[str]
    runs: Sequence[str]
    model: Integers
    step: Integers
    run: Integers
    number: Integers
    plain_tokens: Integers
    cached_tokens: Integers
    written_tokens: Integers
    output_tokens: Integers
    cost: Integers
    estimated: Integers
    cases: int = 0

    @property
    def calls(self) -> int:
        return int(self.number.sum())


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is different: prices times `price_factor`, as many calls times `volume`, models asked in place of others
    (name → name, with the rates it has), steps left out (names), cases asked about in addition at the mean cost of
    those that were (what rules decide, were they switched off; negative: fewer), and calls of a step in addition at the
    mean cost of its own (step name → number; negative: fewer)."""

    price_factor: Decimal = Decimal(1)
    volume: Decimal = Decimal(1)
    swaps: Mapping[str, str] = field(default_factory=dict)
    rates: Mapping[str, Rates] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    more_cases: int = 0
    more_calls: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What it comes to; `by_model` and `by_step` in micro-dollars by name, each summing to `cost_microusd`."""

    calls: int
    cost_microusd: int
    by_model: Mapping[str, int]
    by_step: Mapping[str, int]


def replay(ledger: Ledger, change: Change) -> Outcome:
    """The ledger under a change. Raises KeyError where a swap names a model whose rates are not given."""
    kept, costs, times = _replayed(ledger, change)
    calls, sums = _tables(ledger, kept, costs)
    paid = [[_times(int(cost), factor) for cost in row] for row, factor in zip(sums, times, strict=True)]
    by_model: dict[str, int] = {}
    for place, name in enumerate(ledger.models):
        asked = change.swaps.get(name, name)
        by_model[asked] = by_model.get(asked, 0) + sum(row[place] for row in paid)
    return Outcome(
        calls=sum(_times(int(row.sum()), factor) for row, factor in zip(calls, times, strict=True)),
        cost_microusd=sum(map(sum, paid)),
        by_model=by_model,
        by_step={name: sum(row) for name, row in zip(ledger.steps, paid, strict=True)},
    )


def interval(ledger: Ledger, change: Change) -> tuple[int, int] | None:
    """What holds 90 % of the costs (micro-dollars) of as many runs drawn anew from these, with replacement (Efron
    1979); None for fewer than `FEW_RUNS`. The same draws each time."""
    runs = len(ledger.runs)
    if runs < FEW_RUNS:
        return None
    _, costs, times = _replayed(ledger, change)
    factors = np.array([float(factor) for factor in times])
    by_run = np.bincount(ledger.run, weights=costs * factors[ledger.step], minlength=runs)
    drawn = by_run[np.random.default_rng(1).integers(0, runs, size=(_DRAWS, runs))].sum(axis=1)
    low, high = np.quantile(drawn, (0.05, 0.95))
    return round(float(low)), round(float(high))


def _replayed(ledger: Ledger, change: Change) -> tuple[npt.NDArray[np.bool_], Integers, list[Decimal]]:
    """Which places stay, what each costs, and by what each step's calls and costs are multiplied."""
    left_out = [place for place, name in enumerate(ledger.steps) if name in change.without]
    kept = ~np.isin(ledger.step, left_out)
    calls = np.bincount(ledger.step, weights=np.where(kept, ledger.number, 0), minlength=len(ledger.steps))
    times = [_factor(ledger, change, name, int(calls[place])) for place, name in enumerate(ledger.steps)]
    return kept, np.where(kept, _costs(ledger, change), 0), times


def _tables(ledger: Ledger, kept: npt.NDArray[np.bool_], costs: Integers) -> tuple[Integers, Integers]:
    """Calls and micro-dollars by step (rows) and model (columns)."""
    shape = (len(ledger.steps), len(ledger.models))
    calls, sums = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    np.add.at(calls, (ledger.step, ledger.model), np.where(kept, ledger.number, 0))
    np.add.at(sums, (ledger.step, ledger.model), costs)
    return calls, sums


def _factor(ledger: Ledger, change: Change, step: str, calls: int) -> Decimal:
    """By what a step's calls and costs are multiplied, ≥ 0."""
    more_cases = Decimal(ledger.cases + change.more_cases) / ledger.cases if ledger.cases else Decimal(1)
    more_calls = Decimal(calls + change.more_calls.get(step, 0)) / calls if calls else Decimal(1)
    return change.volume * max(Decimal(0), more_cases) * max(Decimal(0), more_calls)


def _costs(ledger: Ledger, change: Change) -> Integers:
    """Micro-dollars per place."""
    paid = ledger.cost
    for old, new in change.swaps.items():
        rates = change.rates[new]
        if old in ledger.models:
            places = np.flatnonzero(ledger.model == ledger.models.index(old))
            paid = paid.copy()
            paid[places] = _priced(ledger, places, rates) + ledger.estimated[places]
    return _scaled(paid, int(change.price_factor * _SCALE), _SCALE)


def _priced(ledger: Ledger, places: Integers, rates: Rates) -> Integers:
    """The tokens of some places at a model's rates, rounded up."""
    tokens = (ledger.plain_tokens, ledger.cached_tokens, ledger.written_tokens, ledger.output_tokens)
    priced = np.zeros(len(places), dtype=object)
    for amount, rate in zip(tokens, _row(rates), strict=True):
        # As Python's own integers: the tokens of a large run pass 64 bits.
        priced = priced + amount[places].astype(object) * int(rate * _SCALE)
    return np.array(-(-priced // (_MILLION * _SCALE)), dtype=np.int64)


def _scaled(amounts: Integers, factor: int, whole: int) -> Integers:
    """`amounts` × `factor` ÷ `whole`, rounded up."""
    if int(amounts.max(initial=0)) * factor > np.iinfo(np.int64).max:
        return np.array(-(-amounts.astype(object) * factor // whole), dtype=np.int64)
    return -(-amounts * factor // whole)


def _row(rates: Rates) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    cached = rates.input if rates.cached_input is None else rates.cached_input
    written = rates.input if rates.cache_write is None else rates.cache_write
    return rates.input, cached, written, rates.output


def _times(number: int, factor: Decimal) -> int:
    return int((number * factor).to_integral_value())
