"""S16: contacts have become far fewer than they were."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import percent

FORTNIGHT = 14


def judge(case: DealCase, limits: Limits) -> Answer:
    if not case.knows("activities") or not case.touches:
        return unknown("No activities are known.")
    ages = [case.days_since(touch.on) for touch in case.touches]
    lately = sum(age < FORTNIGHT for age in ages)
    before = sum(FORTNIGHT <= age < 3 * FORTNIGHT for age in ages)
    if before < limits["enough"]:
        return clear()
    share = lately / (before / 2)
    recent = [touch for touch in case.touches if case.days_since(touch.on) < 3 * FORTNIGHT]
    return graded(
        share < limits["amber"] / 100,
        share < limits["red"] / 100,
        f"Engagement fell to {percent(share)} of what it was",
        value=100 * share,
        limit=limits["amber"],
        evidence=tuple(touch.evidence for touch in recent),
        step="Ask openly whether priorities have changed.",
    )


ENGAGEMENT_HALVES = Signal(
    code="S16",
    title="Engagement falls",
    about="Contacts of the last two weeks, compared with the mean of the two fortnights before.",
    group=Group.ENGAGEMENT,
    weight=10,
    judge=judge,
    limits=(
        Limit(name="amber", label="Amber below", default=50, unit="percent", high=100),
        Limit(name="red", label="Red below", default=25, unit="percent", high=100),
        Limit(name="enough", label="Contacts needed before", default=4, unit="number", low=1, high=100),
    ),
)
