"""Match one list with itself or two lists with each other: normalise, block, compare, weigh, judge together."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pipeline.matching import blocking, collective, frequency, sampling, weights
from pipeline.matching.blocking import Blocking, Lists
from pipeline.matching.comparison import SCALES, compare_all
from pipeline.matching.fields import Field, encode
from pipeline.matching.table import Table

Rows = npt.NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`country` (ISO 3166) reads national phone numbers; pairs below `least_bits` are not returned; `accept_bits` is
    the weight from which on a pair counts as the same where nobody decides; `seed` draws the random pairs.
    """

    country: str = "US"
    least_bits: float = -7.0
    accept_bits: float = 0.0
    seed: int = 20260101
    blocking: Blocking = field(default_factory=Blocking)


@dataclass(frozen=True, kw_only=True)
class Matches:
    """Pairs worth looking at, best first. Arrays have one entry (or row) per pair, fields in the order of `names`.

    `left`, `right`: row numbers, for two lists each in its own, for one list left < right. `weight`: bits, log2 odds,
    the exact sum of `prior_bits` and the pair's `points` [pairs × fields]. `probability`: the same in 0..1. `levels`
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


def match(left: Table, right: Table | None = None, *, settings: Settings | None = None) -> Matches:
    """All pairs of rows that may be one entity, weighed. Columns of two lists pair up by name; any size, also empty."""
    settings = settings or Settings()
    clock = _Clock()
    fields = encode(left, right, settings.country)
    lists = Lists(left=len(left), right=len(right) if right is not None else 0)
    clock.stage("normalise")
    if right is not None and not len(right):
        lists = Lists(left=0, right=0)
    a, b = blocking.candidates(fields, lists, settings.blocking)
    clock.stage("block")
    levels = compare_all(fields, a, b)
    clock.stage("compare")
    known = weights.estimate(
        tuple(one.kind for one in fields), levels, sampling.samples(fields, lists, settings.seed), lists.pairs
    )
    points = known.points(levels)
    _add_rarity(points, fields, levels, known, a)
    weight = _sum(known.prior_bits, points)
    clock.stage("weigh")
    kept = np.flatnonzero(weight >= settings.least_bits)
    kept = kept[np.lexsort((b[kept], a[kept], -weight[kept]))]
    return _judged(
        fields, lists, a[kept], b[kept], weight[kept],
        levels[kept],
        points[kept], known, settings, clock, len(a),
    )  # fmt: skip


def _judged(
    fields: tuple[Field, ...], lists: Lists, a: Rows, b: Rows, weight: npt.NDArray[np.float64],
    levels: npt.NDArray[np.int8], points: npt.NDArray[np.float32], known: weights.Parameters, settings: Settings, clock: "_Clock", candidates: int,
) -> Matches:  # fmt: skip
    cluster = None
    if lists.right:
        chosen = collective.one_to_one(a, b, weight, lists.rows)
        same = chosen & (weight >= settings.accept_bits)
        place = collective.standing(a, b, weight, lists.rows)
    else:
        cluster = collective.clusters(a, b, weight, lists.rows, settings.accept_bits)
        same = cluster[a] == cluster[b]
        place = collective.standing(a, b, weight, lists.rows, same)
    clock.stage("judge")
    return Matches(
        names=tuple(one.name for one in fields),
        level_names=tuple(("missing", *SCALES[one.kind].names) for one in fields),
        left=a, right=b - lists.left if lists.right else b, weight=weight, probability=weights.probability(weight),
        levels=levels, points=points, prior_bits=known.prior_bits, gap=place.gap, is_best=place.is_best,
        rivals=place.rivals, is_same=same, cluster=cluster, parameters=known,
        stats={"candidates": float(candidates), **clock.seconds},
    )  # fmt: skip


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


def _add_rarity(
    points: npt.NDArray[np.float32], fields: tuple[Field, ...], levels: npt.NDArray[np.int8],
    known: weights.Parameters, a: Rows,
) -> None:  # fmt: skip
    """Exact agreement says more where the value is rare."""
    likely = weights.probability(_sum(known.prior_bits, points))
    for f, one in enumerate(fields):
        equal = np.flatnonzero(levels[:, f] == SCALES[one.kind].top)
        codes = one.codes[a[equal]]
        points[equal, f] += frequency.extra_bits(one, float(known.u[f][-1]), codes, likely[equal])[codes]


def _sum(prior_bits: float, points: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Field by field in order, so that whoever adds the same figures up gets the same weight to the last bit."""
    total = np.full(len(points), prior_bits)
    for f in range(points.shape[1]):
        total += points[:, f]
    return total


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def stage(self, name: str) -> None:
        now = time.perf_counter()
        self.seconds[name] = now - self._last
        self._last = now
