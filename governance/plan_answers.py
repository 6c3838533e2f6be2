"""A version's stored answers as the checks see them. What is missing sets no limit, what is of a wrong type allows
nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from governance.models import PlanVersion
from governance.plan_checks import PlanFacts
from governance.plan_fields import FIELDS, PlanField

_FACTS = frozenset(PlanFacts.__dataclass_fields__)
_NUMBERS = frozenset({"number", "percent", "money"})
_LISTS = frozenset({"names", "choices"})


def plan_facts(version: PlanVersion | None) -> PlanFacts | None:
    """A stored version as the checks see it; None when there is none."""
    if version is None:
        return None
    answers = {field.key: read(field, version.fields) for field in FIELDS if field.key in _FACTS}
    return PlanFacts(
        **{
            **answers,
            "name": version.plan.name,
            "number": version.number,
            "state": version.state,
            "is_unchanged": version.is_unchanged,
            "valid_from": version.valid_from,
            "valid_until": version.valid_until,
            "tasks": frozenset(version.tasks),
        }
    )


def read(field: PlanField, fields: Mapping[str, Any]) -> Any:
    """One answer as its fact."""
    value = fields.get(field.key)
    if field.kind in _LISTS:
        return _names(value)
    if field.kind in _NUMBERS:
        return _number(value)
    if field.kind == "map":
        return {str(key): str(one) for key, one in value.items()} if isinstance(value, dict) else {}
    if field.kind == "flag":
        return value is True
    if field.kind == "date":
        return _date(value)
    if field.kind == "person":
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if field.kind == "decimal":
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return value if isinstance(value, str) else ""


def _names(value: Any) -> frozenset[str] | None:
    if value is None:
        return None
    return frozenset(item for item in value if isinstance(item, str)) if isinstance(value, list) else frozenset()


def _number(value: Any) -> int | None:
    if value is None:
        return None
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _date(value: Any) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return date.min
