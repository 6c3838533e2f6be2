"""S04: the deal stands in its stage longer than won deals did."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, Severity, fired, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import days

STEP = "Agree on what has to happen for the next stage, or move the deal back."


def judge(case: DealCase, limits: Limits) -> Answer:
    if not case.stage or case.phase is None:
        return unknown("The stage is not known.")
    normal = case.stage_days(case.stage)
    since = case.stage_since
    if since is None:
        return _at_least(case, limits, normal)
    here = case.days_since(since)
    entry = (case.stage_entry.evidence,) if case.stage_entry else (f"deal:{case.deal_id}",)
    return graded(
        here > limits["amber"] * normal,
        here > limits["red"] * normal,
        f"In “{case.stage}” {days(here)}, normal is {days(normal)}",
        value=here,
        limit=limits["amber"] * normal,
        evidence=entry,
        step=STEP,
    )


def _at_least(case: DealCase, limits: Limits, normal: float) -> Answer:
    """Nobody knows when the stage was entered, but it has not changed since history began."""
    begun = case.history_since.get("stage")
    here = case.days_since(begun) if begun is not None else 0
    if here <= limits["amber"] * normal:
        return unknown("When the deal entered its stage is not known.")
    severity = Severity.RED if here > limits["red"] * normal else Severity.AMBER
    return fired(
        severity,
        f"In “{case.stage}” at least {days(here)}, normal is {days(normal)}",
        value=here,
        limit=limits["amber"] * normal,
        evidence=(f"deal:{case.deal_id}",),
        step=STEP,
    )


STUCK_IN_STAGE = Signal(
    code="S04",
    title="Stuck in its stage",
    about="Days in the present stage, compared with the median of won deals.",
    group=Group.MOMENTUM,
    weight=14,
    judge=judge,
    is_on=True,
    limits=(
        Limit(name="amber", label="Amber above", default=1.5, unit="times", low=1, high=20),
        Limit(name="red", label="Red above", default=2.5, unit="times", low=1, high=20),
    ),
)
