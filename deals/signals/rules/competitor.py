"""S30: a competitor is named, and nothing says why we are better."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.stages import Phase


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.competitor is None:
        return unknown("Nobody has looked for competitors yet.")
    if not case.competitor:
        return clear()
    if not case.knows("strengths"):
        return unknown("Nobody has entered what sets us apart (Signals, “What sets us apart”).")
    answered = case.answered_on
    is_open = answered is None or case.days_since(answered) > limits["days"]
    return graded(
        is_open,
        is_open and case.phase == Phase.NEGOTIATION,
        f"{case.competitor} competes, and nothing says what sets us apart",
        value=case.days_since(case.competitor_on) if case.competitor_on else None,
        limit=limits["days"],
        evidence=(f"deal:{case.deal_id}",),
        step="Write down the one difference that matters to them, and have the champion say it.",
    )


COMPETITOR = Signal(
    code="S30",
    title="Competitor without an answer",
    about="A competitor is named, and nothing we wrote or noted in the last weeks says what sets us apart.",
    group=Group.MOMENTUM,
    weight=6,
    judge=judge,
    limits=(Limit(name="days", label="Answered within", default=21, low=1),),
)
