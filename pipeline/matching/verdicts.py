"""A model's verdicts about pairs that were left open: evidence that moves the weight, never the judge.

One question per record, about its best three candidates. How far a verdict moves the weight is the log-odds it was
measured to be worth; before anything was measured, odds of 20 : 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.matching.blocking import Lists
from pipeline.matching.decision import decide, share_compared
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


def with_verdicts(
    found: Matches,
    bits: Mapping[int, float],
    lists: Lists,
    *,
    truth: Mapping[tuple[int, int], bool] | None = None,
    accept_bits: float = 0.0,
) -> Matches:
    """The matches after verdicts moved the weight of some pairs (number of the pair → bits), judged together again.

    What people said stands whatever a model says (`truth`: left row and right, of one list the lower first → same or
    not). What the verdicts add is one more field, so that points still sum to the weight; best first as before.
    """
    moved = np.zeros(len(found))
    moved[list(bits)] = list(bits.values())
    order = np.lexsort((found.right, found.left, -(found.weight + moved)))
    left, right, weight = found.left[order], found.right[order], (found.weight + moved)[order]
    known = np.array(
        [_word(truth or {}, pair) for pair in zip(left.tolist(), right.tolist(), strict=True)], dtype=np.int8
    )
    offset = np.int32(lists.left if lists.right else 0)
    compared = share_compared(found.levels[order, : len(found.parameters.kinds)])
    made = decide(left, right + offset, weight, lists, accept_bits, known, compared=compared)
    said = (moved != 0).astype(np.int8)
    # Where nothing was said a pair is as likely as before; beside rivals that is not its weight alone.
    is_moved = moved[order] != 0
    return replace(
        found,
        names=(*found.names, NAME),
        level_names=(*found.level_names, ("missing", "said")),
        left=left,
        right=right,
        weight=weight,
        probability=np.where(is_moved, made.probability, found.probability[order]),
        levels=np.column_stack([found.levels, said])[order],
        points=np.column_stack([found.points, moved.astype(np.float32)])[order],
        gap=made.standing.gap,
        is_best=made.standing.is_best,
        rivals=made.standing.rivals,
        is_same=made.is_same,
        cluster=made.cluster,
    )


def _word(truth: Mapping[tuple[int, int], bool], pair: tuple[int, int]) -> int:
    """1 where a person said the same, -1 where not, 0 where nobody said anything."""
    said = truth.get(pair)
    return 0 if said is None else 1 if said else -1
