"""The explanation of a pair as a chart beside its fields: one floating bar per field, from the prior to the total."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline import evidence
from pipeline.matching.explanation import Explanation, Line
from pipeline.models import Decision
from pipeline.pipeline import Case, Contrast, Pair
from pipeline.runner.accept import cuts

# Room at either end of the axis, in points.
_MARGIN = 1.0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """`left` and `width` in percent of the axis; `text` the points with their sign; `tone` for, against or none."""

    text: str
    tone: str
    left: float
    width: float
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One field: its values on both sides and its bar (None where the field was not weighed)."""

    label: str
    contrast: Contrast | None
    bar: Bar | None


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A cut as a line through all bars, `at` in percent of the axis."""

    at: float
    points: str


@dataclass(frozen=True, kw_only=True)
class Waterfall:
    """`new_to` and `same_from` are the cuts where they exist; `verdict` says on which side of them the total lies."""

    prior: Bar
    steps: tuple[Step, ...]
    total: Bar
    sentence: str
    verdict: str
    new_to: Mark | None
    same_from: Mark | None
    zero: float


def waterfall(case: Case, pair: Pair, decision: Decision) -> Waterfall | None:
    """The chart of the case beside one of its candidates; None where the two were never weighed."""
    candidate = case.candidate(pair.right.object_id)
    if candidate is None:
        return None
    labels = {contrast.name: contrast.label for contrast in pair.contrasts if contrast.name}
    found = evidence.explanation(candidate, labels, cuts_of(decision))
    return draw(found, pair.contrasts) if found else None


def cuts_of(decision: Decision) -> tuple[float | None, float | None]:
    """The cuts as they lay when it was decided."""
    kept: Mapping[str, Any] = decision.evidence.get(evidence.COMPARED) or {}
    if "cuts" in kept:
        return tuple(kept["cuts"])  # type: ignore[return-value]
    return cuts({(layer, label): value for layer, label, value in decision.versions.get("thresholds") or ()})


def draw(found: Explanation, contrasts: Iterable[Contrast]) -> Waterfall:
    """Steps in the order of `contrasts`; what was weighed beside them (and moved the sum) comes last."""
    axis = _Axis.of(found)
    shown = list(contrasts)
    named = {contrast.name for contrast in shown}
    lines = {line.name: line for line in found.lines}
    steps = [
        Step(label=one.label, contrast=one, bar=axis.bar(lines[one.name]) if one.name in lines else None)
        for one in shown
    ]
    rest = [line for line in found.lines if line.name not in named and line.points]
    steps += [Step(label=line.label, contrast=None, bar=axis.bar(line)) for line in rest]
    return Waterfall(
        prior=axis.bar(found.prior),
        steps=tuple(steps),
        total=axis.between(Decimal(0), found.total, ""),
        sentence=found.sentence,
        verdict=_verdict(found),
        new_to=axis.mark(found.new_to),
        same_from=axis.mark(found.same_from),
        zero=axis.place(0.0),
    )


def _verdict(found: Explanation) -> str:
    if found.same_from is not None and float(found.total) >= found.same_from:
        return f"joined from {_signed(found.same_from)}"
    if found.new_to is not None and float(found.total) <= found.new_to:
        return f"kept apart up to {_signed(found.new_to)}"
    sides = [f"kept apart up to {_signed(found.new_to)}"] if found.new_to is not None else []
    sides += [f"joined from {_signed(found.same_from)}"] if found.same_from is not None else []
    return ", ".join(sides)


@dataclass(frozen=True, kw_only=True)
class _Axis:
    low: float
    high: float

    @classmethod
    def of(cls, found: Explanation) -> "_Axis":
        ends = [0.0, *(float(step.after) for step in found.steps), *filter(None, (found.new_to, found.same_from))]
        return cls(low=min(ends) - _MARGIN, high=max(ends) + _MARGIN)

    def place(self, points: float) -> float:
        return round(100 * (points - self.low) / (self.high - self.low), 2)

    def bar(self, line: Line) -> Bar:
        return self.between(line.before, line.after, line.words)

    def between(self, before: Decimal, after: Decimal, words: str) -> Bar:
        left, right = sorted((self.place(float(before)), self.place(float(after))))
        points = after - before
        tone = "none" if not points else "for" if points > 0 else "against"
        return Bar(text=_signed(points), tone=tone, left=left, width=round(right - left, 2), words=words)

    def mark(self, points: float | None) -> Mark | None:
        return None if points is None else Mark(at=self.place(points), points=_signed(points))


def _signed(points: float | Decimal) -> str:
    """ "+4.2", "−3.0", "0.0" with a true minus."""
    return f"{points:+.1f}".replace("-", "−") if round(float(points), 1) else "0.0"
