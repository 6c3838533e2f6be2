"""S18: the amount is well below what it was."""

from deals.signals.case import Change, DealCase
from deals.signals.finding import Answer, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import percent


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.amount is None:
        return unknown("The amount is not known.")
    begin = case.back(round(limits["days"]))
    lately = [change for change in case.changes("amount") if change.on >= begin]
    if any(change.on >= begin for change in case.changes("currency")):
        return unknown("The currency changed, so amounts cannot be compared.")
    peak, at = _peak(case.amount, lately)
    fallen = 100 * (peak - case.amount) / peak if peak > 0 else 0.0
    if fallen < limits["amber"] and not case.knows_since("amount", begin):
        return unknown("What the amount was before its history begins is not known.")
    return graded(
        fallen >= limits["amber"],
        fallen >= limits["red"],
        f"Amount fell {percent(fallen / 100)}",
        value=fallen,
        limit=limits["amber"],
        evidence=tuple(change.evidence for change in lately[at:]) or (f"deal:{case.deal_id}",),
        step="Ask what they left out, and whether the rest is gone or later.",
    )


def _peak(now: float, lately: list[Change]) -> tuple[float, int]:
    """The highest amount of the window and the place of the first change after it."""
    peak, at = now, len(lately)
    for place, change in enumerate(lately):
        before = as_number(change.old)
        if before is not None and before > peak:
            peak, at = before, place
    return peak, at


def as_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


AMOUNT_FELL = Signal(
    code="S18",
    title="Amount fell",
    about="How far the amount is below its peak of the last two months.",
    group=Group.MOMENTUM,
    weight=10,
    judge=judge,
    is_on=True,
    limits=(
        Limit(name="amber", label="Amber from", default=20, unit="percent", low=1, high=100),
        Limit(name="red", label="Red from", default=40, unit="percent", low=1, high=100),
        Limit(name="days", label="Within the last", default=60, low=1),
    ),
)
