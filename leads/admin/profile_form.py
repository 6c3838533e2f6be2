"""The ideal customer profile as a form in plain words, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from leads.qualification.profile import Criterion, EventRule, Profile, problems
from leads.qualification.titles import FUNCTIONS

MOST_NAMES, MOST_CHARACTERS = 200, 80
LISTS = {
    "industries": ("Core industries", "full points"),
    "industries_half": ("Adjacent industries", "half points"),
    "countries": ("Countries we serve in their language", "full points"),
    "countries_half": ("Other countries we serve", "half points; all others are ruled out"),
    "barred_countries": ("Countries we must not deal with", "ruled out"),
    "triggers": ("Triggers and technologies", "one counts half, two in full"),
    "own_domains": ("Our own mail domains", "ruled out"),
    "competitor_domains": ("Competitors' domains", "ruled out"),
}
CHOICES = {
    "functions": ("Functions that buy", "full points"),
    "functions_half": ("Functions with a say", "half points"),
}
NUMBERS = {
    "from_a": ("A from", 1, 100),
    "from_b": ("B from", 1, 100),
    "from_c": ("C from", 1, 100),
    "least_coverage": ("Provisional below % known", 0, 100),
    "from_hot": ("Hot from", 1, 100),
    "from_warm": ("Warm from", 1, 100),
    "hot_hours": ("Working hours to act on a hot A or B", 1, 200),
    "other_hours": ("Working hours for the others", 1, 400),
    "least_employees": ("Fewest employees (else C at most)", 0, 1_000_000),
    "most_employees": ("Most employees (else C at most)", 1, 10_000_000),
    "lost_days": ("Days to leave a company alone after a lost deal", 0, 3650),
    "strength_from": ("A relationship counts as a claim from", 0, 100),
    "holdout_percent": ("% of C leads worked all the same", 0, 100),
    "retention_months": ("Months until an idle lead may be erased", 1, 240),
}
CRITERIA = {
    "industry": "Industry", "employees": "Employees", "country": "Country", "seniority": "Seniority",
    "function": "Function", "triggers": "Triggers",
}  # fmt: skip
EVENTS = {
    "demo": "Asked for a demo", "meeting": "Met us", "reply": "Replied", "introduction": "Introduced",
    "pricing": "Looked at prices", "attended": "Attended an event", "signal": "Hiring, funding, new tools",
    "download": "Downloaded", "click": "Clicked", "open": "Opened a mail", "careers": "Careers page",
}  # fmt: skip
PERSON = {"warm": "when warm or hot", "always": "always", "never": "never"}


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What was entered: the profile where it can be meant, else sentences by field."""

    profile: Profile | None
    errors: Mapping[str, str]


def values_of(profile: Profile) -> dict[str, str | list[str]]:
    """The form's values of a profile, by field name."""
    values: dict[str, str | list[str]] = {name: "\n".join(getattr(profile, name)) for name in LISTS}
    values |= {name: list(getattr(profile, name)) for name in CHOICES}
    values |= {name: str(getattr(profile, name)) for name in NUMBERS}
    values["employees"] = _range(profile.employees) if profile.employees else ""
    values["employees_half"] = ", ".join(_range(one) for one in profile.employees_half)
    values["ask_person"] = profile.ask_person
    for name, one in profile.criteria.items():
        values |= {f"{name}-full": str(one.full), f"{name}-half": str(one.half)}
    for name, rule in profile.events.items():
        values |= {f"{name}-points": str(rule.points), f"{name}-days": str(rule.days)}
    return values


def read(given: Mapping[str, Any], before: Profile) -> Entered:
    """The profile that a form's values (`getlist` for choices) amount to; what it does not ask stays as `before`."""
    errors: dict[str, str] = {}
    changes: dict[str, Any] = {name: _names(given.get(name, ""), name, errors) for name in LISTS}
    changes |= {name: tuple(one for one in given.getlist(name) if one in FUNCTIONS) for name in CHOICES}  # type: ignore[attr-defined]
    for name, (_, least, most) in NUMBERS.items():
        changes[name] = _number(given.get(name, ""), name, least, most, errors)
    right = _ranges(given.get("employees", ""), "employees", errors)
    if len(right) > 1:
        errors["employees"] = "One range is the right size; others are near it."
    changes["employees"] = right[0] if right else None
    changes["employees_half"] = _ranges(given.get("employees_half", ""), "employees_half", errors)
    changes["ask_person"] = given.get("ask_person") if given.get("ask_person") in PERSON else before.ask_person
    changes["criteria"] = {name: _criterion(given, name, errors) for name in CRITERIA}
    changes["events"] = {name: _event(given, name, before.events[name], errors) for name in EVENTS}
    if errors:
        return Entered(profile=None, errors=errors)
    profile = replace(before, **changes)
    errors |= dict(problems(profile))
    return Entered(profile=None if errors else profile, errors=errors)


def place_of(name: str) -> tuple[str, str]:
    """(id of the input, label) of what an error is named after."""
    name = "industry-full" if name == "criteria" else name
    if name.removesuffix("-full") in CRITERIA and name.endswith("-full"):
        return name, f"Points of fit, {CRITERIA[name.removesuffix('-full')].lower()}"
    if name.removesuffix("-points") in EVENTS:
        return name, f"Points of heat, {EVENTS[name.removesuffix('-points')].lower()}"
    labels = {key: one[0] for key, one in LISTS.items()} | {key: one[0] for key, one in NUMBERS.items()}
    return name, labels.get(name) or ("Right size" if name == "employees" else "Near the right size")


def _range(limits: tuple[int, int]) -> str:
    return f"{limits[0]}-{limits[1]}"


def _names(text: str, name: str, errors: dict[str, str]) -> tuple[str, ...]:
    """One name a line or between commas; each once."""
    found = tuple(dict.fromkeys(part.strip() for line in text.splitlines() for part in line.split(",") if part.strip()))
    long = next((one for one in found if len(one) > MOST_CHARACTERS), None)
    if long:
        errors[name] = f"“{long[:30]}…” has {len(long)} characters; at most {MOST_CHARACTERS} are kept."
    if len(found) > MOST_NAMES:
        errors[name] = f"{len(found)} names; at most {MOST_NAMES} are kept."
    return tuple(one.lower() for one in found) if name.endswith("domains") else found


def _number(text: str, name: str, least: int, most: int, errors: dict[str, str]) -> int:
    try:
        number = int(text.strip().replace(",", ""))
    except ValueError:
        errors[name] = f"“{text[:20]}” is no whole number."
        return least
    if not least <= number <= most:
        errors[name] = f"{number:,} lies outside {least:,} to {most:,}."
    return number


def _ranges(text: str, name: str, errors: dict[str, str]) -> tuple[tuple[int, int], ...]:
    found = []
    for part in filter(None, (part.strip() for part in text.replace("–", "-").split(","))):
        least, _, most = part.partition("-")
        if not (least.strip().isdecimal() and most.strip().isdecimal()):
            errors[name] = f"“{part[:20]}” is no range; write it as 51-500."
            continue
        found.append((int(least), int(most)))
    return tuple(found)


def _criterion(given: Mapping[str, Any], name: str, errors: dict[str, str]) -> Criterion:
    full = _number(given.get(f"{name}-full", ""), f"{name}-full", 0, 100, errors)
    half = _number(given.get(f"{name}-half", ""), f"{name}-full", 0, 100, errors)
    return Criterion(full=full, half=half, unknown=full)


def _event(given: Mapping[str, Any], name: str, before: EventRule, errors: dict[str, str]) -> EventRule:
    points = _number(given.get(f"{name}-points", ""), f"{name}-points", -100, 100, errors)
    days = _number(given.get(f"{name}-days", ""), f"{name}-points", 1, 730, errors)
    return EventRule(points=points, days=days, group=before.group)
