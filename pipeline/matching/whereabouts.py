"""Places, numbers and categories that agree say where two records are, not that they are one.

Firms in one building share address, town and switchboard, families their home. However many of these agree, they never
carry a pair whose names, mailboxes, dates and codes say nothing for it and something against it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.matching.comparison import DIFFERENT
from pipeline.matching.fields import Field
from pipeline.matching.kinds import Kind

KINDS = frozenset(
    {Kind.STREET, Kind.CITY, Kind.POSTCODE, Kind.COUNTRY, Kind.PHONE, Kind.DOMAIN, Kind.CATEGORY, Kind.NUMBER}
)
_LEAST = 3.0  # bits by which a column speaks for a pair
_AGAINST = -2.0  # bits: a column that matches often differ in (a kind of kitchen) says nothing against one
_MOST = -1.0  # bits a pair reaches on whereabouts alone: worth a look, never accepted


def bounded(
    fields: Sequence[Field], levels: npt.NDArray[np.int8], points: npt.NDArray[np.float32], prior_bits: float
) -> npt.NDArray[np.float32]:
    """The points [pairs × fields], less where whereabouts alone would carry the pair; changed in place."""
    place = [f for f, one in enumerate(fields) if one.kind in KINDS]
    names = [f for f, one in enumerate(fields) if one.kind not in KINDS]
    if not place or not names:
        return points
    against = (levels[:, names] == DIFFERENT) & (points[:, names] <= _AGAINST)
    unnamed = (points[:, names].max(axis=1) < _LEAST) & against.any(axis=1)
    excess = prior_bits + points.sum(axis=1, dtype=np.float64) - _MOST
    pairs = np.flatnonzero(unnamed & (excess > 0))
    largest = np.array(place)[points[pairs][:, place].argmax(axis=1)]
    points[pairs, largest] -= excess[pairs].astype(np.float32)
    return points
