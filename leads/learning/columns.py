"""What a column holds, told by its cells: categories, numbers, or what nothing can be learned from, and why."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leads.learning.table import Codes, Flags, Floats, filled, number

_FEWEST_FILLED = 0.02
_FEWEST_NUMBERS = 0.95  # of the filled cells, for a column of numbers
_FEWEST_SIZES = 9  # different numbers, to be sizes and not codes of categories
_MOST_DIFFERENT = 0.5  # of the filled cells, for categories
_BINS = 20
_FEWEST_IN_LEVEL, _LEVEL_SHARE = 10, 0.002
_MOST_LEVELS = 200
_MOST_CHARS = 80
BLANK, RARE = -1, -2
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*|\d{1,2}[ -][A-Za-z]{3,9}[ ,-]+\d{2,4}.*"
                   r"|[A-Za-z]{3,9} \d{1,2}, \d{4}.*")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Column:
    """Cells read: `is_here` where the list has the column, `is_filled` where somebody filled it in. `codes` number
    the `levels` (values in words, or numbers above each of `edges`), -1 for blank, -2 for a rare value."""

    name: str
    is_here: Flags
    is_filled: Flags
    codes: Codes
    levels: tuple[str, ...] = ()
    edges: tuple[float, ...] = ()

    @property
    def is_number(self) -> bool:
        return bool(self.edges)


@dataclass(frozen=True, kw_only=True)
class Unusable:
    """A column nothing can be learned from, and why. Where it is filled in may tell how it ended all the same."""

    name: str
    because: str
    is_here: Flags
    is_filled: Flags

    def as_flag(self) -> Column:
        """The column as one level: filled in."""
        codes = np.where(self.is_filled, 0, -1).astype(np.int64)
        return Column(name=self.name, is_here=self.is_here, is_filled=self.is_filled, codes=codes, levels=("anything",))


def read(name: str, cells: Sequence[str | None]) -> Column | Unusable:
    """A column by its cells alone; what it is called says nothing."""
    texts = [filled(cell)[:_MOST_CHARS] for cell in cells]
    is_here = np.array([cell is not None for cell in cells], dtype=bool)
    is_filled = np.array([bool(text) for text in texts], dtype=bool)
    told = [text for text in texts if text]
    if len(told) < max(_FEWEST_FILLED * len(cells), _FEWEST_IN_LEVEL):
        found: Column | str = "It is hardly ever filled in."
    elif _are_numbers(told):
        found = _sizes(name, texts, is_here, is_filled)
    elif sum(bool(_DATE.fullmatch(text)) for text in told) >= _FEWEST_NUMBERS * len(told):
        found = "It says when, not who."
    else:
        found = _words(name, texts, is_here, is_filled)
    if isinstance(found, str):
        return Unusable(name=name, because=found, is_here=is_here, is_filled=is_filled)
    return found


def _are_numbers(told: Sequence[str]) -> bool:
    numbers = [one for one in map(number, told) if one is not None]
    return len(numbers) >= _FEWEST_NUMBERS * len(told) and len(set(numbers)) >= _FEWEST_SIZES


def _words(name: str, texts: Sequence[str], is_here: Flags, is_filled: Flags) -> Column | str:
    counted = Counter(text.casefold() for text in texts if text)
    least = max(_FEWEST_IN_LEVEL, int(_LEVEL_SHARE * len(texts)))
    levels = [one for one, n in counted.most_common(_MOST_LEVELS) if n >= least]
    covered = sum(counted[one] for one in levels)
    if len(counted) > _MOST_DIFFERENT * is_filled.sum() or covered < _FEWEST_FILLED * len(texts):
        return "It says something else for nearly every lead."
    if len(counted) == 1 and is_filled.sum() == is_here.sum():
        return "It says the same for every lead."
    place = {one: code for code, one in enumerate(levels)}
    codes = np.array([place.get(text.casefold(), RARE) if text else BLANK for text in texts], dtype=np.int64)
    words: dict[str, str] = {}
    for text in texts:
        words.setdefault(text.casefold(), text)
    return Column(
        name=name, is_here=is_here, is_filled=is_filled, codes=codes, levels=tuple(words[one] for one in levels)
    )


def _sizes(name: str, texts: Sequence[str], is_here: Flags, is_filled: Flags) -> Column | str:
    found = [number(text) if text else None for text in texts]
    sizes = np.array([np.nan if one is None else one for one in found], dtype=np.float64)
    known = sizes[~np.isnan(sizes)]
    if _is_counter(known):
        return "It numbers the leads."
    edges = tuple(float(one) for one in np.unique(np.quantile(known, np.arange(1, _BINS) / _BINS, method="lower")))
    edges = tuple(one for one in edges if one < known.max())
    if not edges:
        return "It says the same for nearly every lead."
    # A word where others give a number says as little as a blank.
    codes = np.where(np.isnan(sizes), BLANK, np.searchsorted(np.array(edges), np.nan_to_num(sizes), side="left"))
    return Column(name=name, is_here=is_here, is_filled=is_filled, codes=codes.astype(np.int64), edges=edges)


def _is_counter(known: Floats) -> bool:
    """Whole numbers that differ for nearly every lead and are of one length, as ids are."""
    if len(np.unique(known)) < 0.95 * len(known) or np.any(known != np.round(known)):
        return False
    lengths = np.floor(np.log10(np.maximum(np.abs(known), 1)))
    return bool(np.mean(lengths == np.median(lengths)) >= 0.8)
