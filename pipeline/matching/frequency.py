"""Rare values say more: the chance that somebody else holds the same value, against the field's average."""

import numpy as np
import numpy.typing as npt

from pipeline.matching.fields import Field

Floats = npt.NDArray[np.float64]
_TRUST = 100.0  # the field's average counts as much as so many rows
_MOST_BITS = 6.0  # one rare value never adds (or a common one takes away) more


def extra_bits(field: Field, average: float, agreeing: npt.NDArray[np.integer], matches: Floats) -> Floats:
    """Points to add for agreement on each distinct value [values], in bits.

    `average` is the share of random pairs that agree exactly. `agreeing` holds the codes candidates agree on and
    `matches` the probability of each: holders explained by duplicates are no coincidence, so a value that only one
    entity holds is rarer than its count says.
    """
    size = len(field.values)
    explained = np.bincount(agreeing, weights=matches, minlength=size)
    others = np.maximum(0.0, field.counts - 1 - explained)
    rows = float(field.counts.sum())
    chance = (others + _TRUST * average) / (max(0.0, rows - 1) + _TRUST)
    return np.clip(np.log2(average / chance), -_MOST_BITS, _MOST_BITS)
