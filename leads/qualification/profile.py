"""The ideal customer in points: what earns them, where grades and heat begin, what rules a lead out.

Defaults follow the usual practice of fit and engagement scoring; every figure can be changed by a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from leads.learning import rules
from leads.learning.rules import LearnedRule

GRADES = ("A", "B", "C", "D")


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """Points a criterion gives: in full, at the half-way mark, and how many hang on it while it is unknown."""

    full: int
    half: int
    unknown: int


@dataclass(frozen=True, kw_only=True)
class EventRule:
    """What an event is worth: `points` on its day, falling evenly to 0 after `days`; `group` shares a cap."""

    points: int
    days: int
    group: str = ""


CRITERIA: Mapping[str, Criterion] = {
    "industry": Criterion(full=25, half=12, unknown=25),
    "employees": Criterion(full=20, half=12, unknown=20),
    "country": Criterion(full=10, half=6, unknown=10),
    "seniority": Criterion(full=20, half=16, unknown=20),
    "function": Criterion(full=15, half=8, unknown=15),
    "triggers": Criterion(full=10, half=6, unknown=10),
}
EVENTS: Mapping[str, EventRule] = {
    "demo": EventRule(points=45, days=90, group="intent"),
    "meeting": EventRule(points=35, days=90, group="people"),
    "reply": EventRule(points=30, days=60, group="people"),
    "introduction": EventRule(points=25, days=120, group="people"),
    "pricing": EventRule(points=12, days=30, group="intent"),
    "attended": EventRule(points=10, days=60, group="content"),
    "signal": EventRule(points=8, days=45, group="intent"),
    "download": EventRule(points=6, days=60, group="content"),
    "click": EventRule(points=3, days=21, group="content"),
    "open": EventRule(points=0, days=1),
    "careers": EventRule(points=-10, days=30),
}
CAPS: Mapping[str, int] = {"intent": 70, "people": 60, "content": 25}
# Points of the seniority criterion between a manager's and a staff member's; the criterion's own say the rest.
MANAGER_POINTS, STAFF_POINTS = 10, 3


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One version of the ideal customer profile.

    A list or range that is left empty states no preference: that criterion counts in full for everybody. `employees`
    is (least, most); `employees_half` are further ranges at half points. `ask_person` says whose provisional grade
    waits for a person: "warm" (and hot) leads, "always" or "never". `learned` are rules that outcomes proposed and a
    person accepted. Shares in percent, ages in days.
    """

    industries: tuple[str, ...] = ()
    industries_half: tuple[str, ...] = ()
    employees: tuple[int, int] | None = (51, 500)
    employees_half: tuple[tuple[int, int], ...] = ((11, 50), (501, 2000))
    countries: tuple[str, ...] = ()
    countries_half: tuple[str, ...] = ()
    functions: tuple[str, ...] = ("operations", "it", "purchasing", "general management")
    functions_half: tuple[str, ...] = ("finance", "engineering")
    triggers: tuple[str, ...] = ()
    criteria: Mapping[str, Criterion] = field(default_factory=lambda: dict(CRITERIA))
    events: Mapping[str, EventRule] = field(default_factory=lambda: dict(EVENTS))
    caps: Mapping[str, int] = field(default_factory=lambda: dict(CAPS))
    from_a: int = 85
    from_b: int = 70
    from_c: int = 50
    least_coverage: int = 60
    from_hot: int = 60
    from_warm: int = 25
    own_domains: tuple[str, ...] = ()
    competitor_domains: tuple[str, ...] = ()
    barred_countries: tuple[str, ...] = ()
    least_employees: int = 5
    most_employees: int = 10_000
    lost_days: int = 90
    ask_person: str = "warm"
    holdout_percent: int = 5
    hot_hours: int = 4
    other_hours: int = 24
    strength_from: int = 40
    retention_months: int = 24
    learned: tuple[LearnedRule, ...] = ()


def from_json(data: Mapping[str, Any]) -> Profile:
    """The profile stored as `to_json` gave it; what is missing takes its default, what is unknown is left out."""
    known = {one.name: one for one in fields(Profile)}
    values = {name: _read(name, value) for name, value in data.items() if name in known}
    return replace(Profile(), **values)


def to_json(profile: Profile) -> dict[str, Any]:
    return asdict(profile)


def problems(profile: Profile) -> list[tuple[str, str]]:
    """(field, sentence) of what can't be meant: cuts out of order, ranges upside down, points out of bounds."""
    found = []
    if not 0 < profile.from_c < profile.from_b < profile.from_a <= 100:
        found.append(("from_a", "Grades must begin in order: C below B below A, all between 1 and 100."))
    if not 0 < profile.from_warm < profile.from_hot <= 100:
        found.append(("from_hot", "Warm must begin below hot, both between 1 and 100."))
    for least, most in filter(None, (profile.employees, *profile.employees_half)):
        if least > most:
            found.append(("employees", f"{least} to {most} employees is upside down."))
    for name, criterion in profile.criteria.items():
        if not 0 <= criterion.half <= criterion.full <= criterion.unknown <= 100:
            found.append(
                (f"{name}-full", f"Half of {name} may not exceed full, nor full what is open while it is unknown.")
            )
    if sum(criterion.full for criterion in profile.criteria.values()) != 100:
        found.append(("criteria", "The full points of all criteria must add up to 100."))
    return found


def _read(name: str, value: Any) -> Any:
    if name == "criteria":
        return {key: Criterion(**one) for key, one in value.items() if key in CRITERIA}
    if name == "events":
        return {key: EventRule(**one) for key, one in value.items() if key in EVENTS}
    if name == "learned":
        return tuple(rules.from_json(one) for one in value)
    if name == "employees":
        return tuple(value) if value else None
    if name == "employees_half":
        return tuple(tuple(one) for one in value)
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
