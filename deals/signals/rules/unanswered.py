"""S02: the last word is ours, and they take longer than they usually do."""

from collections.abc import Sequence
from statistics import median

from deals.signals.case import DealCase, Touch
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import days

_USUAL, _PRIOR, _LEAST = 5.0, 3, 3.0


def judge(case: DealCase, limits: Limits) -> Answer:
    if not case.told:
        return unknown("No messages are known whose sender is told.")
    waiting = unanswered(case.told)
    if not waiting:
        return clear()
    usual = expected_days(reply_gaps(case.told))
    silent = case.days_since(waiting[0].on)
    enough = len(waiting) >= limits["messages"]
    return graded(
        enough and silent > limits["amber"] * usual,
        enough and silent > limits["red"] * usual,
        f"{case.name_of(waiting[-1].people)} has not answered for {days(silent)}; usual is {days(usual)}",
        value=silent,
        limit=limits["amber"] * usual,
        evidence=tuple(touch.evidence for touch in waiting),
        step="Change the channel or write to a second contact; ask one question that takes a yes or a no.",
    )


def unanswered(touches: Sequence[Touch]) -> list[Touch]:
    """Our messages since they last wrote or met us, oldest first."""
    waiting: list[Touch] = []
    for touch in touches:
        if touch.is_outbound:
            waiting.append(touch)
        else:
            waiting = []
    return waiting


def reply_gaps(touches: Sequence[Touch]) -> list[int]:
    """Days from our first unanswered message to their reply, for every reply."""
    gaps: list[int] = []
    waiting: list[Touch] = []
    for touch in touches:
        if touch.is_outbound:
            waiting.append(touch)
            continue
        if touch.is_inbound and waiting:
            gaps.append((touch.on - waiting[0].on).days)
        waiting = []
    return gaps


def expected_days(gaps: Sequence[int]) -> float:
    """How long their answer usually takes: the median of past gaps, drawn to five days, at least three."""
    own = len(gaps) * median(gaps) if gaps else 0.0
    return max(_LEAST, (own + _PRIOR * _USUAL) / (len(gaps) + _PRIOR))


UNANSWERED = Signal(
    code="S02",
    title="No answer",
    about="Days since our first unanswered message, compared with how fast they usually reply.",
    group=Group.ENGAGEMENT,
    weight=18,
    judge=judge,
    is_on=True,
    yields_to_meeting=True,
    limits=(
        Limit(name="amber", label="Amber above", default=2, unit="times", low=1, high=10),
        Limit(name="red", label="Red above", default=4, unit="times", low=1, high=20),
        Limit(name="messages", label="Unanswered messages", default=2, unit="number", low=1, high=20),
    ),
)
