"""S11: nobody is named who can sign."""

from deals.signals.case import DealCase, Part
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limits, Signal
from deals.signals.stages import Phase


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.phase is None:
        return unknown("The stage is not known.")
    if not case.knows("roles") and not case.people:
        return unknown("Nobody of the buying side is known.")
    if case.in_part(Part.ECONOMIC_BUYER):
        return clear()
    guess = next((person for person in case.people if person.is_senior), None)
    sentence = f"Economic buyer not confirmed: perhaps {guess.name}, by title" if guess else "No economic buyer named"
    return graded(
        case.is_at_least(Phase.PROPOSAL),
        case.is_at_least(Phase.NEGOTIATION),
        sentence,
        evidence=guess.evidence if guess else (f"deal:{case.deal_id}",),
        step=_step(case),
    )


def _step(case: DealCase) -> str:
    champion = next(iter(case.in_part(Part.CHAMPION)), None)
    ask = f"Ask {champion.name}" if champion else "Ask who signs, and"
    tie = next(iter(case.senior_ties), None)
    known = f" {tie.colleague} knows {tie.name}{f', {tie.title},' if tie.title else ''} there well." if tie else ""
    return f"{ask} for an introduction{' to whoever signs' if champion else ' to them'}.{known}"


NO_ECONOMIC_BUYER = Signal(
    code="S11",
    title="No economic buyer",
    about="From the proposal on, somebody who can sign has to be named; a guess by title does not count.",
    group=Group.PEOPLE,
    weight=12,
    judge=judge,
    is_on=True,
)
