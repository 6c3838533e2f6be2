"""A plan's answers as people read them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from governance.money import dollars
from governance.plan_checks.modes import WORDS
from governance.plan_fields import PlanField

NOTHING_SET = "no limit"


def in_words(field: PlanField, value: Any, people: Mapping[int, str], titles: Mapping[str, str]) -> str:
    """One stored answer; `people` names users, `titles` tasks."""
    if field.kind == "map":
        return _pairs(field, value, titles)
    if value is None or value == "":
        is_told = field.kind in _TYPED or field.key.startswith("before_")
        return "all" if field.kind == "names" else "not set" if is_told else NOTHING_SET
    if field.kind == "person":
        return people.get(value, "somebody who is gone")
    if field.kind == "money":
        return dollars(value) if isinstance(value, int) else str(value)
    if field.kind == "percent":
        return f"{value} %"
    if field.kind == "flag":
        return "yes" if value is True else "no"
    if field.kind == "date":
        return _day(value)
    if isinstance(value, list):
        names = titles if field.key == "tasks" else field.choices or {}
        return ", ".join(names.get(str(one), str(one)) for one in value) or "none"
    return (field.choices or {}).get(str(value), str(value))


def before_in_words(fields: Mapping[str, Any]) -> str:
    """How the work was done before, as one sentence; empty where the plan does not say."""
    items, minutes, wrong = (fields.get(f"before_{key}") for key in ("items", "minutes", "error_percent"))
    told = [str(fields.get(f"before_{key}") or "").strip() for key in ("system", "who")]
    told += [f"{items:,} items a week"] if isinstance(items, int) else []
    told += [f"{minutes:g} minutes each"] if isinstance(minutes, int | float) else []
    told += [f"{wrong} % of them wrong"] if isinstance(wrong, int) else []
    return ", ".join(filter(None, told))


_TYPED = frozenset({"text", "long", "person", "date", "decimal", "choice"})


def _day(value: Any) -> str:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return str(value)
    return f"{day.day} {day:%B %Y}"


def _pairs(field: PlanField, value: Any, titles: Mapping[str, str]) -> str:
    if not isinstance(value, dict) or not value:
        return "when the rules are unsure" if field.key == "modes" else "not pinned"
    words = WORDS if field.key == "modes" else {}
    return "\n".join(f"{titles.get(key, key)}: {words.get(one, one)}" for key, one in value.items())
