"""How engaged a lead is: each event counts its points, falling evenly to nothing, capped per kind of engagement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from leads.qualification.grade import band_of
from leads.qualification.profile import Profile

MOST = 100


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something a lead did. `detail` is what the file or the CRM said of it."""

    kind: str
    day: date
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class HeatLine:
    """What one event, a cap, or the ends of the scale add. All lines of a lead sum to its heat."""

    kind: str
    points: float
    day: date | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Heat:
    """`points` 0..100, their `band`, the lines that sum to them; `drops_on` is when the band falls to `drops_to` if
    nothing happens."""

    points: float
    band: str
    lines: tuple[HeatLine, ...]
    drops_on: date | None = None
    drops_to: str = ""


_NOTHING = Heat(points=0.0, band="cold", lines=())


def heat(events: Sequence[Event], profile: Profile, as_of: date) -> Heat:
    """The heat on a day. Events after it and events of kinds the profile does not know count nothing."""
    if not events and profile.from_warm > 0:
        return _NOTHING
    lines = _lines(events, profile, as_of)
    points = _total(lines)
    band = band_of(points, profile)
    drops_on = _drop(events, profile, as_of, band) if band != "cold" else None
    drops_to = band_of(_points(events, profile, drops_on), profile) if drops_on else ""
    return Heat(points=points, band=band, lines=tuple(lines), drops_on=drops_on, drops_to=drops_to)


def worth(event: Event, profile: Profile, as_of: date) -> float:
    """`P · max(0, 1 − age / L)` of one event, to the tenth; 0 where it lies ahead."""
    rule, age = profile.events.get(event.kind), (as_of - event.day).days
    if rule is None or age < 0:
        return 0.0
    return round(rule.points * max(0.0, 1 - age / rule.days), 1)


def _lines(events: Iterable[Event], profile: Profile, as_of: date) -> list[HeatLine]:
    found = [(event, worth(event, profile, as_of)) for event in events]
    lines = [HeatLine(kind=e.kind, points=points, day=e.day, detail=e.detail) for e, points in found if points]
    lines.sort(key=lambda line: (-abs(line.points), line.kind))
    for group, cap in profile.caps.items():
        total = sum(points for event, points in found if points and profile.events[event.kind].group == group)
        if total > cap:
            lines.append(HeatLine(kind=f"cap:{group}", points=round(cap - total, 1)))
    total = _total(lines)
    if not 0 <= total <= MOST:
        lines.append(HeatLine(kind="ends", points=round(min(max(total, 0), MOST) - total, 1)))
    return lines


def _total(lines: Iterable[HeatLine]) -> float:
    return round(sum(line.points for line in lines), 1)


def _drop(events: Sequence[Event], profile: Profile, as_of: date, band: str) -> date | None:
    """The first day on which the band is another one; a fading visit to the careers page may lift it before."""
    order = ("cold", "warm", "hot")
    # What has happened by now is all that counts: an event planned for later is not "nothing happens".
    past = [event for event in events if event.day <= as_of]
    for ahead in range(1, max(rule.days for rule in profile.events.values()) + 1):
        day = as_of + timedelta(days=ahead)
        if order.index(band_of(_points(past, profile, day), profile)) < order.index(band):
            return day
    return None


def _points(events: Iterable[Event], profile: Profile, day: date) -> float:
    """The total of `_lines` without the lines: a drop is looked for over many days."""
    groups: dict[str, float] = {}
    for event in events:
        points = worth(event, profile, day)
        if points:
            group = profile.events[event.kind].group
            groups[group] = groups.get(group, 0.0) + points
    total = sum(min(points, profile.caps.get(group, points)) for group, points in groups.items())
    return round(min(max(total, 0.0), MOST), 1)
