"""S21: the stage claims more than has happened."""

from deals.signals.case import Change, DealCase
from deals.signals.finding import Answer, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.stages import Phase


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.phase is None:
        return unknown("The stage is not known.")
    leaps = [change for change in case.changes("stage") if _skipped(case, change) >= limits["skipped"]]
    has_offer = case.is_at_least(Phase.PROPOSAL)
    is_unmet = has_offer and case.knows("activities") and not case.meetings
    is_nobody = has_offer and case.knows("people", "roles") and not case.people
    if not (leaps or is_unmet or is_nobody) and not case.knows("activities"):
        return unknown("Whether a meeting was held is not known.")
    return graded(
        bool(leaps or is_unmet or is_nobody),
        bool(leaps or is_unmet or is_nobody) and case.is_at_least(Phase.NEGOTIATION),
        _sentence(case, leaps, is_unmet),
        value=_skipped(case, leaps[-1]) if leaps else None,
        limit=limits["skipped"],
        evidence=tuple(change.evidence for change in leaps) or (f"deal:{case.deal_id}",),
        step="Go through what the earlier stages ask for, and move the deal to where it is.",
    )


def _sentence(case: DealCase, leaps: list[Change], is_unmet: bool) -> str:
    if leaps:
        return f"Skipped {_skipped(case, leaps[-1])} stages on the way to “{leaps[-1].new}”"
    return f"In “{case.stage}” with no meeting held" if is_unmet else f"In “{case.stage}” with nobody named"


def _skipped(case: DealCase, change: Change) -> int:
    """Stages between the old one and the new one."""
    before, after = case.stages.place(change.old), case.stages.place(change.new)
    return after - before - 1 if before is not None and after is not None else 0


AHEAD_OF_EVIDENCE = Signal(
    code="S21",
    title="Stage ahead of evidence",
    about="Stages were skipped, or an offer is out without a meeting or a person.",
    group=Group.HYGIENE,
    weight=12,
    judge=judge,
    limits=(Limit(name="skipped", label="Skipped stages", default=2, unit="number", low=1, high=10),),
)
