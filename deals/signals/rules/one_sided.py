"""S17: we do nearly all the writing."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import percent


def judge(case: DealCase, limits: Limits) -> Answer:
    told = [touch for touch in case.told if not touch.is_two_sided]
    if not told:
        return unknown("No messages are known whose sender is told.")
    lately = [touch for touch in told if case.days_since(touch.on) < limits["days"]]
    if len(lately) < limits["enough"]:
        return clear()
    ours = sum(touch.is_outbound for touch in lately) / len(lately)
    return graded(
        ours > limits["amber"] / 100,
        ours > limits["red"] / 100,
        f"One-sided: {percent(ours)} of the last {len(lately)} messages are ours",
        value=100 * ours,
        limit=limits["amber"],
        evidence=tuple(touch.evidence for touch in lately),
        step="Write less; ask one question that only they can answer.",
    )


ONE_SIDED = Signal(
    code="S17",
    title="One-sided talk",
    about="Our share of the messages of the last month.",
    group=Group.ENGAGEMENT,
    weight=8,
    judge=judge,
    limits=(
        Limit(name="amber", label="Amber above", default=80, unit="percent", high=100),
        Limit(name="red", label="Red above", default=90, unit="percent", high=100),
        Limit(name="enough", label="Messages needed", default=6, unit="number", low=1, high=100),
        Limit(name="days", label="Within the last", default=30, low=1),
    ),
)
