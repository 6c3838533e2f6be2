"""S05: the deal has been open longer than won deals took."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import days


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.age_days is None:
        return unknown("When the deal was created is not known.")
    normal = case.peers.cycle_days
    return graded(
        case.age_days > limits["amber"] * normal,
        case.age_days > limits["red"] * normal,
        f"Open for {days(case.age_days)}; won deals take {days(normal)}",
        value=case.age_days,
        limit=limits["amber"] * normal,
        evidence=(f"deal:{case.deal_id}",),
        step="Ask what would make them decide this month; if nothing would, close it as lost.",
    )


SLOWER_THAN_WON = Signal(
    code="S05",
    title="Open longer than won deals",
    about="The deal's age, compared with the median of won deals from creation to signature.",
    group=Group.MOMENTUM,
    weight=8,
    judge=judge,
    limits=(
        Limit(name="amber", label="Amber above", default=1.5, unit="times", low=1, high=20),
        Limit(name="red", label="Red above", default=2, unit="times", low=1, high=20),
    ),
)
