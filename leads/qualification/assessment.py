"""A lead judged: what rules it out, how well it fits, how warm it is, and whether asking a model would be worth it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from leads.qualification.disqualifiers import Circumstances, Found, capped, disqualifiers
from leads.qualification.fit import LEARNED, Firmographics, Fit, fit, unread, with_readings
from leads.qualification.grade import grade_of
from leads.qualification.heat import Event, Heat, heat
from leads.qualification.profile import Profile
from leads.qualification.spend import may_spend


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """`grade` is what the lead gets by rules alone; `asks` the criteria a model could settle, empty where asking is not
    worth it; `is_for_person` says that a provisional grade should be looked at. `unlearned` is the grade without
    learned rules."""

    fit: Fit
    heat: Heat
    found: tuple[Found, ...]
    grade: str
    asks: tuple[str, ...]
    is_for_person: bool
    unlearned: str

    @property
    def hard(self) -> Found | None:
        return next((one for one in self.found if one.is_hard), None)


def assess(
    known: Firmographics,
    circumstances: Circumstances,
    events: Sequence[Event],
    profile: Profile,
    as_of: date,
    *,
    readings: Mapping[str, str] | None = None,
    misses: Sequence[str] = (),
) -> Assessment:
    """Judge a lead on a day. `readings` are what was read of its texts before, `misses` what they do not say."""
    known = with_readings(known, readings or {})
    found = disqualifiers(circumstances, profile, as_of)
    points, warmth = fit(known, profile), heat(events, profile, as_of)
    is_out = any(one.is_hard for one in found)
    could_matter = may_spend(points.low, points.high, profile, is_disqualified=is_out)
    # A soft reason caps the grade at C, so that nothing a model says could lift it to one that matters.
    could_matter = could_matter and not found
    return Assessment(
        fit=points,
        heat=warmth,
        found=found,
        grade=capped(points.grade, found),
        asks=tuple(name for name in unread(known, points) if name not in misses) if could_matter else (),
        unlearned=capped(_unlearned(points, profile), found),
        is_for_person=could_matter and points.is_provisional and _is_warm_enough(warmth.band, profile),
    )


def _unlearned(points: Fit, profile: Profile) -> str:
    if not profile.learned:
        return points.grade
    learned = sum(line.earned for line in points.lines if line.criterion.startswith(LEARNED))
    return grade_of(points.low - learned, profile)


def _is_warm_enough(band: str, profile: Profile) -> bool:
    return profile.ask_person == "always" or (profile.ask_person == "warm" and band != "cold")


def to_json(found: Assessment) -> dict[str, Any]:
    """What a decision keeps of an assessment: points line by line, heat line by line, reasons against."""
    return {
        "low": found.fit.low,
        "high": found.fit.high,
        "coverage": found.fit.coverage,
        "is_provisional": found.fit.is_provisional,
        "grade": found.grade,
        "unlearned": found.unlearned,
        "lines": _fit_lines(found.fit),
        "heat": _heat_json(found.heat),
        "against": [{**vars(one), "expires": _day(one.expires)} for one in found.found],
        "asks": list(found.asks),
        "is_for_person": found.is_for_person,
    }


def with_fit(assessment: Mapping[str, Any], points: Fit) -> dict[str, Any]:
    """The kept assessment after a model's readings changed the fit; nothing is left to ask."""
    return {
        **assessment,
        "low": points.low,
        "high": points.high,
        "coverage": points.coverage,
        "is_provisional": points.is_provisional,
        "grade": points.grade,
        "lines": _fit_lines(points),
        "asks": [],
    }


def _fit_lines(points: Fit) -> list[dict[str, Any]]:
    # Lines are flat, never changed and shared by all leads of whom the same is known: no need to copy them.
    return [vars(line) for line in points.lines]


def _heat_json(one: Heat) -> dict[str, Any]:
    lines = [{**vars(line), "day": _day(line.day)} for line in one.lines]
    return {"points": one.points, "band": one.band, "lines": lines, "drops_on": _day(one.drops_on),
            "drops_to": one.drops_to}  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
