"""S01: nothing has happened between us and them for too long."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.stages import Phase
from deals.signals.wording import days

_BY_PHASE = {Phase.EARLY: "early", Phase.NEGOTIATION: "late"}


def judge(case: DealCase, limits: Limits) -> Answer:
    last = case.last_contact_on
    if last is None and (not case.knows("activities") or case.created_on is None):
        return unknown("No activities are known, and no date of the last one.")
    since = last or case.created_on
    assert since is not None
    silent = case.days_since(since)
    limit = limits[_BY_PHASE.get(case.phase, "mid") if case.phase is not None else "mid"]
    latest = case.touches[-1:] if last else ()
    return graded(
        silent >= limit,
        silent >= limits["red"] * limit,
        f"No activity for {days(silent)}",
        value=silent,
        limit=limit,
        evidence=tuple(touch.evidence for touch in latest) or (f"deal:{case.deal_id}",),
        step="Call, or change the channel; ask one question that takes a yes or a no.",
    )


NO_ACTIVITY = Signal(
    code="S01",
    title="No activity",
    about="Days since the last e-mail, call, meeting or message with the buying side.",
    group=Group.ENGAGEMENT,
    weight=16,
    judge=judge,
    is_on=True,
    yields_to_meeting=True,
    limits=(
        Limit(name="early", label="Early stages", default=14, is_scaled=True, low=1),
        Limit(name="mid", label="Middle stages", default=10, is_scaled=True, low=1),
        Limit(name="late", label="Late stages", default=7, is_scaled=True, low=1),
        Limit(name="red", label="Red from", default=2, unit="times", low=1, high=10),
    ),
)
