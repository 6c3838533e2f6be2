"""What two persons' records say against being one, however much name and address agree.

Parents, children and twins share name, home, telephone and mailbox. Whoever was born on another day, carries another
number or goes by another given name is somebody else unless something that only one person has says otherwise. Where
a column differs so often among matches that it tells nothing (typing errors, numbers of two systems), it contradicts
nothing.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from pipeline.matching.comparison import DIFFERENT, RELATIVE
from pipeline.matching.fields import Field
from pipeline.matching.joins import Rows
from pipeline.matching.kinds import Kind

Levels = npt.NDArray[np.int8]
Points = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
_NAMES = frozenset({Kind.PERSON, Kind.GIVEN_NAME})
_EXCLUSIVE = frozenset({Kind.CODE, Kind.DATE})
_AGAINST = -2.5  # bits: at most about one match in six differs there
_FOR = 3.0
_HELD_AT = -1.0  # bits: worth a look, never accepted
_ENOUGH = 150.0  # matches by which it is known how often one person's records differ in a column …
_SELDOM = 0.03  # … and up to where a difference means something


def exclusive(kinds: Sequence[Kind], known: Sequence[float], differing: Sequence[float]) -> tuple[bool, ...]:
    """Which fields one person has one value of: dates and codes of lists of persons, unless many matches show that
    they differ often. Of the matches expected, `known` [fields] have both values and `differing` two of them.
    """
    is_of_persons = not _NAMES.isdisjoint(kinds)
    return tuple(
        is_of_persons and kind in _EXCLUSIVE and (both < _ENOUGH or differ <= _SELDOM * both)
        for kind, both, differ in zip(kinds, known, differing, strict=True)
    )


def held_apart(
    fields: Sequence[Field], exclusive_ones: Sequence[bool], levels: Levels, points: Points, prior_bits: float
) -> tuple[Flags, Flags]:
    """Which pairs [pairs] contradict themselves, and which have something in common that only one person has.

    The points [pairs × fields] of what contradicts are lowered in place until the pair weighs no more than asks for a
    look.
    """
    apart = np.zeros(len(levels), dtype=bool)
    by_number = _says_for(fields, points, frozenset({Kind.CODE}))
    is_proven = by_number | _says_for(fields, points, frozenset({Kind.DATE}))
    is_carried = is_proven | _says_for(fields, points, frozenset({Kind.EMAIL}))
    for f, one in enumerate(fields):
        if exclusive_ones[f]:
            against = (levels[:, f] == DIFFERENT) & (points[:, f] <= _AGAINST) & ~is_carried
        elif one.kind is Kind.PERSON:
            against = (levels[:, f] == RELATIVE) & ~by_number
        else:
            continue
        apart = apart | against
        excess = prior_bits + points.sum(axis=1, dtype=np.float64) - _HELD_AT
        lowered = np.flatnonzero(against & (excess > 0))
        points[lowered, f] -= excess[lowered].astype(np.float32)
    return apart, is_proven & ~apart


def _says_for(fields: Sequence[Field], points: Points, kinds: frozenset[Kind]) -> Flags:
    some = [f for f, one in enumerate(fields) if one.kind in kinds]
    return np.logical_or.reduce(points[:, some] >= _FOR, axis=1) if some else np.zeros(len(points), dtype=bool)


def still_apart(left: Rows, right: Rows, apart: Flags, proven: Flags, rows: int) -> Flags:
    """The pairs [pairs] held apart that no chain of proven pairs joins all the same: a third record may have both
    dates of birth right."""
    if not apart.any():
        return apart
    links = coo_array((np.ones(int(proven.sum()), dtype=bool), (left[proven], right[proven])), shape=(rows, rows))
    _, part = connected_components(links, directed=False)
    return apart & (part[left] != part[right])
