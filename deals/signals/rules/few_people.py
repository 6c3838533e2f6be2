"""S10: too few people of the buying side take part."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.stages import Phase
from deals.signals.wording import people


def judge(case: DealCase, limits: Limits) -> Answer:
    if not case.knows("activities", "people"):
        return unknown("Who takes part in activities is not known.")
    if case.phase is None:
        return unknown("The stage is not known.")
    begin = case.back(round(limits["days"]))
    lately = [touch for touch in case.heard if touch.on >= begin]
    engaged = {person for touch in lately for person in touch.people}
    is_late, few = case.phase == Phase.NEGOTIATION, limits["few"]
    large = case.peers.large_amount
    is_large = case.base_amount is not None and large is not None and case.base_amount >= large
    needed = limits["few_large"] if is_late and is_large else few
    return graded(
        case.phase >= Phase.DISCOVERY and len(engaged) < few,
        is_late and len(engaged) < needed,
        f"Only {people(len(engaged))} engaged" if engaged else "Nobody there is engaged",
        value=len(engaged),
        limit=needed,
        evidence=tuple(touch.evidence for touch in lately) or (f"deal:{case.deal_id}",),
        step=_step(case),
    )


def _step(case: DealCase) -> str:
    missing = [person.name for person in case.people if person.is_named and person.name][:2]
    whom = f" Named in the deal: {', '.join(missing)}." if missing else ""
    return f"Bring in two more roles, such as the economic buyer and a user.{whom}"


FEW_PEOPLE = Signal(
    code="S10",
    title="Too few people engaged",
    about="People there who wrote to us or met us lately.",
    group=Group.PEOPLE,
    weight=12,
    judge=judge,
    is_on=True,
    limits=(
        Limit(name="few", label="Fewer than", default=2, unit="people", low=1, high=20),
        Limit(name="few_large", label="Fewer than, large deals late", default=3, unit="people", low=1, high=20),
        Limit(name="days", label="Within the last", default=45, low=1),
    ),
)
