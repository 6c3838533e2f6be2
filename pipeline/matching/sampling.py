"""Pairs drawn at random: of all rows, and of rows that agree on one field, to learn what coincidence looks like."""

import numpy as np

from pipeline.matching.blocking import Lists, every_pair
from pipeline.matching.comparison import compare_all
from pipeline.matching.fields import Field
from pipeline.matching.joins import Rows
from pipeline.matching.weights import Sample

_OF_ALL = (50_000, 100_000)  # pairs, for short and for long lists
_PER_ROW = 15
_OF_AGREEING = 15_000


def samples(fields: tuple[Field, ...], lists: Lists, seed: int) -> list[Sample]:
    """One sample of all pairs, then one per field of pairs equal in it (where there are any)."""
    draw = np.random.default_rng(seed)
    found = [Sample(levels=compare_all(fields, *_of_all(lists, draw)))]
    for place, one in enumerate(fields):
        a, b = _agreeing(one, lists, draw)
        if len(a):
            found.append(Sample(levels=compare_all(fields, a, b), agreeing=place))
    return found


def _of_all(lists: Lists, draw: np.random.Generator) -> tuple[Rows, Rows]:
    size = int(np.clip(_PER_ROW * lists.rows, *_OF_ALL))
    if lists.pairs <= size:
        return every_pair(lists)
    a = draw.integers(0, lists.left, size, dtype=np.int32)
    low, high = (lists.left, lists.rows) if lists.right else (0, lists.left)
    b = draw.integers(low, high, size, dtype=np.int32)
    return a[a != b], b[a != b]


def _agreeing(one: Field, lists: Lists, draw: np.random.Generator) -> tuple[Rows, Rows]:
    """Random rows of the left list, each with a random row of the other that holds the same value."""
    codes_right = one.codes[lists.left :] if lists.right else one.codes
    offset = lists.left if lists.right else 0
    order = np.argsort(codes_right, kind="stable")
    starts = np.searchsorted(codes_right[order], np.arange(len(one.values) + 1))
    holders = np.diff(starts)
    rows = draw.integers(0, max(1, lists.left), _OF_AGREEING) if lists.left else np.zeros(0, dtype=np.int64)
    rows = rows[one.codes[rows] >= 0] if len(rows) else rows
    rows = rows[holders[one.codes[rows]] > (0 if lists.right else 1)] if len(rows) else rows
    value = one.codes[rows]
    place = starts[value] + (draw.random(len(rows)) * holders[value]).astype(np.int64)
    other = order[place] + offset if len(rows) else rows
    keys = np.unique(np.minimum(rows, other) * lists.rows + np.maximum(rows, other))  # few holders are drawn repeatedly
    a, b = keys // max(1, lists.rows), keys % max(1, lists.rows)
    return a[a != b].astype(np.int32), b[a != b].astype(np.int32)
