"""How likely two people are in touch, also where little is on record between them: strength and common contacts."""

import math
from collections.abc import Iterable

# What one common contact adds, of whom everybody knows few; found to matter little between .01 and .03.
_COMMON = 0.02


def likeliness(strength: float, common: Iterable[int]) -> float:
    """A number to rank pairs by, 0 upwards. `strength` is 0..100; `common` has, for each contact both share, how many
    people that contact is in touch with: who knows few people says more (Adamic and Adar 2003)."""
    return strength / 100 + _COMMON * sum(1 / math.log(1 + max(2, known)) for known in common)
