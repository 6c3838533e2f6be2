"""S23: no meeting was held lately and none is planned."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.stages import Phase
from deals.signals.wording import days


def judge(case: DealCase, limits: Limits) -> Answer:
    if not case.knows("activities") or case.phase is None or case.created_on is None:
        return unknown("Meetings are not known.")
    if case.phase < Phase.PROPOSAL or any(touch.kind == "meeting" for touch in case.planned):
        return clear()
    held = case.meetings
    since = case.days_since(held[-1].on if held else case.created_on)
    return graded(
        since > limits["amber"],
        since > limits["red"],
        f"No meeting for {days(since)}, and none planned" if held else "No meeting held so far, and none planned",
        value=since,
        limit=limits["amber"],
        evidence=tuple(touch.evidence for touch in held[-1:]) or (f"deal:{case.deal_id}",),
        step="Propose two times for half an hour, with one point to settle.",
    )


NO_MEETING_LATELY = Signal(
    code="S23",
    title="No meeting lately",
    about="Days since the last meeting held where none is planned, from the proposal on.",
    group=Group.ENGAGEMENT,
    weight=10,
    judge=judge,
    yields_to_meeting=True,
    limits=(
        Limit(name="amber", label="Amber above", default=21, is_scaled=True, low=1),
        Limit(name="red", label="Red above", default=35, is_scaled=True, low=1),
    ),
)
