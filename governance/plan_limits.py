"""What AI is known to get wrong: the words of the plan in force, and who confirmed having read them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.models import LimitsRead, Organisation, PlanVersion


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The text of a task's plan; `is_read` where the one who looks confirmed this version's."""

    version: PlanVersion
    text: str
    is_read: bool


def limits_of(task: str, by: Any, now: datetime) -> Limits | None:
    """What stands beside a task's results; None without a plan or without a text."""
    version = PlanVersion.objects.governing(task, Organisation.current().day(now))
    text = str(version.fields.get("known_limits") or "").strip() if version else ""
    if version is None or not text:
        return None
    is_read = LimitsRead.objects.filter(plan_version=version, by=by.pk).exists()
    return Limits(version=version, text=text, is_read=is_read)


def confirm(version: PlanVersion, by: Any) -> None:
    """Note that `by` has read the limits; once is enough."""
    LimitsRead.objects.get_or_create(plan_version=version, by_id=by.pk)


def unread_by(version: PlanVersion, people: Collection[int]) -> int:
    """How many of these people judge results without having confirmed the limits of this version."""
    readers = version.limits_read.filter(by__in=people).values_list("by", flat=True)
    return len(set(people) - set(readers))
