"""What the tasks of a plan have cost so far: in a run, on a day, in a month; and how their last calls went."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, Sum

from governance.models import Attempt, AttemptState, Rollup

_HELD = (AttemptState.OPEN, AttemptState.UNKNOWN)
_RECENT = timedelta(minutes=10)
_CALLS_LOOKED_AT = 200


@dataclass(frozen=True, kw_only=True)
class PlanSpending:
    """Micro-dollars, held ones included."""

    run: int = 0
    day: int = 0
    month: int = 0


def plan_spending(tasks: Collection[str], day: date, run_key: str = "") -> PlanSpending:
    """Sums of the roll-ups and of what is held now; three queries whatever the ledger's size."""
    month = day.replace(day=1)
    paid = Rollup.objects.filter(task__in=tasks, day__gte=month, day__lte=day).aggregate(
        month=Sum("cost_microusd", default=0), day=Sum("cost_microusd", filter=Q(day=day), default=0)
    )
    held = Attempt.objects.filter(state__in=_HELD, task__in=tasks, day__gte=month).aggregate(
        month=Sum("reserved_microusd", default=0), day=Sum("reserved_microusd", filter=Q(day=day), default=0)
    )
    return PlanSpending(
        run=_run(run_key) if run_key else 0, day=paid["day"] + held["day"], month=paid["month"] + held["month"]
    )


def _run(run_key: str) -> int:
    of_run = Attempt.objects.filter(run_key=run_key).aggregate(
        cost=Sum("cost_microusd", default=0), held=Sum("reserved_microusd", filter=Q(state__in=_HELD), default=0)
    )
    return int(of_run["cost"] + of_run["held"])


def recent_calls(tasks: Collection[str], now: datetime) -> tuple[int, int]:
    """Calls of the last ten minutes that ended, at most the last 200, and how many of them failed."""
    ended = Attempt.objects.filter(started_at__gte=now - _RECENT, task__in=tasks).exclude(state=AttemptState.OPEN)
    states = list(ended.order_by("-started_at").values_list("state", flat=True)[:_CALLS_LOOKED_AT])
    return len(states), sum(state != AttemptState.SETTLED for state in states)
