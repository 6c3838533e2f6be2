"""The wall: money is held before a call and settled once after it, each in a durable transaction of its own.

Every transaction locks in the same order (attempt, the model's budget, the month's, roll-up): none waits in a circle.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from governance import alerts, rollups, statements
from governance.models import Attempt, AttemptState, Budget, Exchange
from governance.pricing import Usage
from governance.retention import kept_for

LOST = "lost"  # the error of an attempt whose worker died


class BudgetExceeded(Exception):
    """A worst case does not fit. `budget` is the one that refused, as it stands."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(f"{budget} has {budget.left_microusd} micro-dollars left.")
        self.budget = budget


class NoBudget(Exception):
    """The model has no budget for the month."""


class OnItsWay(Exception):
    """The same question is out already, or was answered a moment ago, asked by somebody else."""


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """How an attempt ended. `cost_microusd` None: nobody knows, so the worst case is taken and marked estimated.

    `answer` is kept with the settlement; `is_valid` says that it had the agreed form.
    """

    state: AttemptState = AttemptState.SETTLED
    cost_microusd: int | None = None
    usage: Usage = field(default_factory=Usage)
    raw_usage: Mapping[str, Any] = field(default_factory=dict)
    answer: str = ""
    is_valid: bool = False
    error: str = ""
    finish_reason: str = ""
    response_model: str = ""
    duration_ms: int | None = None


def reserve(attempt: Attempt, messages: list[dict[str, str]], *, lease: timedelta) -> Attempt:
    """Hold an unsaved attempt's `reserved_microusd` in its budgets and write it to the ledger as open.

    Raises BudgetExceeded, NoBudget, or OnItsWay when the same fingerprint is open or has a valid answer by now.
    """
    attempt.lease_until = attempt.started_at + lease
    try:
        with transaction.atomic(durable=True):
            attempt.save(force_insert=True)
            _refuse_if_answered(attempt)
            _hold(attempt, attempt.model_id)
            _hold(attempt, None)
            purge_after = attempt.started_at + kept_for(attempt.plan_version)
            Exchange.objects.create(attempt=attempt, messages=messages, purge_after=purge_after)
    except IntegrityError as err:
        if "fingerprint" in str(err):  # both databases name the column of the unique index
            raise OnItsWay(attempt.fingerprint) from err
        raise
    return attempt


def _refuse_if_answered(attempt: Attempt) -> None:
    # The answer may have been recorded after the caller looked for one; from here on nobody else can open this one.
    if statements.is_answered(attempt.fingerprint):
        raise OnItsWay(attempt.fingerprint)


def _hold(attempt: Attempt, model_id: int | None) -> None:
    if statements.hold(model_id, attempt.month, attempt.reserved_microusd):
        return
    budget = Budget.objects.filter(model=model_id, month=attempt.month).select_related("model").first()
    if budget is not None:
        raise BudgetExceeded(budget)
    if model_id is not None:  # a whole month without an overall limit is fine
        raise NoBudget(f"{attempt.model} has no budget for {attempt.month:%B %Y}.")


def mark_unknown(attempt: Attempt, error: str, *, now: datetime, duration_ms: int | None = None) -> None:
    """Nothing came back but it may be billed: the money stays held until the lease ends."""
    Attempt.objects.filter(pk=attempt.pk, state=AttemptState.OPEN).update(
        state=AttemptState.UNKNOWN, error=error, ended_at=now, duration_ms=duration_ms
    )


def settle(attempt: Attempt, settlement: Settlement, *, now: datetime) -> bool:
    """Close an open or unknown attempt once: release what was held, book the cost, keep the answer.

    A late reply to an attempt that was closed at an estimate corrects it, downwards only. Returns whether anything
    changed.
    """
    cost = 0 if settlement.state == AttemptState.FAILED else settlement.cost_microusd
    if _settle_held(attempt, settlement, cost, now):
        return True
    return cost is not None and cost <= attempt.reserved_microusd and _correct(attempt, settlement, cost, now)


def _settle_held(attempt: Attempt, settlement: Settlement, cost: int | None, now: datetime) -> bool:
    held = Attempt.objects.filter(pk=attempt.pk, state__in=[AttemptState.OPEN, AttemptState.UNKNOWN])
    booked = attempt.reserved_microusd if cost is None else cost
    with transaction.atomic(durable=True):
        if not _close(held, settlement, booked, now, is_estimated=cost is None):
            return False
        _move(attempt, reserved=-attempt.reserved_microusd, spent=booked)
        _keep_answer(attempt, settlement)
        rollups.add(attempt, settlement.usage, booked, is_estimated=cost is None)
    return True


def _correct(attempt: Attempt, settlement: Settlement, cost: int, now: datetime) -> bool:
    estimated = Attempt.objects.filter(pk=attempt.pk, state=AttemptState.SETTLED, is_estimated=True)
    with transaction.atomic(durable=True):
        if not _close(estimated, settlement, cost, now, is_estimated=False):
            return False
        _move(attempt, reserved=0, spent=cost - attempt.reserved_microusd)
        _keep_answer(attempt, settlement)
        rollups.correct(attempt, settlement.usage, cost)
    return True


def _move(attempt: Attempt, *, reserved: int, spent: int) -> None:
    for model_id in (attempt.model_id, None):
        moved = statements.move(model_id, attempt.month, reserved=reserved, spent=spent)
        if moved and spent > 0:
            budget_id, spent_now, limit = moved
            alerts.after_spending(budget_id, spent=spent_now, limit=limit, added=spent)


def _close(attempts: Any, settlement: Settlement, cost: int, now: datetime, *, is_estimated: bool) -> bool:
    usage = settlement.usage
    changed = attempts.update(
        state=settlement.state,
        cost_microusd=cost,
        is_estimated=is_estimated,
        input_tokens=usage.input_tokens,
        cached_tokens=usage.cached_tokens,
        cache_write_tokens=usage.cache_write_tokens,
        output_tokens=usage.output_tokens,
        reasoning_tokens=usage.reasoning_tokens,
        ended_at=now,
        duration_ms=settlement.duration_ms,
        error=settlement.error,
        finish_reason=settlement.finish_reason,
        response_model=settlement.response_model,
    )
    return bool(changed)


def _keep_answer(attempt: Attempt, settlement: Settlement) -> None:
    Exchange.objects.filter(attempt=attempt).update(
        answer=settlement.answer, usage=dict(settlement.raw_usage), is_valid=settlement.is_valid
    )


def renew(attempt_ids: list[int], *, until: datetime) -> None:
    """Extend the leases of open attempts that somebody still waits for."""
    Attempt.objects.filter(pk__in=attempt_ids, state=AttemptState.OPEN).update(lease_until=until)


def sweep(now: datetime) -> int:
    """Close every attempt whose lease has ended at its worst case, shown as estimated. Returns how many."""
    expired = Attempt.objects.filter(
        state__in=[AttemptState.OPEN, AttemptState.UNKNOWN], lease_until__lt=now
    ).select_related("model")
    return sum(
        settle(attempt, Settlement(error=attempt.error or LOST, duration_ms=attempt.duration_ms), now=now)
        for attempt in expired
    )
