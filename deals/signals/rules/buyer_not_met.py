"""S12: whoever signs has not spoken with us lately."""

from deals.signals.case import DealCase, Part
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.stages import Phase
from deals.signals.wording import days


def judge(case: DealCase, limits: Limits) -> Answer:
    if not case.knows("activities", "people") or case.phase is None:
        return unknown("Who takes part in activities is not known.")
    buyers = case.in_part(Part.ECONOMIC_BUYER)
    if not buyers:
        return clear()
    both = case.heard_from(buyers)
    since = case.days_since(both[-1].on) if both else None
    is_due = since is None or since > limits["days"]
    names = buyers[0].name
    return graded(
        is_due and case.is_at_least(Phase.PROPOSAL),
        is_due and case.is_at_least(Phase.NEGOTIATION),
        f"{names}, who signs, was not in touch" + (f" for {days(since)}" if since is not None else " so far"),
        value=since,
        limit=limits["days"],
        evidence=(*(touch.evidence for touch in both[-1:]), *buyers[0].evidence),
        step=f"Ask for a short call with {names}.",
    )


BUYER_NOT_MET = Signal(
    code="S12",
    title="Economic buyer not met",
    about="Days since the economic buyer wrote to us or met us, from the proposal on.",
    group=Group.PEOPLE,
    weight=10,
    judge=judge,
    limits=(Limit(name="days", label="Longer than", default=30, low=1, is_scaled=True),),
)
