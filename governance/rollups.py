"""Adding a settled attempt to the sums of its day, model and task, inside the settling transaction."""

from django.db import IntegrityError, transaction
from django.db.models import F

from governance.models import Attempt, Rollup
from governance.pricing import Usage


def add(attempt: Attempt, usage: Usage, cost_microusd: int, *, is_estimated: bool) -> None:
    """Count an attempt that was just closed."""
    _change(attempt, usage, attempts=1, cost=cost_microusd, estimated=cost_microusd if is_estimated else 0)


def correct(attempt: Attempt, usage: Usage, cost_microusd: int) -> None:
    """Replace the estimate of a closed attempt by what it did cost."""
    worst = attempt.reserved_microusd
    _change(attempt, usage, attempts=0, cost=cost_microusd - worst, estimated=-worst)


def _change(attempt: Attempt, usage: Usage, *, attempts: int, cost: int, estimated: int) -> None:
    key = {"day": attempt.day, "model_id": attempt.model_id, "task": attempt.task}
    changes = {
        "attempts": attempts,
        "input_tokens": usage.input_tokens,
        "cached_tokens": usage.cached_tokens,
        "output_tokens": usage.output_tokens,
        "cost_microusd": cost,
        "estimated_microusd": estimated,
    }
    if _update(key, changes):
        return
    try:
        with transaction.atomic():
            Rollup.objects.create(**key, **changes)
    except IntegrityError:  # another process made the row first
        _update(key, changes)


def _update(key: dict[str, object], changes: dict[str, int]) -> int:
    return Rollup.objects.filter(**key).update(**{name: F(name) + amount for name, amount in changes.items()})
