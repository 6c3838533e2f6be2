"""S08: the close date is nearer than the stages that remain usually take."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import days


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.days_to_close is None or case.phase is None:
        return unknown("The close date or the stage is not known.")
    if case.days_to_close < 0:
        return clear()  # that it has passed is another signal's sentence
    needed = sum(case.stage_days(stage) for stage in case.stages.from_here(case.stage))
    left = case.days_to_close
    return graded(
        left < limits["amber"] * needed,
        left < limits["red"] * needed and case.forecast_category.casefold() == "commit",
        f"Closes in {days(left)}, but the stages that remain take {days(needed)}",
        value=left,
        limit=limits["amber"] * needed,
        evidence=(f"deal:{case.deal_id}",),
        step="Ask the customer for their own date and what has to happen before it.",
    )


UNREALISTIC_DATE = Signal(
    code="S08",
    title="Date unrealistic",
    about="Days until the close date, compared with what won deals took from here.",
    group=Group.MOMENTUM,
    weight=8,
    judge=judge,
    limits=(
        Limit(name="amber", label="Amber below", default=0.5, unit="times", high=5),
        Limit(name="red", label="Red below, in the commit", default=0.25, unit="times", high=5),
    ),
)
