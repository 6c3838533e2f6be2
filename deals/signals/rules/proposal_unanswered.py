"""S24: our proposal is out, and nothing has come back."""

import re
from datetime import date, timedelta

from deals.signals.case import DealCase, Touch
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal

_NAMES = re.compile(r"\b(proposal|quote|quotation|offer|angebot|pricing|statement of work|sow)\b", re.I)


def judge(case: DealCase, limits: Limits) -> Answer:
    if not case.told:
        return unknown("No messages are known whose sender is told.")
    sent = _proposal(case.told)
    if sent is None or any(touch in case.heard for touch in case.told[case.told.index(sent) :]):
        return clear()
    waiting = business_days(sent.on, case.as_of)
    return graded(
        waiting > limits["amber"],
        waiting > limits["red"],
        f"Proposal unanswered for {waiting} business days",
        value=waiting,
        limit=limits["amber"],
        evidence=(sent.evidence,),
        step="Call about the one point of the proposal that matters most to them.",
    )


def _proposal(told: list[Touch]) -> Touch | None:
    """The latest message of ours that carried a proposal, by its subject."""
    return next((touch for touch in reversed(told) if touch.is_outbound and _NAMES.search(touch.subject)), None)


def business_days(start: date, end: date) -> int:
    """Mondays to Fridays after `start` up to and with `end`; holidays count as any day."""
    span = (end - start).days
    weeks, rest = divmod(max(0, span), 7)
    return 5 * weeks + sum((start + timedelta(days=7 * weeks + n)).weekday() < 5 for n in range(1, rest + 1))


PROPOSAL_UNANSWERED = Signal(
    code="S24",
    title="Proposal unanswered",
    about="Business days since a message with our proposal that nobody answered.",
    group=Group.ENGAGEMENT,
    weight=12,
    judge=judge,
    limits=(
        Limit(name="amber", label="Amber above (business days)", default=5, low=1, is_scaled=True),
        Limit(name="red", label="Red above (business days)", default=10, low=1, is_scaled=True),
    ),
)
