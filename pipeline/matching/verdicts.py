"""A model's verdicts about pairs that were left open: evidence that moves the weight, never the judge.

One question per record, about its best three candidates. How far a verdict moves the weight is the log-odds it was
measured to be worth; before anything was measured, odds of 20 : 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.matching import collective, weights
from pipeline.matching.matches import Matches

NAME = "a model's answer"  # the waterfall's line; no column is called so
MOST_CANDIDATES = 3
_ODDS = 20.0  # of a verdict that nothing is known about, and for how many checks that counts

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A record (row of the right list, or the later row of one list) and the numbers of the pairs to choose among."""

    record: int
    pairs: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Worth:
    """The bits by which "same" speaks for the candidate it names, and "different" against each one it was shown."""

    same: float
    different: float


def to_ask(found: Matches, is_open: Flags) -> list[Asked]:
    """One question per record with an open pair [pairs]: its best pairs, accepted rivals among them."""
    candidates: dict[int, list[int]] = {}
    for pair in np.flatnonzero(is_open | found.is_same).tolist():
        candidates.setdefault(int(found.right[pair]), []).append(pair)
    asked = [Asked(record=record, pairs=tuple(pairs[:MOST_CANDIDATES])) for record, pairs in candidates.items()]
    return [one for one in asked if any(is_open[pair] for pair in one.pairs)]


def worth(said_same: Sequence[bool], is_match: Sequence[bool]) -> Worth:
    """What verdicts are worth, from pairs whose truth is known and what was said about them; 4.3 bits without any.

    The log of the likelihood ratio, each rate held down by the prior odds as if they rested on one more check a side.
    Never below 0: a model that is more often wrong than right is not asked to be contradicted.
    """
    said, truth = np.asarray(said_same, dtype=bool), np.asarray(is_match, dtype=bool)
    hit = _rate(int((said & truth).sum()), int(truth.sum()), _ODDS / (_ODDS + 1))
    slip = _rate(int((said & ~truth).sum()), int((~truth).sum()), 1 / (_ODDS + 1))
    same, different = np.log2(hit / slip), np.log2((1 - slip) / (1 - hit))
    return Worth(same=max(0.0, float(same)), different=max(0.0, float(different)))


def _rate(number: int, of: int, expected: float) -> float:
    return (number + expected) / (of + 1)


def with_verdicts(found: Matches, bits: Mapping[int, float], rows: int, accept_bits: float = 0.0) -> Matches:
    """The matches after verdicts moved the weight of some pairs (number of the pair → bits), judged together again.

    `rows` is how many rows both lists have; best first as before. What the verdicts add is one more field, so that
    points still sum to the weight.
    """
    moved = np.zeros(len(found))
    moved[list(bits)] = list(bits.values())
    weight = found.weight + moved
    order = np.lexsort((found.right, found.left, -weight))
    left, right, weight = found.left[order], found.right[order], weight[order]
    if found.cluster is None:
        # Row numbers of two lists count from 0 each; judged together they must not meet.
        apart = right + np.int32(rows)
        cluster = None
        is_same = collective.one_to_one(left, apart, weight, 2 * rows) & (weight >= accept_bits)
        place = collective.standing(left, apart, weight, 2 * rows)
    else:
        cluster = collective.clusters(left, right, weight, len(found.cluster), accept_bits)
        is_same = cluster[left] == cluster[right]
        place = collective.standing(left, right, weight, len(found.cluster), is_same)
    said = (moved != 0).astype(np.int8)
    return replace(
        found,
        names=(*found.names, NAME),
        level_names=(*found.level_names, ("missing", "said")),
        left=left,
        right=right,
        weight=weight,
        probability=weights.probability(weight),
        levels=np.column_stack([found.levels, said])[order],
        points=np.column_stack([found.points, moved.astype(np.float32)])[order],
        gap=place.gap,
        is_best=place.is_best,
        rivals=place.rivals,
        is_same=is_same,
        cluster=cluster,
    )
