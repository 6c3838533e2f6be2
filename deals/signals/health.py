"""Health: 100 less what the findings cost, group by group, each capped; the lines shown sum exactly.

health = 100 − Σ over groups of min(cap, Σ weight · (1 red | ½ amber)). Points are whole numbers: weights are even.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from deals.signals.finding import Finding, State
from deals.signals.registry import BY_CODE
from deals.signals.signal import Group

# Below this share of known signals a colour would pretend to know.
ENOUGH = 0.5


class Band(StrEnum):
    GOOD = "good"
    WATCH = "watch"
    AT_RISK = "at risk"
    CRITICAL = "critical"
    UNKNOWN = "not enough data"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one finding takes off; `points` are what is left of `full` under the group's cap."""

    finding: Finding
    group: Group
    full: int
    points: int

    @property
    def code(self) -> str:
        return self.finding.code


@dataclass(frozen=True, kw_only=True)
class Health:
    """`score` 0 to 100 = 100 − the points of all lines; `completeness` is the share (0 to 1) of weight known."""

    score: int
    completeness: float
    lines: tuple[Line, ...] = ()

    @property
    def band(self) -> Band:
        return band_of(self.score) if self.completeness >= ENOUGH else Band.UNKNOWN

    @property
    def heaviest(self) -> Line | None:
        """The line that costs most before caps; of equals the first in the order of signals."""
        return self.lines[0] if self.lines else None


def band_of(score: int) -> Band:
    """The colour of a score, whatever is known."""
    if score >= 75:
        return Band.GOOD
    if score >= 50:
        return Band.WATCH
    return Band.AT_RISK if score >= 25 else Band.CRITICAL


def health_of(findings: Iterable[Finding]) -> Health:
    """The health that these findings add up to; lines come heaviest first."""
    found = list(findings)
    replaced = {BY_CODE[one.code].replaces for one in found if one.is_fired} - {""}
    counted = sorted(
        (one for one in found if one.is_fired and one.code not in replaced), key=lambda one: (-_cost(one), one.code)
    )
    left = {group: group.cap for group in Group}
    # The groups' caps add up to more than there is to lose.
    score = 100
    lines = []
    for one in counted:
        group = BY_CODE[one.code].group
        points = min(left[group], score, _cost(one))
        left[group] -= points
        score -= points
        lines.append(Line(finding=one, group=group, full=_cost(one), points=points))
    return Health(
        score=score,
        completeness=completeness(found),
        lines=tuple(lines),
    )


def _cost(finding: Finding) -> int:
    weight = BY_CODE[finding.code].weight
    return weight if finding.is_red else weight // 2


def completeness(findings: Sequence[Finding]) -> float:
    """The share of signals that are not unknown, weighted; 0 where none was judged."""
    whole = sum(BY_CODE[one.code].weight for one in findings)
    known = sum(BY_CODE[one.code].weight for one in findings if one.state != State.UNKNOWN)
    return known / whole if whole else 0.0


def group_points(health: Health) -> Mapping[Group, int]:
    """What each group takes off."""
    return {group: sum(line.points for line in health.lines if line.group is group) for group in Group}


def attention(base_amount: float | None, stage_rate: float | None, health: Health, days_to_close: int | None) -> float:
    """How soon a deal deserves a look: money likely to be won, at risk, and due soon. 0 and up, larger first.

    amount · p_stage · (1 − health/100) / (1 + days_to_close/30); a date that has passed counts as today, a missing one
    as a quarter ahead; an unknown amount or rate counts as one.
    """
    days = 90 if days_to_close is None else max(0, days_to_close)
    worth = (base_amount if base_amount is not None else 1.0) * (stage_rate if stage_rate is not None else 1.0)
    return worth * (1 - health.score / 100) / (1 + days / 30)


def stage_rate(won: int, reached: int, default: float) -> float:
    """The share of deals won from a stage, drawn to its default: (won + 2·default) / (reached + 2)."""
    return (won + 2 * default) / (reached + 2)


def shrunk_median(own: float | None, number: int, default: float) -> float:
    """A median drawn to the default as if ten deals had said so: (n·median + 10·default) / (n + 10)."""
    if own is None or number == 0:
        return default
    return (number * own + 10 * default) / (number + 10)
