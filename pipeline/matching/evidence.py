"""Pairs of rows that are one entity beyond doubt, told from equal values alone, before anything is compared."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.matching.fields import Codes, Field
from pipeline.matching.joins import Rows
from pipeline.matching.keys import Part, share_agreeing
from pipeline.matching.kinds import Kind

_BEYOND_CHANCE = 15.0  # bits: five more than a thousandth, as columns depend on each other
_MOVED = -10.0  # bits for an address, mailbox or number that has nothing in common
_WHEREABOUTS = {Kind.CITY, Kind.STREET, Kind.POSTCODE, Kind.COUNTRY, Kind.PHONE, Kind.EMAIL, Kind.DOMAIN, Kind.CATEGORY}
_TELLING = 0.02  # a part that more pairs share (an initial) says nothing


@dataclass(frozen=True, eq=False)
class Evidence:
    """What agreement of rows tells: per column the parts of its values and the bits each is worth. `partners` is how
    many rows of the other list one may be compared with.
    """

    partners: int
    columns: tuple[tuple[tuple[Codes, float], ...], ...]
    fields: tuple[Field, ...]

    @classmethod
    def of(cls, fields: tuple[Field, ...], known: list[Part], partners: int) -> "Evidence":
        columns = []
        for column, one in enumerate(fields):
            own = [(one.codes, share_agreeing(one.codes))]
            own += [(part.codes, part.agreement) for part in known if part.column == column]
            telling = sorted((share, place) for place, (_, share) in enumerate(own) if 0 < share <= _TELLING)
            columns.append(tuple((own[place][0], float(-np.log2(share))) for share, place in telling))
        return cls(partners, tuple(columns), fields)

    def evident(self, left: Rows, right: Rows) -> npt.NDArray[np.intp]:
        """Numbers of the pairs [pairs] that no coincidence explains and nothing speaks against: a row can expect less
        than a thousandth of a stranger with as much in common, and names, dates and codes that both have share a part.
        """
        bits = np.zeros(len(left), dtype=np.float32)
        for parts_of, one in zip(self.columns, self.fields, strict=True):
            against = _MOVED if one.kind in _WHEREABOUTS else -np.inf
            shared = np.full(len(left), against, dtype=np.float32)
            a, b = one.codes[left], one.codes[right]
            shared[(a < 0) | (b < 0) | (a == b)] = 0.0
            for codes, worth in reversed(parts_of):
                own = codes[left]
                shared[(own == codes[right]) & (own >= 0)] = worth
            bits += shared
        return np.flatnonzero(bits >= np.log2(max(1, self.partners)) + _BEYOND_CHANCE)
