"""Who gets a lead, how soon, and what happens to those nobody gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from leads.qualification.profile import Profile

WORKDAY = (time(9), time(17))
_WEEKEND = 5

# Why sales may hand a lead back: eight reasons, no free text, so that they can be counted.
REJECTIONS: Mapping[str, str] = {
    "not_our_market": "Not our kind of company",
    "wrong_person": "Wrong person or role",
    "no_need": "No need",
    "no_budget": "No budget",
    "bad_timing": "Bad timing",
    "has_competitor": "Bound to a competitor",
    "unreachable": "Can't be reached",
    "bad_data": "Wrong or outdated data",
}


@dataclass(frozen=True, kw_only=True)
class Handling:
    """`queue` is owner, path (look for an introduction, then owner), review, nurture or none; `hours` are working hours
    until somebody should have acted, None where nobody has to."""

    queue: str
    hours: int | None = None


@dataclass(frozen=True, kw_only=True)
class Claims:
    """Colleagues (by id) with a claim on a lead, strongest first; `strongest` is (colleague, strength 0..100)."""

    named: int | None = None
    open_deal: int | None = None
    strongest: tuple[int, float] | None = None
    territory: int | None = None


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A colleague who takes leads: how many they hold and how many they can work at a time."""

    colleague: int
    held: int
    capacity: int

    @property
    def has_room(self) -> bool:
        return self.held < self.capacity


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The owner and why; None where nobody has room."""

    colleague: int | None
    because: str


def handling(grade: str, band: str, profile: Profile, *, is_holdout: bool = False) -> Handling:
    """What happens to a lead of this grade and heat. A held-out C lead is worked as a B: low scores must get a chance
    to be proven wrong."""
    if is_holdout and grade == "C":
        return Handling(queue="owner", hours=profile.other_hours)
    if grade in ("A", "B") and band == "hot":
        return Handling(queue="owner", hours=profile.hot_hours)
    if grade == "A":
        return Handling(queue="path", hours=profile.other_hours)
    if grade == "B" and band == "warm":
        return Handling(queue="owner", hours=profile.other_hours)
    if grade == "C" and band == "hot":
        return Handling(queue="review", hours=profile.other_hours)
    return Handling(queue="nurture") if grade in ("B", "C") else Handling(queue="none")


def choose(claims: Claims, seats: Sequence[Seat], profile: Profile) -> Choice:
    """Named account, open deal's owner, strongest relationship, territory, then whoever has most room.

    A claim holds also where its colleague is full; only the round-robin looks at room.
    """
    if claims.named:
        return Choice(colleague=claims.named, because="named account")
    if claims.open_deal:
        return Choice(colleague=claims.open_deal, because="owns the open deal")
    if claims.strongest and claims.strongest[1] >= profile.strength_from:
        return Choice(colleague=claims.strongest[0], because=f"strongest relationship ({claims.strongest[1]:.0f})")
    if claims.territory:
        return Choice(colleague=claims.territory, because="territory")
    free = [seat for seat in seats if seat.has_room]
    if not free:
        return Choice(colleague=None, because="nobody has room" if seats else "nobody takes leads yet")
    next_one = min(free, key=lambda seat: (seat.held / seat.capacity, seat.colleague))
    return Choice(colleague=next_one.colleague, because="whose turn it is")


def due(start: datetime, hours: int, zone: tzinfo) -> datetime:
    """The moment `hours` working hours (Monday to Friday, 9 to 17 in `zone`) after an aware moment."""
    opens, closes = WORKDAY
    at, left = start.astimezone(zone), timedelta(hours=hours)
    while True:
        begin, end = (datetime.combine(at.date(), moment, zone) for moment in (opens, closes))
        at = max(at, begin)
        if at.weekday() < _WEEKEND and at < end:
            if left <= end - at:
                return at + left
            left -= end - at
        at = datetime.combine(at.date() + timedelta(days=1), opens, zone)


def fitting_cut(heats: Sequence[float], capacity: int, least: int) -> int:
    """The heat from which a lead counts as hot so that the hot queue fits `capacity`; never below `least`."""
    if len(heats) <= capacity:
        return least
    over = sorted(heats, reverse=True)[capacity]
    return max(least, int(over) + 1)
