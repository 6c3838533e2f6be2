"""The shape of a signal: code, weight in the health score, limits a person may edit, and the rule itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from deals.signals.case import DealCase
from deals.signals.finding import Answer, Finding

Unit = Literal["days", "percent", "times", "people", "points", "number"]


class Group(Enum):
    """Related signals share a cap, so that five ways of saying "silent" do not empty the score."""

    ENGAGEMENT = ("Engagement", 40)
    MOMENTUM = ("Momentum", 30)
    PEOPLE = ("People", 25)
    HYGIENE = ("Hygiene", 20)

    @property
    def label(self) -> str:
        return self.value[0]

    @property
    def cap(self) -> int:
        """The most that the group's signals take off the health of 100."""
        return self.value[1]


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A number a person may change; `is_scaled` limits are days that follow the deal's size."""

    name: str
    label: str
    default: float
    unit: Unit = "days"
    is_scaled: bool = False
    low: float = 0
    high: float = 1000


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits in force for one deal: what a person entered over the defaults, days by the deal's size.

    `health` is the health without the signal that asks for it, `found` what other signals say: only a rule that
    compares the forecast with the evidence looks at them.
    """

    values: Mapping[str, float]
    found: Mapping[str, Finding] = field(default_factory=dict)
    health: int | None = None

    def __getitem__(self, name: str) -> float:
        return self.values[name]


Rule = Callable[[DealCase, Limits], Answer]


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One thing that can be wrong with a deal. `weight` is what it takes off the health at red; amber takes half.

    `yields_to_meeting`: a meeting in the next two weeks suppresses it. `replaces`: where both fire, the other counts
    nothing. `is_last`: judged after all others, whose findings it reads.
    """

    code: str
    title: str
    group: Group
    weight: int
    judge: Rule
    limits: tuple[Limit, ...] = ()
    is_on: bool = False
    yields_to_meeting: bool = False
    replaces: str = ""
    is_last: bool = False
    about: str = ""
