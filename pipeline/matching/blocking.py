"""Candidate pairs: rows that agree on a selective combination of parts, found by joins, and rows of similar text."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.matching import similar_text
from pipeline.matching.fields import Field
from pipeline.matching.keys import Part, parts

Rows = npt.NDArray[np.int32]
_MOST_PER_KEY = 3  # columns that depend on each other bring more pairs than expected: the largest blocks go
_SMALL = 30_000
_DEPENDENT = 5  # times more pairs than expected: the key finds colleagues or neighbours, not duplicates
_TEXT_SHARE = 0.1  # keys that reach nine of ten rows of a large list need no help


@dataclass(frozen=True, kw_only=True)
class Lists:
    """How rows may pair up: `left` rows come first; `right` is 0 for one list, where every two rows may pair."""

    left: int
    right: int

    @property
    def rows(self) -> int:
        return self.left + self.right

    @property
    def pairs(self) -> int:
        """All pairs there are."""
        return self.left * self.right if self.right else self.left * (self.left - 1) // 2


@dataclass(frozen=True, kw_only=True)
class Blocking:
    """`pairs_per_row`: how many pairs one key may bring; `block_pairs`: the largest block; `text_rivals`: the k of
    similar text; `all_pairs`: up to how many pairs nothing is left out; `keys`, `keys_of_columns`: how many keys at
    most, in all and over the same columns; `text_rows`: with more rows, only those without a candidate go by text.
    """

    pairs_per_row: float = 1.0
    block_pairs: int = 2500
    text_rivals: int = 5
    all_pairs: int = 150_000
    keys: int = 30
    keys_of_columns: int = 2
    text_rows: int = _SMALL


def candidates(fields: tuple[Field, ...], lists: Lists, settings: Blocking) -> tuple[Rows, Rows]:
    """Pairs of rows (left, right), each once, ascending; for one list left < right."""
    if lists.pairs <= settings.all_pairs:
        return every_pair(lists)
    if lists.rows <= settings.text_rows:  # time is no matter yet
        settings = replace(settings, pairs_per_row=2 * settings.pairs_per_row, keys=2 * settings.keys)
    most = int(_MOST_PER_KEY * settings.pairs_per_row * lists.rows)
    keys = choose_keys(fields, lists, settings)
    found = (_join(key, expected, lists, settings.block_pairs, most) for key, expected in keys)
    codes = _united([_code(pairs, lists) for pairs in found])
    wanted = np.ones(lists.rows, dtype=bool)
    if lists.rows > settings.text_rows:
        wanted = _without_candidates(codes, lists)
        wanted &= wanted.mean() > _TEXT_SHARE
    near = similar_text.pairs(fields, lists.left, lists.right, settings.text_rivals, wanted)
    codes = _united([codes, _code(near, lists)])
    return (codes // lists.rows).astype(np.int32), (codes % lists.rows).astype(np.int32)


def _code(pairs: tuple[Rows, Rows], lists: Lists) -> npt.NDArray[np.int64]:
    return pairs[0].astype(np.int64) * lists.rows + pairs[1]


def _united(codes: list[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """Distinct codes, ascending."""
    return pl.Series(np.concatenate(codes) if codes else np.zeros(0, dtype=np.int64)).unique().sort().to_numpy()


def _without_candidates(codes: npt.NDArray[np.int64], lists: Lists) -> npt.NDArray[np.bool_]:
    alone = np.ones(lists.rows, dtype=bool)
    alone[codes // lists.rows] = alone[codes % lists.rows] = False
    return alone


def every_pair(lists: Lists) -> tuple[Rows, Rows]:
    """All pairs of rows, for small lists."""
    if lists.right:
        left = np.repeat(np.arange(lists.left, dtype=np.int32), lists.right)
        return left, np.tile(np.arange(lists.left, lists.rows, dtype=np.int32), lists.left)
    low, high = np.triu_indices(lists.left, k=1)
    return low.astype(np.int32), high.astype(np.int32)


def choose_keys(
    fields: tuple[Field, ...], lists: Lists, settings: Blocking
) -> list[tuple[npt.NDArray[np.int64], float]]:
    """Keys [rows] (-1: none) and the pairs each should bring.

    Single parts, then two, then three of different columns, each as soon as it is selective enough on its own, so that
    an error in one or two columns leaves others to be found by.
    """
    limit = settings.pairs_per_row * lists.rows / max(1, lists.pairs)
    known = parts(fields)
    chosen: list[tuple[Part, ...]] = []
    used: Counter[frozenset[int]] = Counter()
    for size in (1, 2, 3):
        fitting = [
            combo for combo in combinations(known, size)
            if len({part.column for part in combo}) == size and _load(combo) <= limit
            and not any(set(kept) < set(combo) for kept in chosen)
        ]  # fmt: skip
        for combo in sorted(fitting, key=_load, reverse=True):
            columns = frozenset(part.column for part in combo)
            if len(chosen) < settings.keys and used[columns] < settings.keys_of_columns:
                chosen.append(combo)
                used[columns] += 1
    return [(_combined(combo), _load(combo) * lists.pairs) for combo in chosen]


def _load(combo: tuple[Part, ...]) -> float:
    """The share of pairs expected to agree, if columns were independent."""
    return float(np.prod([part.agreement for part in combo]))


def _combined(combo: tuple[Part, ...]) -> npt.NDArray[np.int64]:
    key = combo[0].codes.astype(np.int64)
    for part in combo[1:]:
        key = np.where((key < 0) | (part.codes < 0), -1, key * (int(part.codes.max()) + 1) + part.codes)
    return key


def _join(key: npt.NDArray[np.int64], expected: float, lists: Lists, block_pairs: int, most: int) -> tuple[Rows, Rows]:
    """All pairs of rows with the same key, blocks over `block_pairs` and the largest beyond `most` in all left out."""
    order = pl.Series(key).arg_sort().to_numpy().astype(np.int64)
    order = order[np.searchsorted(key[order], 0) :]
    ordered = key[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.r_[starts, len(ordered)])
    lefts = np.add.reduceat((order < lists.left).astype(np.int64), starts) if len(starts) else sizes
    counts = lefts * (sizes - lefts) if lists.right else sizes * (sizes - 1) // 2
    kept = _affordable(counts, block_pairs, most)
    if lists.rows > _SMALL and int(counts[kept].sum()) > max(0.5 * lists.rows, _DEPENDENT * expected):
        kept[:] = False
    if lists.right:
        order = _lefts_first(order, starts, sizes, lists.left)
        return _cross(order, starts[kept], lefts[kept], (starts + lefts)[kept], (sizes - lefts)[kept])
    return _triangle(order, starts[kept], sizes[kept])


def _lefts_first(
    order: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64], left: int
) -> npt.NDArray[np.int64]:
    """Within each block the rows of the left list, then those of the right."""
    block = np.repeat(np.arange(len(starts)), sizes)
    is_right = order >= left
    rank = np.cumsum(~is_right) - 1
    before = np.r_[0, np.cumsum(~is_right)][starts][block] if len(starts) else rank
    lefts = np.add.reduceat((~is_right).astype(np.int64), starts)[block] if len(starts) else rank
    position = np.arange(len(order)) - starts[block] if len(starts) else rank
    own = np.where(is_right, lefts + position - (np.cumsum(~is_right) - before), rank - before)
    placed = np.empty_like(order)
    placed[starts[block] + own] = order
    return placed


def _affordable(counts: npt.NDArray[np.int64], block_pairs: int, most: int) -> npt.NDArray[np.bool_]:
    """Blocks of some pairs but not too many, the smallest first until `most` pairs are reached."""
    by_size = np.bincount(np.minimum(counts, block_pairs + 1), minlength=block_pairs + 2)[: block_pairs + 1]
    reached = np.cumsum(by_size * np.arange(block_pairs + 1))
    largest = int(np.searchsorted(reached, most, side="right")) - 1
    return (counts > 0) & (counts <= max(1, largest))


def _cross(
    order: npt.NDArray[np.int64],
    first: npt.NDArray[np.int64],
    lefts: npt.NDArray[np.int64],
    second: npt.NDArray[np.int64],
    rights: npt.NDArray[np.int64],
) -> tuple[Rows, Rows]:
    counts = lefts * rights
    block = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    left = order[first[block] + within // rights[block]]
    right = order[second[block] + within % rights[block]]
    return left.astype(np.int32), right.astype(np.int32)


def _triangle(
    order: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]
) -> tuple[Rows, Rows]:
    members = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    partners = sizes[members] - 1 - place
    first = np.repeat(starts[members] + place, partners)
    offset = np.arange(partners.sum()) - np.repeat(np.cumsum(partners) - partners, partners)
    left, right = order[first], order[first + 1 + offset]
    return np.minimum(left, right).astype(np.int32), np.maximum(left, right).astype(np.int32)
