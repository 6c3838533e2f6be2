"""Adding a settled attempt to the sums of its day, step and model, inside the settling transaction."""

from governance.models import Attempt
from governance.pricing import Usage
from governance.statements import Statement, roll_up


def added(attempt: Attempt, usage: Usage, cost_microusd: int, *, is_estimated: bool) -> Statement:
    """Count an attempt that was just closed."""
    estimated = cost_microusd if is_estimated else 0
    return _changed(attempt, usage, attempts=1, cost=cost_microusd, estimated=estimated)


def corrected(attempt: Attempt, usage: Usage, cost_microusd: int) -> Statement:
    """Replace the estimate of a closed attempt by what it did cost."""
    worst = attempt.reserved_microusd
    return _changed(attempt, usage, attempts=0, cost=cost_microusd - worst, estimated=-worst)


def _changed(attempt: Attempt, usage: Usage, *, attempts: int, cost: int, estimated: int) -> Statement:
    tokens = (usage.input_tokens, usage.cached_tokens, usage.cache_write_tokens, usage.output_tokens)
    step = (attempt.task, attempt.layer, attempt.run_key)
    return roll_up(attempt.day, attempt.model_id, step, (attempts, *tokens, cost, estimated))
