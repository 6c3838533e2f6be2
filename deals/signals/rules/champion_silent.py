"""S14: the champion has stopped writing."""

from deals.signals.case import DealCase, Part
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.stages import Phase
from deals.signals.wording import days


def judge(case: DealCase, limits: Limits) -> Answer:
    champions = case.in_part(Part.CHAMPION)
    if not champions:
        return clear() if case.knows("roles") else unknown("Nobody's part in the deal is known.")
    if not case.knows("activities", "people") or case.created_on is None:
        return unknown("Who takes part in activities is not known.")
    heard = case.heard_from(champions)
    silent = case.days_since(heard[-1].on if heard else case.created_on)
    limit = limits["late" if case.phase == Phase.NEGOTIATION else "amber"]
    return graded(
        silent > limit,
        silent > limits["red"],
        f"{champions[0].name}, our champion, silent for {days(silent)}",
        value=silent,
        limit=limit,
        evidence=(*(touch.evidence for touch in heard[-1:]), *champions[0].evidence),
        step=f"Call {champions[0].name} and ask what changed.",
    )


CHAMPION_SILENT = Signal(
    code="S14",
    title="Champion silent",
    about="Days since the champion last wrote to us or met us.",
    group=Group.PEOPLE,
    weight=10,
    judge=judge,
    limits=(
        Limit(name="amber", label="Amber above", default=14, is_scaled=True, low=1),
        Limit(name="late", label="Amber above, late stages", default=7, is_scaled=True, low=1),
        Limit(name="red", label="Red above", default=30, is_scaled=True, low=1),
    ),
)
