"""A quarter's forecast by owner beside what the evidence says. Amounts in the organisation's currency. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A deal of the quarter: what was promised, and what speaks for it.

    `category` is "Commit", "Best Case" or "" (pipeline); `rate` the share of deals won from its stage, 0 to 1; `health`
    0 to 100, None where it is not known.
    """

    owner: str
    category: str
    base_amount: float | None
    is_won: bool
    is_lost: bool
    rate: float | None
    health: int | None


@dataclass(frozen=True, kw_only=True)
class Total:
    """One owner's quarter, or everybody's. `expected` is won + Σ amount · rate over open deals whose rate is known."""

    owner: str
    won: float
    commit: float
    best_case: float
    pipeline: float
    expected: float
    shaky: float
    deals: int
    unknown: int

    @property
    def gap(self) -> float:
        """What is promised (won and commit) above what the evidence lets expect; below zero where it is less."""
        return self.won + self.commit - self.expected


SHAKY_BELOW = 50


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the quarter of `day`."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    after = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def totals(promises: Iterable[Promise]) -> list[Total]:
    """By owner, the largest promise first; the last line is everybody's."""
    found: dict[str, list[Promise]] = {}
    everything = list(promises)
    for one in everything:
        found.setdefault(one.owner, []).append(one)
    lines = sorted((_total(owner, deals) for owner, deals in found.items()), key=lambda t: (-t.won - t.commit, t.owner))
    return [*lines, _total("Everybody", everything)]


def _total(owner: str, deals: list[Promise]) -> Total:
    def worth(chosen: Iterable[Promise]) -> float:
        return sum(one.base_amount or 0.0 for one in chosen)

    open_deals = [one for one in deals if not (one.is_won or one.is_lost)]
    by_category = {name: [one for one in open_deals if one.category == name] for name in ("Commit", "Best Case", "")}
    won = worth(one for one in deals if one.is_won)
    return Total(
        owner=owner,
        won=won,
        commit=worth(by_category["Commit"]),
        best_case=worth(by_category["Best Case"]),
        pipeline=worth(by_category[""]),
        expected=won + sum((one.base_amount or 0.0) * one.rate for one in open_deals if one.rate is not None),
        shaky=worth(one for one in by_category["Commit"] if one.health is not None and one.health < SHAKY_BELOW),
        deals=len(deals),
        unknown=sum(one.base_amount is None for one in deals),
    )
