"""Adding a settled attempt to the sums of its day, model and task, inside the settling transaction."""

from governance import statements
from governance.models import Attempt
from governance.pricing import Usage


def add(attempt: Attempt, usage: Usage, cost_microusd: int, *, is_estimated: bool) -> None:
    """Count an attempt that was just closed."""
    _change(attempt, usage, attempts=1, cost=cost_microusd, estimated=cost_microusd if is_estimated else 0)


def correct(attempt: Attempt, usage: Usage, cost_microusd: int) -> None:
    """Replace the estimate of a closed attempt by what it did cost."""
    worst = attempt.reserved_microusd
    _change(attempt, usage, attempts=0, cost=cost_microusd - worst, estimated=-worst)


def _change(attempt: Attempt, usage: Usage, *, attempts: int, cost: int, estimated: int) -> None:
    amounts = (attempts, usage.input_tokens, usage.cached_tokens, usage.output_tokens, cost, estimated)
    statements.roll_up(attempt.day, attempt.model_id, attempt.task, amounts)
