"""S03: we write, and nobody there has ever answered or met us."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.age_days is None or not case.told:
        return unknown("No messages are known whose sender is told.")
    if case.heard:
        return clear()
    sent = case.told
    return graded(
        len(sent) >= limits["amber_sent"] and case.age_days >= limits["amber_age"],
        len(sent) >= limits["red_sent"] and case.age_days >= limits["red_age"],
        f"Never answered: {len(sent)} messages, no reply",
        value=len(sent),
        limit=limits["amber_sent"],
        evidence=tuple(touch.evidence for touch in sent),
        step="Change the channel or write to a second contact; ask one question that takes a yes or a no.",
    )


NEVER_ANSWERED = Signal(
    code="S03",
    title="Never answered",
    about="Messages of ours where nobody ever replied and no meeting was held.",
    group=Group.ENGAGEMENT,
    weight=18,
    judge=judge,
    replaces="S02",
    limits=(
        Limit(name="amber_sent", label="Amber from messages", default=3, unit="number", low=1),
        Limit(name="amber_age", label="Amber from age", default=14, is_scaled=True),
        Limit(name="red_sent", label="Red from messages", default=5, unit="number", low=1),
        Limit(name="red_age", label="Red from age", default=30, is_scaled=True),
    ),
)
