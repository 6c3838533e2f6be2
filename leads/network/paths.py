"""Warm paths to a person: who of us knows them, or knows somebody who does, and how likely that is to help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

MOST_PATHS = 3
DORMANT_SHARE = 0.8
# Below one in a hundred nobody would ask.
LEAST_SCORE = 1.0
# Sharing an employer is a possibility, not a tie.
POTENTIAL = 20.0
# A colleague is spared once they were asked more often than this: (days, times).
FATIGUE = ((14, 1), (90, 3))
LONGEST_REST = max(days for days, _ in FATIGUE)


@dataclass(frozen=True, kw_only=True)
class Known:
    """A colleague's tie to a contact. `strength` is 0..100."""

    colleague: int
    contact: int
    strength: float
    is_dormant: bool = False


@dataclass(frozen=True, kw_only=True)
class Bridge:
    """A contact who may know the wanted person: they met (`kind` "met") or work for the same company ("employer")."""

    contact: int
    strength: float
    kind: str
    is_dormant: bool = False


@dataclass(frozen=True, kw_only=True)
class Path:
    """One way to the wanted person: over a colleague, and where `via` is set over a contact of theirs.

    `score` is 0..100: the strengths of its links multiplied.
    """

    colleague: int
    via: Bridge | None
    first: Known
    score: float

    @property
    def hops(self) -> int:
        return 1 if self.via is None else 2


def is_rested(asked_on: Sequence[date], today: date) -> bool:
    """Whether a colleague may be asked for an introduction again: not tired by those they were asked for lately."""
    ages = [(today - day).days for day in asked_on]
    return all(sum(0 <= age < days for age in ages) <= times for days, times in FATIGUE)


def score(strengths: Sequence[float], is_last_dormant: bool = False) -> float:
    """Strengths (0..100) of at most two links multiplied, 0..100; four fifths of it where the last link is dormant."""
    product = 100.0
    for strength in strengths:
        product *= strength / 100
    return product * (DORMANT_SHARE if is_last_dormant else 1)


def find(target: int, known: Sequence[Known], bridges: Sequence[Bridge]) -> list[Path]:
    """The best paths to a contact, at most three, one per colleague and strongest first.

    `known` holds ties of colleagues who may be asked, to the target and to the bridges' contacts alike.
    """
    best: dict[int, Path] = {}
    by_contact: dict[int, Bridge] = {}
    for bridge in sorted(bridges, key=lambda one: (one.strength, one.contact)):
        by_contact[bridge.contact] = bridge
    for tie in known:
        path = _path(target, tie, by_contact)
        if path and path.score >= LEAST_SCORE and _rank(path) < _rank(best.get(tie.colleague)):
            best[tie.colleague] = path
    return sorted(best.values(), key=_rank)[:MOST_PATHS]


def _path(target: int, tie: Known, bridges: Mapping[int, Bridge]) -> Path | None:
    if tie.contact == target:
        return Path(colleague=tie.colleague, via=None, first=tie, score=score([tie.strength], tie.is_dormant))
    via = bridges.get(tie.contact)
    if via is None:
        return None
    found = score([tie.strength, via.strength], via.is_dormant)
    return Path(colleague=tie.colleague, via=via, first=tie, score=found)


def _rank(path: Path | None) -> tuple[float, int, int, int]:
    """Strongest first, then the shorter way; ids settle the rest, so that the order never changes by itself."""
    if path is None:
        return (1.0, 0, 0, 0)
    return (-path.score, path.hops, path.colleague, path.via.contact if path.via else 0)
