"""What reviewed pairs add to the weights that were learnt without them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.matching import collective
from pipeline.matching.features import features
from pipeline.matching.fields import Field
from pipeline.matching.scorer import Scorer, train
from pipeline.matching.scoring import Pairs

Floats = npt.NDArray[np.float64]
NAME = "reviews"  # the waterfall's line for what reviews changed


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Reviewed pairs: row numbers (as in `Matches`) and whether each is a match."""

    left: Sequence[int]
    right: Sequence[int]
    is_match: Sequence[bool]


def with_reviews(fields: tuple[Field, ...], pairs: Pairs, labels: Labels, offset: int, rows: int) -> Pairs | None:
    """The pairs with the weight a scorer gives them, or None where reviews are too few or improve nothing.

    `offset` is where the right list's rows begin. What the reviews change becomes the points of one more field, so that
    points still sum to the weight; 0 bits stay the cut.
    """
    where, truth = _reviewed(pairs, labels, offset, rows)
    standing = collective.standing(pairs.left, pairs.right, pairs.weight, rows)
    _, alike = features(fields, pairs.left, pairs.right, pairs.levels)
    told = np.column_stack([alike, np.clip(pairs.weight, -20, 30) / 50, standing.gap / 60, standing.is_best])
    scorer = train(told[where].astype(np.float32), truth)
    if scorer is None or not _improves(scorer, truth, (pairs.weight[where] >= 0) & standing.is_best[where]):
        return None
    bits = scorer.bits(told.astype(np.float32)) - scorer.accept_bits
    change = (bits - pairs.weight).astype(np.float32)
    return Pairs(
        left=pairs.left, right=pairs.right, levels=np.column_stack([pairs.levels, np.ones(len(pairs), dtype=np.int8)]),
        points=np.column_stack([pairs.points, change]), weight=pairs.weight + change,
    )  # fmt: skip


def _reviewed(
    pairs: Pairs, labels: Labels, offset: int, rows: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The numbers of the reviewed pairs among the candidates, and their truth; others cannot be learnt from."""
    a, b = np.asarray(labels.left, dtype=np.int64), np.asarray(labels.right, dtype=np.int64) + offset
    wanted = np.minimum(a, b) * rows + np.maximum(a, b)
    known = pairs.left.astype(np.int64) * rows + pairs.right
    order = np.argsort(known, kind="stable")
    place = np.minimum(np.searchsorted(known[order], wanted), max(0, len(known) - 1))
    found = known[order][place] == wanted if len(known) else np.zeros(len(wanted), dtype=bool)
    return order[place[found]], np.asarray(labels.is_match, dtype=bool)[found]


def _improves(scorer: Scorer, truth: npt.NDArray[np.bool_], known: npt.NDArray[np.bool_]) -> bool:
    """Fewer wrong on pairs not learnt from, by more than two: a tie stays with what needs no labels."""
    wrong = int(((scorer.unseen >= scorer.accept_bits) != truth).sum())
    return wrong + 2 < int((known != truth).sum())
