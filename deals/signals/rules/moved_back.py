"""S20: the deal went back a stage."""

from deals.signals.case import Change, DealCase
from deals.signals.finding import Answer, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import times


def judge(case: DealCase, limits: Limits) -> Answer:
    now = case.stages.place(case.stage)
    if now is None:
        return unknown("The stage is not known.")
    begin = case.back(round(limits["days"]))
    lately = [change for change in case.changes("stage") if change.on >= begin]
    then = case.stages.place(lately[0].old) if lately else now
    steps = [change for change in lately if _is_back(case, change)]
    is_lower = then is not None and now < then
    if not is_lower and not case.knows_since("stage", begin):
        return unknown("Which stage it was in before its history begins is not known.")
    return graded(
        is_lower,
        is_lower and len(steps) >= limits["red"],
        f"Moved back {times(max(1, len(steps)))}, to “{case.stage}”",
        value=len(steps),
        limit=1,
        evidence=tuple(change.evidence for change in steps or lately),
        step="Write down what was wrong about the later stage, and what is open now.",
    )


def _is_back(case: DealCase, change: Change) -> bool:
    before, after = case.stages.place(change.old), case.stages.place(change.new)
    return before is not None and after is not None and after < before


MOVED_BACK = Signal(
    code="S20",
    title="Moved back a stage",
    about="The stage is lower than it was a month ago.",
    group=Group.MOMENTUM,
    weight=10,
    judge=judge,
    limits=(
        Limit(name="days", label="Within the last", default=30, low=1),
        Limit(name="red", label="Red from", default=2, unit="number", low=1, high=10),
    ),
)
