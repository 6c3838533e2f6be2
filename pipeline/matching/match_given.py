"""Weigh pairs that are given: no blocking and no rivals, each pair stands for itself."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.matching import name_alignment
from pipeline.matching.comparison import SCALES, compare_all
from pipeline.matching.fields import encode
from pipeline.matching.learned_given import learnt_bits
from pipeline.matching.scoring import total
from pipeline.matching.table import Column, Table
from pipeline.matching.weights import estimate_given, probability

_NOT_SURE = 0.985
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """Pairs whose truth is known: both sides, row n of either being pair n, and whether it is a match."""

    left: Table
    right: Table
    is_match: Flags


@dataclass(frozen=True, kw_only=True)
class GivenMatches:
    """One weight (bits, 0 is the cut) and probability per given pair, and whether it is taken as the same.

    `levels` [pairs × fields] are codes into `level_names`.
    """

    names: tuple[str, ...]
    level_names: tuple[tuple[str, ...], ...]
    weight: npt.NDArray[np.float64]
    probability: npt.NDArray[np.float64]
    levels: npt.NDArray[np.int8]
    is_same: Flags


def match_given(left: Table, right: Table, reviewed: Reviewed | None = None, country: str = "US") -> GivenMatches:
    """Weights of the pairs (row n of `left`, row n of `right`), learnt from reviewed ones where there are enough."""
    known = len(reviewed.is_match) if reviewed else 0
    if reviewed:
        left, right = _stacked(reviewed.left, left), _stacked(reviewed.right, right)
    fields = encode(left, right, country)
    pairs = len(left)
    a, b = np.arange(pairs, dtype=np.int32), np.arange(pairs, 2 * pairs, dtype=np.int32)
    levels = compare_all(fields, a, b)
    for place, one in enumerate(fields):
        if one.kind in name_alignment.NAMES:
            levels[:, place] = name_alignment.levels(one, a, b)
    reviews = learnt_bits(fields, a, b, levels, reviewed.is_match) if reviewed else None
    if reviews:
        weight = reviews.bits - reviews.accept_bits
        chance = np.where(
            reviews.bits >= reviews.sure_bits,
            probability(reviews.bits),
            np.minimum(probability(reviews.bits), _NOT_SURE),
        )
    else:
        learnt = estimate_given(tuple(one.kind for one in fields), levels)
        weight = total(learnt.prior_bits, learnt.points(levels))[known:]
        chance = probability(weight)
    return GivenMatches(
        names=tuple(one.name for one in fields),
        level_names=tuple(("missing", *SCALES[one.kind].names) for one in fields),
        weight=weight,
        probability=chance,
        levels=levels[known:],
        is_same=weight >= 0,
    )


def _stacked(first: Table, second: Table) -> Table:
    """One list after the other; columns are joined by name."""
    later = {column.name: column for column in second.columns}
    columns = tuple(
        Column(name=one.name, kind=later[one.name].kind, values=[*one.values, *later[one.name].values])
        for one in first.columns
        if one.name in later
    )
    return Table(ids=range(len(first) + len(second)), columns=columns)
