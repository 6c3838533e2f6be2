"""What a decision rested on, kept with it: the comparison with one record, both sides' values, where the cuts lay.

Records change and are withdrawn; what a decision says about itself stays true.
"""

import math
from collections.abc import Mapping
from typing import Any

from pipeline.matching.explanation import Explanation, explain
from pipeline.pipeline import Candidate, Case

COMPARED = "compared"
_MOST_CHARACTERS = 200
_MOST_VALUES = 5

Thresholds = Mapping[tuple[str, str], float]


def compared(case: Case, candidate: Candidate, cuts: tuple[float | None, float | None]) -> dict[str, Any]:
    """JSON of the comparison of `case` with `candidate`; `cuts` as `cut_bits` gives them."""
    names = [name for name in {**case.values, **candidate.values} if _filled(case, name) or _filled(candidate, name)]
    return {
        "with": candidate.object_id,
        "sources": [case.source, candidate.source],
        "weight": candidate.weight,
        "probability": candidate.probability,
        "points": dict(candidate.points),
        "levels": dict(candidate.levels),
        "values": {name: [_kept(case.values.get(name)), _kept(candidate.values.get(name))] for name in names},
        "guards": list(candidate.guards),
        "cuts": list(cuts),
    }


def of(
    case: Case, anchor: int | None, said: Mapping[str, Any], cuts: tuple[float | None, float | None]
) -> dict[str, Any]:
    """What a layer `said`, with the comparison with the anchor, or with the likeliest candidate where there is none."""
    if not case.candidates:
        return dict(said)
    best = case.candidate(anchor) or max(case.candidates, key=lambda one: one.weight)
    return {**said, COMPARED: compared(case, best, cuts)}


def as_judged(object_id: int, evidence: Mapping[str, Any]) -> Case | None:
    """The case with the one candidate that its decision rested on; None where no comparison was kept."""
    kept = evidence.get(COMPARED)
    if not kept:
        return None
    left, right = ({name: sides[side] for name, sides in kept["values"].items()} for side in (0, 1))
    candidate = Candidate(
        object_id=kept["with"],
        values=right,
        source=kept["sources"][1],
        weight=kept["weight"],
        probability=kept["probability"],
        points=kept["points"],
        levels=kept["levels"],
        guards=tuple(kept["guards"]),
    )
    return Case(object_id=object_id, values=left, source=kept["sources"][0], candidates=(candidate,))


def cut_bits(thresholds: Thresholds, layer: str, default: float) -> tuple[float | None, float | None]:
    """Up to which weight a layer keeps two records apart unseen, and from which it joins them (bits).

    `thresholds` are scores in 0..1 that "new" and "same" must reach, `default` where none is set; a threshold that
    cannot be reached has no cut.
    """
    apart, same = (thresholds.get((layer, label), default) for label in ("new", "same"))
    new_to, same_from = _bits(apart), _bits(same)
    return (None if new_to is None else -new_to), same_from


def explanation(
    candidate: Candidate, labels: Mapping[str, str], cuts: tuple[float | None, float | None] = (None, None)
) -> Explanation | None:
    """The waterfall of a candidate; None where fields were never weighed."""
    if not candidate.points:
        return None
    return explain(candidate.points, candidate.levels, labels=labels, new_to=cuts[0], same_from=cuts[1])


def _bits(chance: float) -> float | None:
    return round(math.log2(chance / (1 - chance)), 4) if 0 < chance < 1 else None


def _filled(side: Case | Candidate, name: str) -> bool:
    return side.values.get(name) not in (None, "", [], False)


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return value[:_MOST_CHARACTERS]
    if isinstance(value, list | tuple):
        return [_kept(item) for item in value[:_MOST_VALUES]]
    return value
