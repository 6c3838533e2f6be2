"""S06: the close date has passed and the deal is still open."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import day, days


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.close_date is None:
        return unknown("The deal has no close date.")
    late = case.days_since(case.close_date)
    entered = case.changes("close_date")[-1:]
    return graded(
        late >= limits["amber"],
        late >= limits["red"],
        f"Close date passed {days(late)} ago ({day(case.close_date)})",
        value=late,
        limit=limits["amber"],
        evidence=tuple(change.evidence for change in entered) or (f"deal:{case.deal_id}",),
        step="Agree on a new date with the customer, or close the deal as lost with the reason.",
    )


CLOSE_DATE_PASSED = Signal(
    code="S06",
    title="Close date passed",
    about="Days since the close date while the deal is open.",
    group=Group.MOMENTUM,
    weight=14,
    judge=judge,
    is_on=True,
    limits=(
        Limit(name="amber", label="Amber from", default=1, low=1),
        Limit(name="red", label="Red from", default=14, low=1),
    ),
)
