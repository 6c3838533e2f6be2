"""Joins of rows by integer keys: sorting numbers that hold key and row at once takes a fraction of any other way."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
_MIX = np.uint64(0x9E3779B97F4A7C15)  # Knuth's multiplicative hashing: 2^64 over the golden ratio


@dataclass(frozen=True, eq=False)
class Blocks:
    """Rows that share a key: `order` holds the rows block by block, ascending within each. A block begins with `lefts`
    rows of the left list, then come `rights` of the right; of a single list (`rights` is None) all are lefts.
    """

    order: Rows
    starts: Longs
    lefts: Longs
    rights: Longs | None

    @property
    def sizes(self) -> Longs:
        """Pairs in each block: across the lists, or within the one."""
        return self.lefts * (self.lefts - 1) // 2 if self.rights is None else self.lefts * self.rights

    def take(self, which: npt.NDArray[np.bool_]) -> "Blocks":
        rights = None if self.rights is None else self.rights[which]
        return Blocks(order=self.order, starts=self.starts[which], lefts=self.lefts[which], rights=rights)

    def pairs(self) -> tuple[Rows, Rows]:
        """All pairs of rows (low, high), each row of a block with each it may pair up with."""
        own = _spread(self.starts, self.lefts)
        if self.rights is None:
            times, first = np.repeat(self.starts + self.lefts, self.lefts) - own - 1, own + 1
        else:
            times, first = np.repeat(self.rights, self.lefts), np.repeat(self.starts + self.lefts, self.lefts)
        return np.repeat(self.order[own], times), self.order[_spread(first, times)]


def blocks(keys: npt.NDArray[np.uint64], rows: Rows, left: int, right: int) -> Blocks:
    """Rows [n] with their keys [n] as blocks of at least two; rows below `left` are the left list's, `right` is 0 for a
    single list.

    Keys are mixed down to what is left of 64 bits beside the row number: for a million rows two of a million million
    keys fall together, which brings a pair too many, and never loses one.
    """
    shift = np.uint64(max(1, int(left + right)).bit_length())
    packed = ((keys * _MIX) >> shift << shift) | rows.astype(np.uint64)
    packed.sort()
    order = (packed & ((np.uint64(1) << shift) - np.uint64(1))).astype(np.int32)
    packed >>= shift
    starts = np.flatnonzero(np.r_[True, packed[1:] != packed[:-1]]) if len(packed) else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.r_[starts, len(order)])
    shared = sizes > 1
    starts, sizes = starts[shared], sizes[shared]
    if not right:
        return Blocks(order=order, starts=starts, lefts=sizes, rights=None)
    before = np.r_[0, np.cumsum(order < left, dtype=np.int64)]
    lefts = before[starts + sizes] - before[starts]
    return Blocks(order=order, starts=starts, lefts=lefts, rights=sizes - lefts)


def _spread(starts: Longs, sizes: Longs) -> Longs:
    """The numbers from each start on, as many as its size: [5, 9], [2, 1] → 5, 6, 9."""
    if not len(sizes):
        return np.zeros(0, dtype=np.int64)
    return np.arange(sizes.sum()) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)


def distinct(numbers: Longs) -> Longs:
    """The distinct numbers, ascending; the array is sorted in place."""
    numbers.sort()
    return numbers[np.r_[True, numbers[1:] != numbers[:-1]]] if len(numbers) else numbers


def numbered(keys: Longs, highest: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Which of `keys` [n], none above `highest`, is the first of each distinct one, and for each key the place [n] of
    its own among those.
    """
    shift = np.int64(max(1, len(keys)).bit_length())
    if int(highest).bit_length() + int(shift) > 62:
        _, first, place = np.unique(keys, return_index=True, return_inverse=True)
        return first, place
    packed = (keys << shift) | np.arange(len(keys))
    packed.sort()
    order = packed & ((np.int64(1) << shift) - 1)
    packed >>= shift
    is_first = np.r_[True, packed[1:] != packed[:-1]] if len(packed) else np.zeros(0, dtype=bool)
    place = np.empty(len(keys), dtype=np.intp)
    place[order] = np.cumsum(is_first) - 1
    return order[is_first], place
