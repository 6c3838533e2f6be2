"""How well a lead fits the ideal customer: one line of points per criterion, what is unknown kept apart."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from leads.qualification import titles
from leads.qualification.grade import grade_of
from leads.qualification.profile import MANAGER_POINTS, STAFF_POINTS, Profile
from pipeline.matching.single import folded

CRITERIA = ("industry", "employees", "country", "seniority", "function", "triggers")
LEARNED = "learned:"  # before the column, in the name of a learned line
_TRIGGERS_IN_FULL = 2


@dataclass(frozen=True, kw_only=True)
class Firmographics:
    """What is known of a lead and its company; empty or None is unknown. `seniority` and `function` override what
    the title's words say; `texts` are searched for trigger words; `told` are cells of the lead's list that learned
    rules look at, by the head of their column in lower case."""

    industry: str = ""
    employees: int | None = None
    country: str = ""
    title: str = ""
    department: str = ""
    seniority: str = ""
    function: str = ""
    texts: tuple[str, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FitLine:
    """Points of one criterion: `earned` of `most`, `unknown` still open; `because` says in words what was found."""

    criterion: str
    earned: int
    most: int
    unknown: int
    because: str


@dataclass(frozen=True, kw_only=True)
class Fit:
    """`low` = points earned, `high` = earned plus unknown; the lines sum to both. `coverage` in 0..100."""

    low: int
    high: int
    coverage: int
    grade: str
    is_provisional: bool
    lines: tuple[FitLine, ...]

    def line(self, criterion: str) -> FitLine:
        return next(line for line in self.lines if line.criterion == criterion)


def fit(known: Firmographics, profile: Profile) -> Fit:
    """Points by criterion; an exclusive value is matched once, the highest wins. Learned rules add to them or take
    from them, each with a line of its own."""
    lines = _lines(known, profile)
    if profile.learned:
        lines = (*lines, *_learned(lines, known, profile))
    low = sum(line.earned for line in lines)
    unknown = sum(line.unknown for line in lines)
    coverage = 100 - unknown
    return Fit(
        low=low,
        high=low + unknown,
        coverage=coverage,
        grade=grade_of(low, profile),
        is_provisional=coverage < profile.least_coverage,
        lines=lines,
    )


_MOST_REMEMBERED = 200_000
# The profiles of late, each with the lines it gave: titles and industries repeat, and each is judged once.
_remembered: list[tuple[Profile, dict[tuple[str, Any], FitLine]]] = []


def _lines(known: Firmographics, profile: Profile) -> tuple[FitLine, ...]:
    lines = _memory(profile)
    found = []
    for name in CRITERIA:
        key = (name, _GROUNDS[name](known))
        line = lines.get(key)
        if line is None:
            line = lines[key] = _JUDGES[name](known, profile)
        found.append(line)
    return tuple(found)


def _memory(profile: Profile) -> dict[tuple[str, Any], FitLine]:
    for one, lines in _remembered:
        if one is profile and len(lines) < _MOST_REMEMBERED:
            return lines
    _remembered[:] = [(profile, {}), *(each for each in _remembered if each[0] is not profile)][:4]
    return _remembered[0][1]


def _learned(lines: Sequence[FitLine], known: Firmographics, profile: Profile) -> list[FitLine]:
    """One line per learned rule that fits, cut where the sum would leave 0..100. What outcomes say of a lead of which
    little is known stands for some of what is open, so that both together stay within 100."""
    low, unknown = sum(line.earned for line in lines), sum(line.unknown for line in lines)
    found = []
    for rule in profile.learned:
        if not rule.fits(known.told.get(rule.column.casefold())):
            continue
        earned = max(-low, min(rule.points, 100 - low))
        stood_for = max(0, low + earned + unknown - 100)
        low, unknown = low + earned, unknown - stood_for
        found.append(
            FitLine(criterion=LEARNED + rule.column, earned=earned, most=abs(rule.points), unknown=-stood_for,
                    because=f"{rule.condition}: {rule.because}")
        )  # fmt: skip
    return found


def with_readings(known: Firmographics, readings: Mapping[str, str]) -> Firmographics:
    """What is known, the gaps filled by what a model or an earlier look-up read (industry, seniority, function)."""
    if not readings:
        return known
    missing: dict[str, Any] = {name: value for name, value in readings.items() if value and not getattr(known, name)}
    if known.title:
        # A title whose words are known needs no reading.
        for name, read in (("seniority", titles.seniority(known.title)),
                           ("function", titles.function(known.title, known.department))):  # fmt: skip
            if read:
                missing.pop(name, None)
    return replace(known, **missing)


def _line(name: str, profile: Profile, level: str, because: str, points: int | None = None) -> FitLine:
    criterion = profile.criteria[name]
    earned = {"full": criterion.full, "half": criterion.half}.get(level, 0) if points is None else points
    unknown = criterion.unknown if level == "unknown" else 0
    return FitLine(criterion=name, earned=earned, most=criterion.full, unknown=unknown, because=because)


def _industry(known: Firmographics, profile: Profile) -> FitLine:
    if not (profile.industries or profile.industries_half):
        return _line("industry", profile, "full", "any industry counts")
    if not known.industry:
        return _line("industry", profile, "unknown", "industry not known")
    if _is_named(known.industry, profile.industries):
        return _line("industry", profile, "full", f"{known.industry}: a core industry")
    if _is_named(known.industry, profile.industries_half):
        return _line("industry", profile, "half", f"{known.industry}: an adjacent industry")
    return _line("industry", profile, "zero", f"{known.industry}: neither core nor adjacent")


def _employees(known: Firmographics, profile: Profile) -> FitLine:
    if profile.employees is None:
        return _line("employees", profile, "full", "any size counts")
    if known.employees is None:
        return _line("employees", profile, "unknown", "number of employees not known")
    words = f"{known.employees:,} employees"
    if _is_within(known.employees, profile.employees):
        return _line("employees", profile, "full", f"{words}: the right size")
    if any(_is_within(known.employees, one) for one in profile.employees_half):
        return _line("employees", profile, "half", f"{words}: near the right size")
    return _line("employees", profile, "zero", f"{words}: not the right size")


def _country(known: Firmographics, profile: Profile) -> FitLine:
    if not (profile.countries or profile.countries_half):
        return _line("country", profile, "full", "any country counts")
    if not known.country:
        return _line("country", profile, "unknown", "country not known")
    if is_listed(known.country, profile.countries):
        return _line("country", profile, "full", f"{known.country}: served in its language")
    if is_listed(known.country, profile.countries_half):
        return _line("country", profile, "half", f"{known.country}: served")
    return _line("country", profile, "zero", f"{known.country}: not served")


def _seniority(known: Firmographics, profile: Profile) -> FitLine:
    level = known.seniority or titles.seniority(known.title)
    said = known.title or "the title"
    if level == "executive":
        return _line("seniority", profile, "full", f"{said}: top management")
    if level == "director":
        return _line("seniority", profile, "half", f"{said}: director or head")
    if level == "manager":
        points = min(MANAGER_POINTS, profile.criteria["seniority"].half)
        return _line("seniority", profile, "zero", f"{said}: manager", points)
    if level == "staff":
        points = min(STAFF_POINTS, profile.criteria["seniority"].half)
        return _line("seniority", profile, "zero", f"{said}: staff", points)
    return _line("seniority", profile, "unknown", _unread(known))


def _function(known: Firmographics, profile: Profile) -> FitLine:
    if not (profile.functions or profile.functions_half):
        return _line("function", profile, "full", "any function counts")
    work = known.function or titles.function(known.title, known.department)
    if not work:
        return _line("function", profile, "unknown", _unread(known))
    if work in profile.functions:
        return _line("function", profile, "full", f"{titles.function_words(work)}: buys")
    if work in profile.functions_half:
        return _line("function", profile, "half", f"{titles.function_words(work)}: has a say")
    return _line("function", profile, "zero", f"{titles.function_words(work)}: does not buy")


def _triggers(known: Firmographics, profile: Profile) -> FitLine:
    if not profile.triggers:
        return _line("triggers", profile, "full", "no triggers asked for")
    text = " " + folded(" ".join(known.texts)) + " "
    if not text.strip():
        return _line("triggers", profile, "unknown", "nothing known that a trigger could stand in")
    found = [word for word in profile.triggers if f" {folded(word)} " in text]
    if len(found) >= _TRIGGERS_IN_FULL:
        return _line("triggers", profile, "full", f"found: {', '.join(found[:4])}")
    if found:
        return _line("triggers", profile, "half", f"found: {found[0]}")
    return _line("triggers", profile, "zero", "none of the triggers found")


def _unread(known: Firmographics) -> str:
    return f"“{known.title}” does not say" if known.title else "no title known"


def _is_within(number: int, limits: tuple[int, int]) -> bool:
    return limits[0] <= number <= limits[1]


@lru_cache(maxsize=65536)
def _is_named(said: str, names: tuple[str, ...]) -> bool:
    """Whether all words of a listed industry stand in what was said ("Machinery" in "Machinery & Equipment")."""
    words = set(_words(said))
    return any(listed and set(listed) <= words for listed in map(_words, names))


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", folded(text).replace(" and ", " ")))


@lru_cache(maxsize=65536)
def is_listed(country: str, names: tuple[str, ...]) -> bool:
    return folded(country) in {folded(name) for name in names}


_JUDGES = {
    "industry": _industry,
    "employees": _employees,
    "country": _country,
    "seniority": _seniority,
    "function": _function,
    "triggers": _triggers,
}
# What of a lead each of them looks at, and nothing else.
_GROUNDS: Mapping[str, Callable[[Firmographics], Any]] = {
    "industry": attrgetter("industry"),
    "employees": attrgetter("employees"),
    "country": attrgetter("country"),
    "seniority": attrgetter("seniority", "title"),
    "function": attrgetter("function", "title", "department"),
    "triggers": attrgetter("texts"),
}


def unread(known: Firmographics, found: Fit) -> Sequence[str]:
    """Criteria that are open though there is a text that may tell: what a model could be asked about."""
    readable = {"seniority": known.title, "function": known.title or known.department,
                "industry": " ".join(known.texts).strip()}  # fmt: skip
    return [name for name, text in readable.items() if text and found.line(name).unknown]
