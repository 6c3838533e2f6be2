"""What the calls on record would have cost under other circumstances: a replay of the ledger, nothing is asked.

Each call is priced anew from its tokens and rounded up as it was then, so that "as it was" comes to the ledger's sum.
Calls booked at an estimate (no usage is known) scale with the price of their worst case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from governance.pricing import Rates

Integers = npt.NDArray[np.int64]
_MILLION = 1_000_000
# Rates are kept to a thousandth of a micro-dollar per million tokens: products stay whole and far from overflow.
_SCALE = 1_000


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Calls, one per place in each array. `model` and `step` count into `models` and `steps` (names), `price` into
    `prices`. Money in micro-dollars; `cases` is how many different cases were asked about."""

    models: Sequence[str]
    steps: Sequence[str]
    prices: Sequence[Rates]
    model: Integers
    step: Integers
    price: Integers
    plain_tokens: Integers
    cached_tokens: Integers
    written_tokens: Integers
    output_tokens: Integers
    cost: Integers
    is_estimated: npt.NDArray[np.bool_]
    cases: int = 0

    @property
    def calls(self) -> int:
        return len(self.cost)


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
    left_out = [place for place, name in enumerate(ledger.steps) if name in change.without]
    kept = ~np.isin(ledger.step, left_out)
    costs = np.where(kept, _costs(ledger, change), 0)
    calls, sums = _tables(ledger, kept, costs)
    times = [_factor(ledger, change, name, int(calls[place].sum())) for place, name in enumerate(ledger.steps)]
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


def _tables(ledger: Ledger, kept: npt.NDArray[np.bool_], costs: Integers) -> tuple[Integers, Integers]:
    """Calls and micro-dollars by step (rows) and model (columns)."""
    shape = (len(ledger.steps), len(ledger.models))
    calls, sums = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    np.add.at(calls, (ledger.step, ledger.model), kept.astype(np.int64))
    np.add.at(sums, (ledger.step, ledger.model), costs)
    return calls, sums


def _factor(ledger: Ledger, change: Change, step: str, calls: int) -> Decimal:
    """By what a step's calls and costs are multiplied, ≥ 0."""
    more_cases = Decimal(ledger.cases + change.more_cases) / ledger.cases if ledger.cases else Decimal(1)
    more_calls = Decimal(calls + change.more_calls.get(step, 0)) / calls if calls else Decimal(1)
    return change.volume * max(Decimal(0), more_cases) * max(Decimal(0), more_calls)


def _costs(ledger: Ledger, change: Change) -> Integers:
    """Micro-dollars per call. Exact: tokens and rates are whole numbers, rounded up once per call."""
    table = _rate_table(ledger, change)
    row = ledger.price
    for name, target_row in zip(sorted(change.swaps), range(len(ledger.prices), len(table)), strict=True):
        if name in ledger.models:
            row = np.where(ledger.model == ledger.models.index(name), target_row, row)
    tokens = (ledger.plain_tokens, ledger.cached_tokens, ledger.written_tokens, ledger.output_tokens)
    total = sum((amount * table[row, column] for column, amount in enumerate(tokens)), np.zeros_like(ledger.cost))
    priced = -(-total // (_MILLION * _SCALE))
    # Without tokens there is nothing to price: the worst case moves with the price alone.
    factor = int(change.price_factor * _SCALE)
    return np.where(ledger.is_estimated, ledger.cost * factor // _SCALE, priced)


def _rate_table(ledger: Ledger, change: Change) -> Integers:
    """One row per price, then one per swap by name: input, cached input, cache write, output."""
    known = [*ledger.prices, *(change.rates[change.swaps[name]] for name in sorted(change.swaps))]
    rows = [[int(rate * change.price_factor * _SCALE) for rate in _row(rates)] for rates in known]
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


def _row(rates: Rates) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    cached = rates.input if rates.cached_input is None else rates.cached_input
    written = rates.input if rates.cache_write is None else rates.cache_write
    return rates.input, cached, written, rates.output


def _times(number: int, factor: Decimal) -> int:
    return int((number * factor).to_integral_value())
