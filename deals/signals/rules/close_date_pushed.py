"""S07: the close date was moved again and again."""

from collections.abc import Sequence
from datetime import date

from deals.signals.case import Change, DealCase
from deals.signals.finding import Answer, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import days, times


def judge(case: DealCase, limits: Limits) -> Answer:
    moved = pushes(case.changes("close_date"), limits["least"])
    total = sum(shift for _, shift in moved)
    is_amber, is_red = len(moved) >= limits["amber"], len(moved) >= limits["red"] or total > limits["red_days"]
    if not (is_amber or is_red) and not case.knows_since("close_date", None):
        return unknown("How often the close date was moved before its history begins is not known.")
    return graded(
        is_amber,
        is_red,
        f"Close date moved {times(len(moved))} ({days(total)} in all)",
        value=len(moved),
        limit=limits["amber"],
        evidence=tuple(change.evidence for change, _ in moved),
        step="Agree on a plan with dates for both sides, back from the day they need it.",
    )


def pushes(changes: Sequence[Change], least: float) -> list[tuple[Change, int]]:
    """Moves to a later date by at least `least` days, or into a later month, with their days.

    Several edits on one day count as one move, from the day's first value to its last.
    """
    by_day: dict[date, list[Change]] = {}
    for change in changes:
        by_day.setdefault(change.on, []).append(change)
    moved = []
    for edits in by_day.values():
        before, after = as_date(edits[0].old), as_date(edits[-1].new)
        if before is None or after is None or after <= before:
            continue
        shift = (after - before).days
        if shift >= least or (after.year, after.month) > (before.year, before.month):
            moved.append((edits[-1], shift))
    return moved


def as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


CLOSE_DATE_PUSHED = Signal(
    code="S07",
    title="Close date moved",
    about="How often the close date moved by a week or more, or into a later month.",
    group=Group.MOMENTUM,
    weight=12,
    judge=judge,
    is_on=True,
    limits=(
        Limit(name="amber", label="Amber from", default=2, unit="number", low=1, high=50),
        Limit(name="red", label="Red from", default=3, unit="number", low=1, high=50),
        Limit(name="red_days", label="Red above, in all", default=60, low=1),
        Limit(name="least", label="A move counts from", default=7, low=1, high=90),
    ),
)
