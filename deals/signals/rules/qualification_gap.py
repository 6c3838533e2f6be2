"""S22: less is known about the deal than its stage asks for."""

from collections.abc import Mapping

from deals.signals.case import DealCase
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.stages import Phase

ITEMS = (
    "metrics", "economic_buyer", "decision_criteria", "decision_process", "paper_process", "pain", "champion",
    "competition",
)  # fmt: skip
WORTH: Mapping[str, float] = {"empty": 0.0, "claimed": 0.4, "quoted": 0.8, "confirmed": 1.0}
_FLOOR = {Phase.DISCOVERY: "discovery", Phase.PROPOSAL: "proposal", Phase.NEGOTIATION: "negotiation"}


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.qualification is None or case.phase is None:
        return unknown("Nobody has looked for qualification yet.")
    reached = score(case.qualification)
    if case.phase not in _FLOOR:
        return clear(reached)
    floor = limits[_FLOOR[case.phase]]
    missing = [item.replace("_", " ") for item in ITEMS if case.qualification.get(item, "empty") == "empty"]
    gap = floor - reached
    return graded(
        gap > 0,
        gap > limits["red"],
        f"Qualification {reached:.0f} % where {floor:.0f} % is due"
        + (f"; nothing on {', '.join(missing[:3])}" if missing else ""),
        value=reached,
        limit=floor,
        evidence=(f"deal:{case.deal_id}",),
        step=f"Ask about {missing[0]}." if missing else "Have the customer confirm what we only assume.",
    )


def score(levels: Mapping[str, str]) -> float:
    """Percent of MEDDPICC that is known, weighted by how well: 0 to 100."""
    return 100 * sum(WORTH.get(levels.get(item, "empty"), 0.0) for item in ITEMS) / len(ITEMS)


QUALIFICATION_GAP = Signal(
    code="S22",
    title="Qualification gap",
    about="How much of MEDDPICC is known, against what the stage asks for.",
    group=Group.PEOPLE,
    weight=10,
    judge=judge,
    limits=(
        Limit(name="discovery", label="Due in discovery", default=25, unit="percent", high=100),
        Limit(name="proposal", label="Due in proposal", default=55, unit="percent", high=100),
        Limit(name="negotiation", label="Due in negotiation", default=75, unit="percent", high=100),
        Limit(name="red", label="Red when short by more than", default=20, unit="points", high=100),
    ),
)
