"""S15: the champion or the economic buyer is gone."""

from deals.signals.case import DealCase, Part, Person
from deals.signals.finding import Answer, Severity, clear, fired, unknown
from deals.signals.signal import Group, Limits, Signal


def judge(case: DealCase, limits: Limits) -> Answer:
    key = [person for person in case.people if {Part.CHAMPION, Part.ECONOMIC_BUYER} & set(person.parts)]
    if not key:
        return _main_contact(case)
    gone = [person for person in key if person.has_left]
    if not gone:
        return clear()
    who = gone[0]
    return fired(
        Severity.RED,
        f"{who.name}, {who.parts[0]}, seems to have left",
        evidence=(*who.left_evidence, *who.evidence),
        step=_step(case, who),
    )


def _main_contact(case: DealCase) -> Answer:
    """Where nobody's part is known, whoever of the people named we deal with most."""
    named = [person for person in case.people if person.is_named]
    often = [sum(person.contact_id in touch.people for touch in case.touches) for person in named]
    if not named or not max(often):
        return unknown("Neither a champion nor an economic buyer is named.")
    who = named[often.index(max(often))]
    if not who.has_left:
        return unknown("Neither a champion nor an economic buyer is named.")
    return fired(
        Severity.AMBER,
        f"{who.name}, whom we deal with most, seems to have left",
        evidence=(*who.left_evidence, *who.evidence),
        step=_step(case, who),
    )


def _step(case: DealCase, gone: Person) -> str:
    other = next((p for p in case.people if p.is_named and not p.has_left and p.contact_id != gone.contact_id), None)
    whom = other.name if other else "the switchboard"
    return f"Ask {whom} who takes over from {gone.name}, and find a way to the new person."


KEY_PERSON_LEFT = Signal(
    code="S15",
    title="Champion or buyer left",
    about="The address bounces, the person is marked as gone or has a new employer.",
    group=Group.PEOPLE,
    weight=20,
    judge=judge,
    is_on=True,
)
