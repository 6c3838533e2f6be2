"""What slips of the pen leave of a word: its letters in another order, its parts run together or torn apart."""

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from pipeline.matching import traits
from pipeline.matching.fields import Codes, Field

Flags = npt.NDArray[np.bool_]
_SHORTEST = 4  # "Ian" and "Ina" are two names
_LONG = 6
_ALIKE = 65  # of 100


def jumbled(field: Field, a: Codes, b: Codes) -> Flags:
    """Whether distinct values `a` and `b` [pairs] have the same letters in whatever order ("Fosia", "Sofia").

    One may have a letter more; from six letters on, each may have one that the other lacks ("Rubnen", "Reuben").
    """
    lengths, letters = traits.lengths(field), traits.letter_sets(field)
    shortest = np.minimum(lengths[a], lengths[b])
    found = (np.abs(lengths[a] - lengths[b]) <= 1) & (shortest >= _SHORTEST)
    found &= np.bitwise_count(letters[a] ^ letters[b]) <= 2  # a quick look that few strangers pass
    near = np.flatnonzero(found)
    own, other = (["".join(sorted(text)) for text in field.values.gather(side[near])] for side in (a, b))
    alone = process.cpdist(own, other, scorer=Indel.distance, workers=-1, dtype=np.float32, score_cutoff=2)
    found[near] = alone <= np.where(shortest[near] >= _LONG, 2, 1)
    return found


def run_together(field: Field, a: Codes, b: Codes) -> Flags:
    """Whether values [pairs] are similar but for their spaces ("Osprey Harbour", "Os preyharbour Inn")."""
    own, other = ([text.replace(" ", "") for text in field.values.gather(side)] for side in (a, b))
    return process.cpdist(own, other, scorer=fuzz.ratio, workers=-1, score_cutoff=_ALIKE) >= _ALIKE
