"""A sales pipeline's stages in their order, and how far along each is: the yardstick of most signals."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property


class Phase(IntEnum):
    """How far a deal is, whatever a CRM calls its stages. "Mid" is discovery and proposal, "late" is negotiation."""

    EARLY = 0
    DISCOVERY = 1
    PROPOSAL = 2
    NEGOTIATION = 3

    @property
    def label(self) -> str:
        return self.name.capitalize()


# Days a won deal usually spends in a stage of each phase, and how often a deal there is won. Our own judgement;
# both give way to the company's own deals as these add up.
STAGE_DAYS: Mapping[Phase, float] = {
    Phase.EARLY: 14,
    Phase.DISCOVERY: 21,
    Phase.PROPOSAL: 21,
    Phase.NEGOTIATION: 30,
}
STAGE_RATES: Mapping[Phase, float] = {
    Phase.EARLY: 0.1,
    Phase.DISCOVERY: 0.25,
    Phase.PROPOSAL: 0.5,
    Phase.NEGOTIATION: 0.75,
}

# Words of stage names; the latest phase that any word speaks of counts.
_WORDS: Mapping[Phase, str] = {
    Phase.EARLY: r"prospect|lead|\bnew\b|appointment|qualification|qualify|contacted|engag|initial|inbox|kontakt",
    Phase.DISCOVERY: r"discover|needs|analysis|qualified|demo|meeting|evaluation|trial|pilot|bedarf",
    Phase.PROPOSAL: r"propos|quot|offer|presentation|angebot|pricing|perception|decision.?maker|solution",
    Phase.NEGOTIATION: r"negotia|review|contract|legal|bought.?in|verbal|commit|procurement|closing|verhandl|approval",
}


@dataclass(frozen=True, kw_only=True)
class Stages:
    """The open stages of one pipeline, first to last, with the phase of each."""

    names: tuple[str, ...] = ()
    phases: Mapping[str, Phase] = field(default_factory=dict)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names)}

    def place(self, stage: str) -> int | None:
        """0 for the first stage; None for one that is not known here."""
        return self._places.get(stage)

    def phase(self, stage: str) -> Phase | None:
        return self.phases.get(stage)

    def from_here(self, stage: str) -> tuple[str, ...]:
        """The stage and those still to come."""
        place = self.place(stage)
        return self.names[place:] if place is not None else ()


def order_stages(
    probabilities: Mapping[str, float | None],
    visits: Iterable[tuple[str, ...]] = (),
    told: Mapping[str, Phase] | None = None,
) -> Stages:
    """Open stages in order, from what is known of them.

    `probabilities` are the stages with the probability the CRM gives them (0 to 1; None where it gives none), `visits`
    the stages deals went through in order of time, `told` the phases a person entered, which win over the names.
    Stages stand by phase, then by probability, then by how early deals usually visit them.
    """
    told = told or {}
    seen: dict[str, list[int]] = {}
    for visit in visits:
        for place, name in enumerate(visit):
            seen.setdefault(name, []).append(place)
    usual = {name: sum(places) / len(places) for name, places in seen.items()}
    phases = _phases(probabilities, usual, told)
    names = sorted(phases, key=lambda name: (*_early_first(name, phases, probabilities), usual.get(name, 0.0), name))
    return Stages(names=tuple(names), phases=phases)


def _early_first(name: str, phases: Mapping[str, Phase], odds: Mapping[str, float | None]) -> tuple[float, float]:
    likely = odds[name]
    # A CRM that states probabilities has put its stages in order with them.
    if all(one is not None for one in odds.values()):
        return 0.0, likely or 0.0
    return float(phases[name]), likely or 0.0


def _phases(
    odds: Mapping[str, float | None], usual: Mapping[str, float], told: Mapping[str, Phase]
) -> dict[str, Phase]:
    by_visit = sorted(odds, key=lambda name: (usual.get(name, 0.0), name))
    return {name: told.get(name, _said(name, odds[name], by_visit.index(name), len(odds))) for name in odds}


def _said(name: str, likely: float | None, place: int, count: int) -> Phase:
    for phase in reversed(Phase):
        if re.search(_WORDS[phase], name.casefold()):
            return phase
    if likely is not None:
        return next(phase for phase, below in zip(Phase, (0.2, 0.45, 0.7, 2.0), strict=True) if likely < below)
    return Phase(min(3, 4 * place // max(1, count)))
