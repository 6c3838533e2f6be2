"""S13: nobody there fights for us."""

from deals.signals.case import DealCase, Part
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limits, Signal
from deals.signals.stages import Phase


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.phase is None or (not case.knows("roles") and not case.people):
        return unknown("Nobody of the buying side is known.")
    if case.in_part(Part.CHAMPION):
        return clear()
    return graded(
        case.is_at_least(Phase.PROPOSAL),
        case.is_at_least(Phase.NEGOTIATION),
        "No champion named",
        evidence=(f"deal:{case.deal_id}",),
        step="Find out who gains most from this, and ask them to sell it inside.",
    )


NO_CHAMPION = Signal(
    code="S13",
    title="No champion",
    about="From the proposal on, somebody there has to want this.",
    group=Group.PEOPLE,
    weight=8,
    judge=judge,
)
