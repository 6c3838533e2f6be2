"""How a given pair stands among the other given pairs of its records, and what is known of those."""

import numpy as np
import numpy.typing as npt

from pipeline.matching import collective

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int32]
_FAR = 20.0  # bits; a pair without rivals stands no better than one that beats them by as much


def rivalry(left: Numbers, right: Numbers, bits: Floats, truth: npt.NDArray[np.bool_]) -> Floats:
    """Numbers [pairs × 10], the same whichever side comes first.

    `left`, `right` [pairs] name the record of either side, `bits` weighs the pairs, `truth` [known] says of the first
    pairs whether they match. Per side, least and most: bits to the best rival, the rival's own bits, how many rivals
    there are, how many of them are known to match and how many not to.
    """
    sides = [_of_side(record, bits, truth) for record in (left, right)]
    return np.column_stack([np.minimum(*sides), np.maximum(*sides)])


def _of_side(record: Numbers, bits: Floats, truth: npt.NDArray[np.bool_]) -> Floats:
    alone = np.arange(len(record), dtype=np.int32) + int(record.max(initial=0)) + 1
    gap = np.clip(collective.standing(record, alone, bits, 0).gap, -_FAR, _FAR)
    matches, others = np.zeros(len(record)), np.zeros(len(record))
    matches[: len(truth)], others[: len(truth)] = truth, ~truth
    counts = [np.bincount(record, weights=one)[record] - one for one in (np.ones(len(record)), matches, others)]
    best = np.where(counts[0] > 0, np.clip(bits - gap, -_FAR, _FAR), -_FAR)
    return np.column_stack([gap, best, *counts])
