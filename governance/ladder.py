"""Where the money for a question comes from: the full length, a shorter answer, the next model, or nowhere.

The steps are wait → clamp → fallback → a person, each a fact on the reply. Whether to wait is answered here, how long
by the caller.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from governance import budgets
from governance.models import Attempt, AttemptState, Budget, PlanVersion
from governance.months import local_day
from governance.pending import Pending
from governance.pricing import affordable_output_tokens

# History long enough to say how long a task's answers get.
_ENOUGH_ANSWERS = 5
_ANSWERS_LOOKED_AT = 200
# Without history an answer may be clamped to this part of what was asked for, not below.
_SHORTEST_SHARE = 4


class Place(Enum):
    """What became of the attempt to pay for a question."""

    HELD = "held"  # the money is held: send
    HELD_BY_OTHERS = "held by others"  # it would fit once calls on their way are settled
    ON_ITS_WAY = "on its way"  # somebody else is asking the very same
    STOPPED = "stopped"  # somebody switched off the model, the plan or everything
    TOO_DEAR = "too dear"  # no model of this strength can be paid this month


@dataclass(frozen=True, kw_only=True)
class Payer:
    """What every attempt of one task in one run has in common; `lease` is how long money stays held unattended,
    `time_zone` the organisation's."""

    plan_version: PlanVersion
    run_key: str
    lease: timedelta
    time_zone: str

    def pay(self, pending: Pending, now: datetime, *, is_last_call: bool) -> tuple[Place, Attempt | None]:
        """Hold the money for the next attempt at a question. `is_last_call`: no waiting any more."""
        while True:
            place, attempt = self._pay_at_model(pending, now, is_last_call=is_last_call)
            if place is not Place.TOO_DEAR or not pending.step_down():
                return place, attempt

    def _pay_at_model(self, pending: Pending, now: datetime, *, is_last_call: bool) -> tuple[Place, Attempt | None]:
        wanted = output = pending.output_tokens_wanted
        while True:
            try:
                placed = self._reserve(pending, output, now)
            except budgets.NoBudget:
                return Place.TOO_DEAR, None
            except budgets.BudgetExceeded as err:
                pending.short_of = err.budget
            else:
                if output < wanted:
                    pending.facts["clamped_to_tokens"] = output
                return placed
            may_wait = not is_last_call
            if may_wait and _fits_later(pending, pending.short_of, wanted):
                return Place.HELD_BY_OTHERS, None
            shortest = min(wanted, shortest_output_tokens(pending.question.task, pending.route.model.pk, wanted))
            # Another budget may be shorter still, or somebody faster: try again with less until it fits or can't.
            output = min(output - 1, _affordable(pending, pending.short_of))
            if output < shortest:
                is_waiting = may_wait and _fits_later(pending, pending.short_of, shortest)
                return (Place.HELD_BY_OTHERS if is_waiting else Place.TOO_DEAR), None

    def _reserve(self, pending: Pending, max_output: int, now: datetime) -> tuple[Place, Attempt | None]:
        question, route = pending.question, pending.route
        attempt = Attempt(
            fingerprint=pending.fingerprint_at(route),
            model=route.model,
            price=route.price,
            plan_version=self.plan_version,
            day=local_day(now, self.time_zone),
            task=question.task,
            tier=question.tier.value,
            service_tier=route.price.service_tier,
            run_key=self.run_key,
            layer=question.layer,
            subject_key=question.subject_key,
            reserved_microusd=pending.worst_case(max_output),
            max_output_tokens=max_output,
            started_at=now,
            retry_number=pending.retry_number,
            is_repair=pending.is_repair,
            example_ids=list(question.example_ids),
        )
        words = [{"role": message.role, "text": message.text} for message in pending.messages]
        try:
            return Place.HELD, budgets.reserve(attempt, words, lease=self.lease)
        except budgets.OnItsWay:
            return Place.ON_ITS_WAY, None
        except budgets.Stopped:
            return Place.STOPPED, None


def _fits_later(pending: Pending, budget: Budget, output_tokens: int) -> bool:
    is_held = budget.reserved_microusd > 0
    return is_held and pending.worst_case(output_tokens) <= budget.limit_microusd - budget.spent_microusd


def _affordable(pending: Pending, budget: Budget) -> int:
    return affordable_output_tokens(budget.left_microusd, pending.input_bound, pending.route.rates)


def shortest_output_tokens(task: str, model_id: int, wanted: int) -> int:
    """The 99th percentile of the lengths of a task's answers so far; a quarter of `wanted` while too few are known."""
    answers = Attempt.objects.filter(task=task, model=model_id, state=AttemptState.SETTLED, is_estimated=False)
    recent = answers.filter(finish_reason="stop").order_by("-pk").values_list("output_tokens", flat=True)
    lengths = sorted(recent[:_ANSWERS_LOOKED_AT])
    if len(lengths) < _ENOUGH_ANSWERS:
        return max(1, wanted // _SHORTEST_SHARE)
    return max(1, lengths[math.ceil(0.99 * len(lengths)) - 1])
