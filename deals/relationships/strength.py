"""How well somebody here knows a person, from what happened between them: who, when, how, never what was said."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# What one interaction weighs. A direct message is lighter than a mail, a meeting three mails.
WEIGHTS = {"meeting": 3.0, "call": 2.0, "email": 1.0, "message": 0.7}
# More people than this in one interaction is a newsletter or a hall.
MOST_PEOPLE = 15
_SOON, _LATE = 90.0, 365.0
_SOON_SHARE = 0.85
_SATURATION = 8.0
ONE_SIDED = 10.0
DORMANT_AFTER_DAYS = 180
DORMANT_FROM = 40.0
# What somebody says of a tie counts for half a year.
DECLARED_DAYS = 180


class Band(StrEnum):
    STRONG = "strong"
    FAMILIAR = "familiar"
    WEAK = "weak"
    UNKNOWN = "unknown"


class Side(StrEnum):
    """Who an interaction counts for: they wrote, we wrote, or both met."""

    THEM = "in"
    US = "out"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """One contact between two people on a day. `people` counts everybody in it, both of them included (at least 2)."""

    on: date
    kind: str
    side: Side
    people: int = 2

    @property
    def counts(self) -> bool:
        return weight(self.kind, self.people) > 0


@dataclass(frozen=True, kw_only=True)
class Contacted:
    """What a tie's interactions add up to: decayed weight, how often each side, months of the last twelve, years."""

    volume: float
    inbound: int
    outbound: int
    months: int
    years: float


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A measured tie on a day: strength now and at its best (0..100), and the days it spans."""

    strength: float
    best: float
    inbound: int
    outbound: int
    first_on: date
    last_on: date
    is_dormant: bool


def weight(kind: str, people: int) -> float:
    """What an interaction weighs on its day: halved for each fourfold crowd, nothing for more than fifteen people."""
    if people > MOST_PEOPLE:
        return 0.0
    return WEIGHTS.get(kind, 0.0) / math.sqrt(max(people, 2) - 1)


def fading(age_days: int) -> float:
    """The share of its weight an interaction keeps, 0..1; what lies ahead keeps nothing."""
    if age_days < 0:
        return 0.0
    return _SOON_SHARE * 2 ** (-age_days / _SOON) + (1 - _SOON_SHARE) * 2 ** (-age_days / _LATE)


def add_up(interactions: Sequence[Interaction], as_of: date) -> Contacted:
    """Sum what had happened by the end of `as_of`. Crowds and kinds without a weight do not count at all."""
    counted = [one for one in interactions if one.counts and one.on <= as_of]
    both = sum(one.side == Side.BOTH for one in counted)
    recent = {(one.on.year, one.on.month) for one in counted if (as_of - one.on).days < 365}
    return Contacted(
        volume=sum(weight(one.kind, one.people) * fading((as_of - one.on).days) for one in counted),
        inbound=both + sum(one.side == Side.THEM for one in counted),
        outbound=both + sum(one.side == Side.US for one in counted),
        months=min(12, len(recent)),
        years=max(((as_of - one.on).days for one in counted), default=0) / 365.25,
    )


def strength(contacted: Contacted) -> float:
    """Strength 0..100: volume, saturating, times how mutual it is, how regular and how old. One-sided: at most 10."""
    both = contacted.inbound + contacted.outbound
    if not both or contacted.volume <= 0:
        return 0.0
    mutual = 2 * min(contacted.inbound, contacted.outbound) / both
    steady = 0.7 + 0.2 * contacted.months / 12 + 0.1 * min(1.0, contacted.years / 3)
    found = 100 * (1 - math.exp(-contacted.volume / _SATURATION)) * (0.4 + 0.6 * mutual) * steady
    return found if mutual else min(ONE_SIDED, found)


def measure(interactions: Sequence[Interaction], as_of: date) -> Tie | None:
    """A tie as of a day, None where nothing counts. Its best is looked for at the last day of each month's contacts."""
    counted = sorted((one for one in interactions if one.counts and one.on <= as_of), key=lambda one: one.on)
    if not counted:
        return None
    now = add_up(counted, as_of)
    current = strength(now)
    silent = (as_of - counted[-1].on).days
    best = current
    if current < DORMANT_FROM and silent > DORMANT_AFTER_DAYS:
        last_of_month = {(one.on.year, one.on.month): one.on for one in counted}
        best = max([current, *(strength(add_up(counted, day)) for day in last_of_month.values())])
    return Tie(
        strength=current,
        best=best,
        inbound=now.inbound,
        outbound=now.outbound,
        first_on=counted[0].on,
        last_on=counted[-1].on,
        is_dormant=current < DORMANT_FROM <= best and silent > DORMANT_AFTER_DAYS,
    )


def band(found: float) -> Band:
    """Strength 0..100 in a word."""
    if found >= 70:
        return Band.STRONG
    if found >= 40:
        return Band.FAMILIAR
    return Band.WEAK if found >= 15 else Band.UNKNOWN


def of_company(strengths: Sequence[float]) -> float:
    """How well a company is known, 0..100: the chance that at least one of its five best ties holds."""
    best = sorted(strengths, reverse=True)[:5]
    return 100 * (1 - math.prod(1 - one / 100 for one in best))


def holds_until(declared_on: date) -> date:
    """The last day on which a tie that somebody declared counts without being declared again."""
    return declared_on + timedelta(days=DECLARED_DAYS)
