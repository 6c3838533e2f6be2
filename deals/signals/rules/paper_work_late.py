"""S27: the deal closes soon, and how they sign is not known."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import days


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.qualification is None or case.days_to_close is None:
        return unknown("The paper process or the close date is not known.")
    if case.qualification.get("paper_process", "empty") != "empty":
        return clear(case.days_to_close)
    left = case.days_to_close
    when = f"closes in {days(left)}" if left >= 0 else "should have closed"
    return graded(
        left <= limits["amber"],
        left <= limits["red"],
        f"Nothing known about the paper work, and the deal {when}",
        value=left,
        limit=limits["amber"],
        evidence=(f"deal:{case.deal_id}",),
        step="Ask who checks the contract, in which order and how long that takes.",
    )


PAPER_WORK_LATE = Signal(
    code="S27",
    title="Paper work late",
    about="Days until the close date while the paper process is not known.",
    group=Group.MOMENTUM,
    weight=6,
    judge=judge,
    limits=(Limit(name="amber", label="Amber up to", default=21), Limit(name="red", label="Red up to", default=7)),
)
