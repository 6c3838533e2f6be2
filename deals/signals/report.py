"""Do signals tell lost deals from won ones? Loss rates with and without each, with their ranges. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Any

from deals.signals.finding import State
from deals.signals.registry import SIGNALS

# Days before closing on which a deal is judged for the report.
DAYS_BEFORE = 30
# Fewer deals than this on either side prove nothing.
ENOUGH = 30
_Z = 1.959964


class Tells(StrEnum):
    """What a comparison shows."""

    MORE_LOST = "more lost"
    FEWER_LOST = "fewer lost"
    NOTHING = "no difference"
    TOO_FEW = "too few"


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A share of lost deals: `low` and `high` bound it with 95 % (Wilson); all 0 to 1."""

    lost: int
    number: int

    @property
    def share(self) -> float | None:
        return self.lost / self.number if self.number else None

    @property
    def range(self) -> tuple[float, float]:
        return wilson(self.lost, self.number)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One signal: deals that had it before closing, and deals that certainly did not."""

    code: str
    fired: Rate
    clear: Rate

    @property
    def tells(self) -> Tells:
        (low, high), (other_low, other_high) = self.fired.range, self.clear.range
        if self.fired.number and self.clear.number:
            if low > other_high:
                return Tells.MORE_LOST
            if high < other_low:
                return Tells.FEWER_LOST
        return Tells.NOTHING if min(self.fired.number, self.clear.number) >= ENOUGH else Tells.TOO_FEW

    @property
    def may_be_switched_off(self) -> bool:
        """Enough deals on both sides, and they ended alike, or those that had it even better."""
        return self.tells in (Tells.NOTHING, Tells.FEWER_LOST)


@dataclass(frozen=True, kw_only=True)
class Report:
    """All signals over the deals closed in a year; `sentence` sums up honestly."""

    deals: int
    lost: int
    lines: tuple[Line, ...]

    @property
    def compared(self) -> list[Line]:
        """Signals that some deals had and others certainly had not."""
        return [line for line in self.lines if line.fired.number and line.clear.number]

    @property
    def telling(self) -> list[Line]:
        """Signals that keep their word: deals that had them were lost more often, beyond chance."""
        return [line for line in self.compared if line.tells == Tells.MORE_LOST]

    @property
    def sentence(self) -> str:
        if not self.deals:
            return "No deal was closed yet, so nothing can be compared."
        among, number = f"over {self.deals:,} closed deals", len(self.compared)
        if not self.telling:
            return f"No reliable pattern: {among}, none of {number} comparable signals goes with more lost deals."
        return f"{len(self.telling)} of {number} comparable signals go with more lost deals, {among}."

    def to_json(self) -> dict[str, Any]:
        return {
            "deals": self.deals,
            "lost": self.lost,
            "sentence": self.sentence,
            "lines": [
                [line.code, line.fired.lost, line.fired.number, line.clear.lost, line.clear.number]
                for line in self.lines
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Report":
        return cls(
            deals=data["deals"],
            lost=data["lost"],
            lines=tuple(
                Line(code=code, fired=Rate(lost=a, number=b), clear=Rate(lost=c, number=d))
                for code, a, b, c, d in data["lines"]
            ),
        )


# Whether the deal was lost, and what each signal said of it before it closed.
Outcome = tuple[bool, Mapping[str, State]]


def compare(outcomes: Iterable[Outcome]) -> Report:
    """The report over these deals; a signal that was unknown for a deal does not count it."""
    closed = list(outcomes)
    return Report(
        deals=len(closed),
        lost=sum(is_lost for is_lost, _ in closed),
        lines=tuple(_line(signal.code, closed) for signal in SIGNALS),
    )


def _line(code: str, closed: Sequence[Outcome]) -> Line:
    def rate(state: State) -> Rate:
        lost = [is_lost for is_lost, said in closed if said.get(code) == state]
        return Rate(lost=sum(lost), number=len(lost))

    return Line(code=code, fired=rate(State.FIRED), clear=rate(State.CLEAR))


def wilson(hits: int, number: int) -> tuple[float, float]:
    """The 95 % range of a share (Wilson, without continuity correction); (0, 1) where nothing was counted."""
    if not number:
        return 0.0, 1.0
    share, z2 = hits / number, _Z * _Z
    middle = share + z2 / (2 * number)
    spread = _Z * sqrt(share * (1 - share) / number + z2 / (4 * number * number))
    scale = 1 + z2 / number
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
