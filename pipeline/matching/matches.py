"""The result of a match: weighed pairs with all that explains them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.matching import weights

Rows = npt.NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class Matches:
    """Pairs worth looking at, best first. Arrays have one entry (or row) per pair, fields in the order of `names`.

    `left`, `right`: row numbers, for two lists each in its own, for one list left < right. `weight`: bits, log2 odds,
    the exact sum of `prior_bits` and the pair's `points` [pairs × fields]. `probability`: 0..1, that of the
    weight beside the rivals of either row (two lists) or at most ½ outside its cluster (one list). `levels`
    [pairs × fields]: codes into `level_names`, 0 = missing. `features` [pairs × `feature_names`]: numbers in 0..1.
    `gap`: bits to the best rival of either row (60: none; below 0: a rival is better), pairs of one cluster being no
    rivals. `is_best`: each is the other's best. `rivals`: how many rivals come within 10 bits. `is_same`: accepted
    after one-to-one choice (two lists) or clustering (one). `cluster` [left rows]: lowest row of each row's cluster,
    one list only. `parameters`: learnt shares and prior. `stats`: candidates and seconds per stage.
    """

    names: tuple[str, ...]
    level_names: tuple[tuple[str, ...], ...]
    left: Rows
    right: Rows
    weight: npt.NDArray[np.float64]
    probability: npt.NDArray[np.float64]
    levels: npt.NDArray[np.int8]
    points: npt.NDArray[np.float32]
    prior_bits: float
    gap: npt.NDArray[np.float64]
    is_best: npt.NDArray[np.bool_]
    rivals: npt.NDArray[np.int32]
    is_same: npt.NDArray[np.bool_]
    cluster: npt.NDArray[np.int64] | None
    parameters: weights.Parameters
    stats: Mapping[str, float]

    def __len__(self) -> int:
        return len(self.left)

    @property
    def feature_names(self) -> tuple[str, ...]:
        return (*self.names, "gap", "best")

    @property
    def features(self) -> npt.NDArray[np.float32]:
        """Per field the level from 0 (different) to 1 (equal), ½ where missing; then the gap (½ at 0 bits) and 1 for
        best.
        """
        tops = np.array([len(names) - 1 for names in self.level_names], dtype=np.float32)
        grades = np.where(self.levels > 0, (self.levels - 1) / np.maximum(tops - 1, 1), 0.5)
        gap = 0.5 + np.clip(self.gap, -20, 20) / 40
        return np.column_stack([grades, gap, self.is_best]).astype(np.float32)

    def level_words(self, pair: int) -> dict[str, str]:
        """Field → name of the level of one pair."""
        return {name: self.level_names[f][self.levels[pair, f]] for f, name in enumerate(self.names)}

    def point_words(self, pair: int) -> dict[str, float]:
        """Field → bits for (or against) of one pair, the prior first; their sum is the weight."""
        return {"prior": self.prior_bits} | {name: float(self.points[pair, f]) for f, name in enumerate(self.names)}


def top_candidates(
    matches: Matches, rows: int, per_record: int = 3, min_weight: float = -7.0
) -> list[list[tuple[int, int]]]:
    """For each of `rows` rows of a single list its best candidates, best first: (other row, number of the pair)."""
    found: list[list[tuple[int, int]]] = [[] for _ in range(rows)]
    for pair in np.flatnonzero(matches.weight >= min_weight).tolist():
        a, b = int(matches.left[pair]), int(matches.right[pair])
        for row, other in ((a, b), (b, a)):
            if len(found[row]) < per_record:
                found[row].append((other, pair))
    return found
