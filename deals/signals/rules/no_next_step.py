"""S09: nobody knows what happens next, or it should have happened.

Where a system keeps no dates of next steps, words are enough.
"""

from datetime import date

from deals.signals.case import DealCase
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import day, days

STEP = "Set the next step with a date, and tell the customer."


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.has_future_activity:
        return clear()
    if not case.knows("next_step"):
        return unknown("Next steps are not kept here.")
    due = case.next_activity_on
    if due is not None:
        late = case.days_since(due)
        sentence = f"Next step overdue since {day(due)}"
    elif case.next_step:
        return _without_date(case) if case.knows("next_activity") else clear()
    else:
        since = empty_since(case)
        late = case.days_since(since) if since else 0
        sentence = f"No next step for {days(late)}" if late else "No next step"
    return graded(
        True,
        late > limits["red"],
        sentence,
        value=late,
        limit=limits["red"],
        evidence=_evidence(case),
        step=STEP,
    )


def _without_date(case: DealCase) -> Answer:
    return graded(
        True,
        False,
        "The next step has no date, and nothing is planned",
        evidence=_evidence(case),
        step=STEP,
    )


def empty_since(case: DealCase) -> date | None:
    """Since when there has been no next step, as far as the history tells; None where it begins later."""
    emptied = case.changes("next_step")
    if emptied:
        return emptied[-1].on
    begun = case.history_since.get("next_step")
    if begun is None or begun > case.as_of:
        return None
    return max(begun, case.created_on) if case.created_on else begun


def _evidence(case: DealCase) -> tuple[str, ...]:
    written = case.changes("next_step")[-1:]
    return tuple(change.evidence for change in written) or (f"deal:{case.deal_id}",)


NO_NEXT_STEP = Signal(
    code="S09",
    title="No next step",
    about="No next step, or one without a date or past it, and nothing planned.",
    group=Group.MOMENTUM,
    weight=10,
    judge=judge,
    is_on=True,
    limits=(Limit(name="red", label="Red above", default=7),),
)
