"""Candidate pairs: rows that agree on a selective combination of parts, found by joins, and rows of similar text."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from pipeline.matching import similar_text
from pipeline.matching.evidence import Evidence
from pipeline.matching.fields import Field
from pipeline.matching.joins import Rows, blocks, distinct
from pipeline.matching.keys import Part, parts

_MOST_PER_KEY = 3  # columns that depend on each other bring more pairs than expected: the largest blocks go
_SMALL = 30_000
_DEPENDENT = 5  # times more pairs than expected: the key finds colleagues or neighbours, not duplicates
_RADIX = np.uint64(0x9E3779B1)  # keys of several parts only have to differ, they are not read again
_TEXT_SHARE = 0.25  # keys that reach three of four rows of a large list need no help


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

    pairs_per_row: float = 0.5
    block_pairs: int = 2500
    text_rivals: int = 5
    all_pairs: int = 150_000
    keys: int = 20
    keys_of_columns: int = 1
    text_rows: int = _SMALL


def candidates(fields: tuple[Field, ...], lists: Lists, settings: Blocking) -> tuple[Rows, Rows]:
    """Pairs of rows (left, right), each once, ascending; for one list left < right."""
    if lists.pairs <= settings.all_pairs:
        return every_pair(lists)
    if lists.rows <= settings.text_rows:  # time is no matter yet
        settings = _roomier(settings, 4)
    elif not lists.right:  # several rows may be one entity: none is left out once it has a pair
        settings = _roomier(settings, 2)
    known = parts(fields)
    evidence = Evidence.of(fields, known, max(lists.left, lists.right))
    is_open = np.ones(lists.rows, dtype=bool)
    found = []
    for combo in choose_keys(known, lists, settings):
        left, right = _join(combo, lists, settings, is_open)
        found.append(_code((left, right), lists))
        if lists.right and lists.rows > settings.text_rows:
            evident = evidence.evident(left, right)
            is_open[left[evident]] = is_open[right[evident]] = False
    codes = distinct(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    wanted = np.ones(lists.rows, dtype=bool)
    if lists.rows > settings.text_rows:
        wanted = _without_candidates(codes, lists)
        wanted &= wanted.mean() > _TEXT_SHARE
    near = similar_text.pairs(fields, lists.left, settings.text_rivals, wanted, is_open)
    codes = distinct(np.concatenate([codes, _code(near, lists)]))
    return (codes // lists.rows).astype(np.int32), (codes % lists.rows).astype(np.int32)


def _roomier(settings: Blocking, times: float) -> Blocking:
    return replace(
        settings, pairs_per_row=times * settings.pairs_per_row, keys=round(times * settings.keys),
        keys_of_columns=2 * settings.keys_of_columns,
    )  # fmt: skip


def _code(pairs: tuple[Rows, Rows], lists: Lists) -> npt.NDArray[np.int64]:
    return pairs[0].astype(np.int64) * lists.rows + pairs[1]


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


def choose_keys(known: list[Part], lists: Lists, settings: Blocking) -> list[tuple[Part, ...]]:
    """Combinations of parts to join by, the most selective first.

    Single parts, then two, then three of different columns, each as soon as it is selective enough on its own, so that
    an error in one or two columns leaves others to be found by.
    """
    limit = settings.pairs_per_row * lists.rows / max(1, lists.pairs)
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
    return sorted(chosen, key=_load)


def _load(combo: tuple[Part, ...]) -> float:
    """The share of pairs expected to agree, if columns were independent."""
    return float(np.prod([part.agreement for part in combo]))


def _join(
    combo: tuple[Part, ...], lists: Lists, settings: Blocking, is_open: npt.NDArray[np.bool_]
) -> tuple[Rows, Rows]:
    """All pairs of open rows that agree on the parts, large blocks left out."""
    filled = is_open.copy()
    for part in combo:
        filled &= part.codes >= 0
    rows = np.flatnonzero(filled).astype(np.int32)
    key = np.zeros(len(rows), dtype=np.uint64)
    for part in combo:
        key = key * _RADIX + part.codes[rows].astype(np.uint64)
    found = blocks(key, rows, lists.left, lists.right)
    most = int(_MOST_PER_KEY * settings.pairs_per_row * lists.rows)
    kept = _affordable(found.sizes, settings.block_pairs, most)
    share = is_open[: lists.left].mean() * is_open[lists.left :].mean() if lists.right else 1.0
    expected = _load(combo) * lists.pairs * share
    if lists.rows > _SMALL and int(found.sizes[kept].sum()) > max(0.5 * lists.rows * share, _DEPENDENT * expected):
        kept[:] = False
    return found.take(kept).pairs()


def _affordable(counts: npt.NDArray[np.int64], block_pairs: int, most: int) -> npt.NDArray[np.bool_]:
    """Blocks of some pairs but not too many, the smallest first until `most` pairs are reached."""
    by_size = np.bincount(np.minimum(counts, block_pairs + 1), minlength=block_pairs + 2)[: block_pairs + 1]
    reached = np.cumsum(by_size * np.arange(block_pairs + 1))
    largest = int(np.searchsorted(reached, most, side="right")) - 1
    return (counts > 0) & (counts <= max(1, largest))
