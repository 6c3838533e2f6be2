"""What reviewed pairs add to the weights that were learnt without them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.matching.blocking import Lists
from pipeline.matching.decision import Decision, Known, decide, share_compared
from pipeline.matching.features import features
from pipeline.matching.scorer import Scorer, train
from pipeline.matching.scoring import Judge, Pairs

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
NAME = "reviews"  # the waterfall's line for what reviews changed
_SAID = 20.0  # bits for or against a pair that a person has judged
_CLEARLY = 2  # fewer wrong reviews by no more than this are chance


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Reviewed pairs: row numbers (as in `Matches`) and whether each is a match."""

    left: Sequence[int]
    right: Sequence[int]
    is_match: Sequence[bool]


def with_reviews(judge: Judge, pairs: Pairs, labels: Labels, lists: Lists, accept_bits: float) -> tuple[Pairs, Known]:
    """The pairs with what reviews change as the points of one more field, and what is known of each: 1, -1, 0 nothing.

    Reviewed pairs keep what was said of them. The others get the weight of a scorer where that is clearly better on
    reviews it has not seen, in all that follows from it; a tie stays with what needs no labels.
    """
    pairs, where, truth = _reviewed(judge, pairs, labels, lists)
    alone = decide(
        pairs.left, pairs.right, pairs.weight, lists, accept_bits,
        apart=pairs.apart, compared=share_compared(pairs.levels),
    )  # fmt: skip
    learnt = _learnt(judge, pairs, alone, where, truth, lists, accept_bits)
    weight = pairs.weight.copy() if learnt is None else learnt
    known = np.zeros(len(pairs), dtype=np.int8)
    known[where] = np.where(truth, 1, -1)
    weight[where] = np.where(truth, np.maximum(weight[where], 0) + _SAID, np.minimum(weight[where], 0) - _SAID)
    change = (weight - pairs.weight).astype(np.float32)
    untaught = pairs.apart | _second_choices(pairs, alone, known, lists)
    apart = untaught if learnt is None else np.zeros_like(untaught)
    changed = Pairs(
        left=pairs.left, right=pairs.right, levels=np.column_stack([pairs.levels, np.ones(len(pairs), dtype=np.int8)]),
        points=np.column_stack([pairs.points, change]), weight=pairs.weight + change,
        apart=apart, proven=pairs.proven,
    )  # fmt: skip
    return changed, known


def _second_choices(pairs: Pairs, alone: Decision, known: Known, lists: Lists) -> Flags:
    """Pairs [pairs] nobody would have accepted, had a person not refused the partner of either row.

    Who was wrong about the best partner is not believed about the next one: a person looks at it.
    """
    if not lists.right:
        return np.zeros(len(pairs), dtype=bool)
    refused = alone.is_same & (known < 0)
    freed = np.zeros(lists.rows, dtype=bool)
    freed[pairs.left[refused]] = freed[pairs.right[refused]] = True
    return (freed[pairs.left] | freed[pairs.right]) & ~alone.is_same & (known == 0)


def _reviewed(judge: Judge, pairs: Pairs, labels: Labels, lists: Lists) -> tuple[Pairs, npt.NDArray[np.int64], Flags]:
    """The pairs with reviewed matches that were no candidates, the numbers of reviewed ones, and their truth.

    The last word on a pair counts.
    """
    offset = lists.left if lists.right else 0
    a, b = np.asarray(labels.left, dtype=np.int64), np.asarray(labels.right, dtype=np.int64) + offset
    said = dict(zip((np.minimum(a, b) * lists.rows + np.maximum(a, b)).tolist(), labels.is_match, strict=True))
    wanted, truth = np.array(list(said), dtype=np.int64), np.array(list(said.values()), dtype=bool)
    codes = pairs.left.astype(np.int64) * lists.rows + pairs.right
    missing = np.setdiff1d(wanted[truth & (wanted // lists.rows != wanted % lists.rows)], codes)
    if len(missing):
        more = ((missing // lists.rows).astype(np.int32), (missing % lists.rows).astype(np.int32))
        pairs, codes = pairs.joined(judge.compare_and_weigh(*more)), np.r_[codes, missing]
    order = np.argsort(codes, kind="stable")
    place = np.minimum(np.searchsorted(codes[order], wanted), max(0, len(codes) - 1))
    found = codes[order][place] == wanted if len(codes) else np.zeros(len(wanted), dtype=bool)
    return pairs, order[place[found]], truth[found]


def _learnt(
    judge: Judge, pairs: Pairs, alone: Decision, where: npt.NDArray[np.int64], truth: Flags, lists: Lists,
    accept_bits: float,
) -> Floats | None:  # fmt: skip
    """The weights of a scorer [pairs], or None where reviews are too few or what they teach is not clearly better."""
    told = _told(judge, pairs, alone)
    scorer = train(told[where], truth)
    if scorer is None:
        return None
    weight = scorer.bits(told) - scorer.accept_bits + accept_bits
    return weight if _improves(scorer, weight, alone, pairs, where, truth, lists, accept_bits) else None


def _told(judge: Judge, pairs: Pairs, alone: Decision) -> npt.NDArray[np.float32]:
    _, alike = features(judge.fields, pairs.left, pairs.right, pairs.levels)
    place = alone.standing
    said = [np.clip(pairs.weight, -20, 30) / 50, np.clip(place.gap, -30, 30) / 60, place.is_best, alone.is_same]
    return np.column_stack([alike, *said]).astype(np.float32)


def _improves(
    scorer: Scorer, weight: Floats, alone: Decision, pairs: Pairs, where: npt.NDArray[np.int64], truth: Flags,
    lists: Lists, accept_bits: float,
) -> bool:  # fmt: skip
    """Clearly fewer wrong, and no more of either kind: one match missed in fifty may stand for thousands."""
    unseen = weight.copy()
    unseen[where] = scorer.unseen - scorer.accept_bits + accept_bits
    taught = decide(pairs.left, pairs.right, unseen, lists, accept_bits, compared=share_compared(pairs.levels))
    before, after = (_wrong(one.is_same[where], truth) for one in (alone, taught))
    return after[0] <= before[0] and after[1] <= before[1] and sum(after) + _CLEARLY < sum(before)


def _wrong(is_same: Flags, truth: Flags) -> tuple[int, int]:
    """How many matches are missed, and how many others accepted."""
    return int((truth & ~is_same).sum()), int((~truth & is_same).sum())
