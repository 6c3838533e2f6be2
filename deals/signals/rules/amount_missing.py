"""S19: an offer is out, and the deal has no amount."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limits, Signal
from deals.signals.stages import Phase


def judge(case: DealCase, limits: Limits) -> Answer:
    if not case.knows("amount"):
        return unknown("Amounts are not kept here, or not as of that day.")
    if case.amount:
        return clear()
    if case.phase is None:
        return unknown("The stage is not known.")
    return graded(
        case.is_at_least(Phase.PROPOSAL),
        case.is_at_least(Phase.NEGOTIATION),
        "Amount is zero" if case.amount == 0 else "Amount is missing",
        evidence=(f"deal:{case.deal_id}",),
        step="Enter what was offered.",
    )


AMOUNT_MISSING = Signal(
    code="S19",
    title="Amount missing",
    about="From the proposal on, a deal has an amount.",
    group=Group.HYGIENE,
    weight=8,
    judge=judge,
)
