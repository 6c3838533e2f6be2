"""Rare values say more: the chance that somebody else holds the same value, against the field's average."""

import numpy as np
import numpy.typing as npt

from pipeline.matching.fields import Field

Floats = npt.NDArray[np.float64]
_TRUST = 100.0  # what is usual counts as much as so many rows
_MOST_BITS = 6.0  # one rare value never adds (or a common one takes away) more


def extra_bits(field: Field, average: float, usual: float, explained: Floats) -> Floats:
    """Points to add for agreement on each distinct value [values], in bits.

    `average` is the share of random pairs that agree exactly, `usual` that of the many values but for a few everybody
    uses, as far as nothing is known of a value; `explained` [values] the expected number of candidate
    pairs agreeing on the value that are matches: holders explained by duplicates are no coincidence, so that a value
    which only one entity holds is rarer than its count says.
    """
    others = np.maximum(0.0, field.counts - 1 - explained)
    rows = float(field.counts.sum())
    chance = (others + _TRUST * usual) / (max(0.0, rows - 1) + _TRUST)
    return np.clip(np.log2(average / chance), -_MOST_BITS, _MOST_BITS)
