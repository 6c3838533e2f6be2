"""S26: nobody of us looks after the deal."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, Severity, clear, fired, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import days


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.owner_id is None:
        if not case.knows("owner"):
            return unknown("Owners are not kept here.")
        return _alone(case, "The deal has no owner")
    if not case.is_owner_active:
        return _alone(case, f"{case.owner} owns the deal and is not active any more")
    handed = [change for change in case.changes("owner") if case.days_since(change.on) <= limits["days"]]
    if not handed or any(touch.on >= handed[-1].on for touch in case.touches):
        return clear()
    return fired(
        Severity.AMBER,
        f"New owner for {days(case.days_since(handed[-1].on))}, and no activity since",
        value=case.days_since(handed[-1].on),
        limit=limits["days"],
        evidence=(handed[-1].evidence,),
        step="Introduce yourself to the customer.",
    )


def _alone(case: DealCase, sentence: str) -> Answer:
    return fired(
        Severity.RED,
        sentence,
        evidence=(f"deal:{case.deal_id}",),
        step="Give the deal to somebody who looks after it.",
    )


OWNER_PROBLEM = Signal(
    code="S26",
    title="Owner problem",
    about="No owner, an inactive one, or a new one who has not been in touch.",
    group=Group.HYGIENE,
    weight=10,
    judge=judge,
    limits=(Limit(name="days", label="New owner for up to", default=14, low=1),),
)
