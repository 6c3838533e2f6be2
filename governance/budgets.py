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
from governance.statements import Statement

LOST = "lost"  # the error of an attempt whose worker died
_HELD = "state IN ('open', 'unknown')"
_ESTIMATED = "state = 'settled' AND is_estimated"


class BudgetExceeded(Exception):
    """A worst case does not fit. `budget` is the one that refused, as it stands."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(f"{budget} has {budget.left_microusd} micro-dollars left.")
        self.budget = budget


class NoBudget(Exception):
    """The model has no budget for the month."""


class Stopped(Exception):
    """The model, the plan or everything was switched off."""


class OnItsWay(Exception):
    """The same question is out already, or was answered a moment ago, asked by somebody else."""


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """How an attempt ended. `cost_microusd` None: nobody knows, so the worst case is taken and marked estimated.

    `price_id` is the price it was billed by, None: the one it was held by. `answer` is kept with the settlement;
    `is_valid` says that it had the agreed form.
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
    response_service_tier: str = ""
    price_id: int | None = None
    duration_ms: int | None = None


def reserve(attempt: Attempt, messages: list[dict[str, str]], *, lease: timedelta) -> Attempt:
    """Hold an unsaved attempt's `reserved_microusd` in its budgets and write it to the ledger as open.

    Raises BudgetExceeded, NoBudget, Stopped, or OnItsWay when the same fingerprint is open or has a valid answer.
    """
    attempt.lease_until = attempt.started_at + lease
    try:
        with transaction.atomic(durable=True):
            _hold(attempt, messages)
    except IntegrityError as err:
        if "fingerprint" in str(err):  # both databases name the column of the unique index
            raise OnItsWay(attempt.fingerprint) from err
        raise
    return attempt


def _hold(attempt: Attempt, messages: list[dict[str, str]]) -> None:
    """All in one round trip; what then proves not to have been allowed rolls back with the error raised."""
    amount, month, version = attempt.reserved_microusd, attempt.month, attempt.plan_version
    words = Exchange(messages=messages, purge_after=attempt.started_at + kept_for(version))
    written, of_model, of_month, _, month_limit = statements.together(
        statements.insert(attempt, statements.MAY_ASK, [attempt.model_id, version.pk, version.fields_hash]),
        # The answer may have been recorded after the caller looked for one; from here on nobody else can open this one.
        statements.hold(attempt.model_id, month, amount, unless_answered=attempt.fingerprint),
        statements.hold(None, month, amount),
        statements.keep_words(attempt.fingerprint, words),
        statements.month_limit(month),
    )
    if not written:
        raise Stopped(f"{attempt.model} may not be asked any more.")
    if not of_model:
        raise _why_not_held(attempt)
    if month_limit and not of_month:
        raise BudgetExceeded(Budget.objects.get(model=None, month=month))
    (attempt.pk,) = written


def _why_not_held(attempt: Attempt) -> Exception:
    if Exchange.objects.filter(attempt__fingerprint=attempt.fingerprint, is_valid=True).exists():
        return OnItsWay(attempt.fingerprint)
    budget = Budget.objects.filter(model=attempt.model_id, month=attempt.month).select_related("model").first()
    if budget is None:
        return NoBudget(f"{attempt.model} has no budget for {attempt.month:%B %Y}.")
    return BudgetExceeded(budget)


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
    booked = attempt.reserved_microusd if cost is None else cost
    closing = _closing(attempt, _HELD, settlement, booked, now, is_estimated=cost is None)
    added = rollups.added(attempt, settlement.usage, booked, is_estimated=cost is None)
    return _book(attempt, settlement, closing, added, reserved=-attempt.reserved_microusd, spent=booked)


def _correct(attempt: Attempt, settlement: Settlement, cost: int, now: datetime) -> bool:
    closing = _closing(attempt, _ESTIMATED, settlement, cost, now, is_estimated=False)
    corrected = rollups.corrected(attempt, settlement.usage, cost)
    return _book(attempt, settlement, closing, corrected, reserved=0, spent=cost - attempt.reserved_microusd)


class _ClosedBefore(Exception):
    """Somebody else has closed the attempt: nothing may move."""


def _book(
    attempt: Attempt, settlement: Settlement, closing: Statement, rolled_up: Statement, *, reserved: int, spent: int
) -> bool:
    """Close an attempt and book what that changes: both budgets, its words, the day's sums; and tell whom it concerns.

    All in one round trip, rolled back where the attempt was closed before. Returns whether it was not.
    """
    try:
        with transaction.atomic(durable=True):
            closed, *budgets, _, _ = statements.together(
                closing,
                statements.move(attempt.model_id, attempt.month, reserved=reserved, spent=spent),
                statements.move(None, attempt.month, reserved=reserved, spent=spent),
                _kept_answer(attempt, settlement),
                rolled_up,
            )
            if not closed:
                raise _ClosedBefore
            for moved in budgets:
                if moved and spent > 0:
                    budget_id, spent_now, limit = moved
                    alerts.after_spending(budget_id, spent=spent_now, limit=limit, added=spent)
    except _ClosedBefore:
        return False
    except IntegrityError:
        # What is released twice would make a budget hold less than nothing, which its constraint forbids.
        if Attempt.objects.filter(pk=attempt.pk, state__in=[AttemptState.OPEN, AttemptState.UNKNOWN]).exists():
            raise
        return False
    return True


def _closing(
    attempt: Attempt, condition: str, settlement: Settlement, cost: int, now: datetime, *, is_estimated: bool
) -> Statement:
    usage = settlement.usage
    values = {
        "state": settlement.state,
        "cost_microusd": cost,
        "is_estimated": is_estimated,
        "input_tokens": usage.input_tokens,
        "cached_tokens": usage.cached_tokens,
        "cache_write_tokens": usage.cache_write_tokens,
        "output_tokens": usage.output_tokens,
        "reasoning_tokens": usage.reasoning_tokens,
        "ended_at": now,
        "duration_ms": settlement.duration_ms,
        "error": settlement.error,
        "finish_reason": settlement.finish_reason,
        "response_model": settlement.response_model,
        "response_service_tier": settlement.response_service_tier,
        "price": settlement.price_id or attempt.price_id,
    }
    return statements.update(Attempt, f"id = %s AND {condition}", [attempt.pk], values)


def _kept_answer(attempt: Attempt, settlement: Settlement) -> Statement:
    usage = dict(settlement.raw_usage)
    words = {"answer": settlement.answer, "usage": usage, "is_valid": settlement.is_valid}
    return statements.update(Exchange, "attempt_id = %s", [attempt.pk], words)


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
