"""Two values of a kind to one of a few levels, worst to best; each pair of distinct values is compared once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from pipeline.matching import person_names, slips, traits
from pipeline.matching.fields import Codes, Field
from pipeline.matching.joins import numbered
from pipeline.matching.kinds import Kind

Levels = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
MISSING, DIFFERENT = 0, 1
RELATIVE = 2  # of full names: the same family name, the given names of two people
_MOSTLY = 0.7  # of the pairs: leaving the others out would cost more than it saves
_AT_ONCE = 1_000_000  # pairs, to bound memory


@dataclass(frozen=True)
class Pairs:
    """Pairs of distinct values of one field (codes `a`, `b`, never equal, never missing)."""

    field: Field
    a: Codes
    b: Codes

    def score(self, scorer: Any, **options: Any) -> npt.NDArray[np.float32]:
        """rapidfuzz `scorer` of each pair; ratios 0–100, similarities 0–1, distances in edits."""
        return process.cpdist(*self.texts, scorer=scorer, workers=-1, dtype=np.float32, **options)

    @cached_property
    def texts(self) -> tuple[list[str], list[str]]:
        """The values at either side. Python texts are many times larger: only those compared become any."""
        return _texts(self.field, self.a), _texts(self.field, self.b)

    def edits(self, at_most: int = 2) -> npt.NDArray[np.float32]:
        """Edits (insert, delete, replace, swap of neighbours) between the two; `at_most` + 1 stands for more."""
        own, other = self.both(traits.lengths(self.field))
        near = np.flatnonzero(np.abs(own - other) <= at_most)
        if len(near) > _MOSTLY * len(self.a):
            return self.score(OSA.distance, score_cutoff=at_most)
        found = np.full(len(self.a), at_most + 1, dtype=np.float32)
        found[near] = self.take(near).score(OSA.distance, score_cutoff=at_most)
        return found

    def both(self, trait: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """A property of distinct values at either side."""
        return trait[self.a], trait[self.b]

    def take(self, which: npt.NDArray[np.intp]) -> "Pairs":
        return Pairs(self.field, self.a[which], self.b[which])

    def shortest(self) -> npt.NDArray[np.int32]:
        """Characters of the shorter value."""
        return np.minimum(*self.both(traits.lengths(self.field)))


def _texts(field: Field, codes: Codes) -> list[str]:
    """The values of codes, "" for -1."""
    missing = codes < 0
    if not missing.any():
        return field.values.gather(codes).to_list()
    known = pl.concat([field.values, pl.Series([""], dtype=pl.String)])
    return known.gather(np.where(missing, len(field.values), codes)).to_list()


@dataclass(frozen=True)
class Scale:
    """The levels of a kind: names from worst (after "missing") to best, and what share of matches and of random pairs
    fall on each before any data is seen. `compare` gives each pair of differing values its level; equal values have the
    last one."""

    names: tuple[str, ...]
    match_shares: tuple[float, ...]
    random_shares: tuple[float, ...]
    compare: Callable[[Pairs], Levels]

    @property
    def top(self) -> int:
        return len(self.names)


def compare(field: Field, left: Codes, right: Codes) -> Levels:
    """The level of each pair of rows [pairs], 0 where a value is missing; symmetric in left and right."""
    scale = SCALES[field.kind]
    a, b = field.codes[left], field.codes[right]
    levels = np.full(len(a), scale.top, dtype=np.int8)
    levels[(a < 0) | (b < 0)] = MISSING
    differing = np.flatnonzero((a >= 0) & (b >= 0) & (a != b))
    if len(differing):
        low, high, where = _distinct(a[differing], b[differing], len(field.values))
        levels[differing] = scale.compare(Pairs(field, low, high))[where]
    return levels


def compare_all(fields: tuple[Field, ...], left: Codes, right: Codes) -> npt.NDArray[np.int8]:
    """The levels of pairs of rows in every field [pairs × fields]."""
    levels = np.zeros((len(left), len(fields)), dtype=np.int8, order="F")
    for start in range(0, len(left), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        for place, one in enumerate(fields):
            levels[part, place] = compare(one, left[part], right[part])
        _swap_names(fields, left[part], right[part], levels[part])
    return levels


def _swap_names(fields: tuple[Field, ...], left: Codes, right: Codes, levels: npt.NDArray[np.int8]) -> None:
    """Given and family name that changed places count like names with a typo, where they do not agree as they stand.

    Where only one fits crosswise the other differs, and where it is missing it says nothing.
    """
    kinds = [one.kind for one in fields]
    if kinds.count(Kind.GIVEN_NAME) != 1 or kinds.count(Kind.FAMILY_NAME) != 1:
        return
    given, family = kinds.index(Kind.GIVEN_NAME), kinds.index(Kind.FAMILY_NAME)
    apart = np.flatnonzero((levels[:, given] <= DIFFERENT + 1) & (levels[:, family] <= DIFFERENT + 1))
    givens, families = traits.one_numbering(fields[given], fields[family])
    forth = _crossed(givens, families, left[apart], right[apart])
    back = _crossed(givens, families, right[apart], left[apart])
    better, worse = np.maximum(forth, back), np.minimum(forth, back)
    unlike = (levels[apart, given] == DIFFERENT) & (levels[apart, family] == DIFFERENT)
    turned = (better > 0) & ((worse >= 0) | unlike)
    for the_other, level in ((1, SCALES[Kind.GIVEN_NAME].top - 2), (0, MISSING), (-1, DIFFERENT)):
        levels[apart[turned & (worse == the_other)], given] = level
    levels[apart[turned], family] = SCALES[Kind.FAMILY_NAME].top - 1


def _crossed(givens: Field, families: Field, left: Codes, right: Codes) -> npt.NDArray[np.int8]:
    """1 where the left given name is the right family name but for a typo, -1 where not, 0 where one is missing."""
    a, b = givens.codes[left], families.codes[right]
    present = np.flatnonzero((a >= 0) & (b >= 0))
    low, high, where = _distinct(a[present], b[present], len(givens.values))
    pairs = Pairs(givens, low, high)
    alike = (low == high) | _typo(pairs.edits(), pairs.shortest()) | slips.jumbled(givens, low, high)
    found = np.zeros(len(a), dtype=np.int8)
    found[present] = np.where(alike[where], 1, -1)
    return found


def _distinct(a: Codes, b: Codes, size: int) -> tuple[Codes, Codes, npt.NDArray[np.int64]]:
    low, high = np.minimum(a, b), np.maximum(a, b)
    first, where = numbered(low.astype(np.int64) * size + high, size * size)
    return low[first], high[first], where


def _grade(pairs: Pairs, *steps: Flags) -> Levels:
    """DIFFERENT, or the last of `steps` (from worst to best) that holds."""
    levels = np.full(len(pairs.a), DIFFERENT, dtype=np.int8)
    for number, holds in enumerate(steps, start=DIFFERENT + 1):
        levels[holds] = number
    return levels


def _at_least(level: int, levels: Levels, holds: Callable[[Field, Codes, Codes], Flags], pairs: Pairs) -> Levels:
    """`level` for the pairs of which `holds` is true, unless they have a better one."""
    below = np.flatnonzero(levels < level)
    levels[below[holds(pairs.field, pairs.a[below], pairs.b[below])]] = level
    return levels


def _typo(edits: npt.NDArray[np.float32], shortest: npt.NDArray[np.int32]) -> Flags:
    return ((edits == 1) & (shortest >= 3)) | ((edits == 2) & (shortest >= 8))


def _given_name(pairs: Pairs) -> Levels:
    edits, shortest = pairs.edits(), pairs.shortest()
    similar = pairs.score(JaroWinkler.similarity, score_cutoff=0.85) >= 0.85
    first_a, first_b = pairs.both(traits.first_words(pairs.field))
    initial_a, initial_b = pairs.both(traits.initials(pairs.field))
    short = np.minimum(*pairs.both(traits.first_lengths(pairs.field))) == 1
    compatible = (first_a == first_b) | traits.are_nicknames(pairs.field, pairs.a, pairs.b)
    initial = short & (initial_a == initial_b)
    levels = _grade(pairs, similar, initial, _typo(edits, shortest), compatible & ~initial)
    return _at_least(DIFFERENT + 1, levels, slips.jumbled, pairs)


def _family_name(pairs: Pairs) -> Levels:
    edits, shortest = pairs.edits(), pairs.shortest()
    similar = (pairs.score(JaroWinkler.similarity, score_cutoff=0.88) >= 0.88) & (shortest >= 3)
    first_a, first_b = pairs.both(traits.first_words(pairs.field))
    last_a, last_b = pairs.both(traits.last_words(pairs.field))
    part = ((first_a == first_b) | (last_a == last_b) | (first_a == last_b) | (last_a == first_b)) & (shortest >= 3)
    return _at_least(DIFFERENT + 1, _grade(pairs, similar, part, _typo(edits, shortest)), slips.jumbled, pairs)


def _person(pairs: Pairs) -> Levels:
    ratio = pairs.score(fuzz.token_sort_ratio, score_cutoff=70)
    names = person_names.agreement(pairs.field, pairs.a, pairs.b)
    at_odds = names.are_full & (np.minimum(names.given, names.family) == person_names.AT_ODDS)
    given_fits, family_fits = names.given > person_names.SPELLING, names.family > person_names.SPELLING
    levels = _grade(
        pairs,
        at_odds & family_fits,
        (ratio >= 80) | ((ratio >= 70) & ~at_odds) | names.is_part | given_fits,
        ((ratio >= 80) & ~at_odds) | (names.is_part & given_fits) | (names.given > 0) & (names.family > 0),
        family_fits & given_fits,
        ratio >= 99.9,
    )
    levels[at_odds & family_fits] = RELATIVE
    levels[names.are_generations] = DIFFERENT
    return levels


def _company(pairs: Pairs) -> Levels:
    ratio = pairs.score(fuzz.token_sort_ratio, score_cutoff=65)
    first_a, first_b = pairs.both(traits.first_words(pairs.field))
    lengths = np.minimum(*pairs.both(traits.first_lengths(pairs.field)))
    together_a, together_b = pairs.both(traits.without_spaces(pairs.field))
    last_a, last_b = pairs.both(traits.last_words(pairs.field))
    alone = ((first_a == last_a) | (first_b == last_b)) & (last_a == last_b) & (pairs.shortest() >= 4)
    same_start = (first_a == first_b) & (lengths >= 3)
    typo = _typo(pairs.edits(), pairs.shortest())
    weak = (ratio >= 65) | alone
    words_a, words_b = pairs.both(traits.word_counts(pairs.field))
    parted = np.flatnonzero(~weak & (words_a != words_b) & (pairs.score(fuzz.ratio, score_cutoff=50) >= 50))
    weak[parted] = slips.run_together(pairs.field, pairs.a[parted], pairs.b[parted])
    return _grade(
        pairs,
        weak,
        same_start,
        ratio >= 80,
        (ratio >= 92) | typo,
        (together_a == together_b) | (ratio >= 99.9),
    )


def _email(pairs: Pairs) -> Levels:
    local_a, local_b = pairs.both(traits.local_parts(pairs.field))
    domain_a, domain_b = pairs.both(traits.mail_domains(pairs.field))
    likeness = pairs.score(OSA.normalized_similarity, score_cutoff=0.7)
    longest = np.maximum(*pairs.both(traits.lengths(pairs.field)))
    close = ((1 - likeness) * longest < 2.5) & (pairs.shortest() >= 8)
    elsewhere = np.flatnonzero((likeness >= 0.7) & (domain_a != domain_b) & (local_a != local_b))
    locals_a, locals_b = ([text.partition("@")[0] for text in texts] for texts in pairs.take(elsewhere).texts)
    near = process.cpdist(locals_a, locals_b, scorer=OSA.normalized_similarity, workers=-1, dtype=np.float32) >= 0.6
    similar = np.zeros(len(pairs.a), dtype=bool)
    similar[elsewhere[near]] = True
    levels = _grade(pairs, domain_a == domain_b, similar, local_a == local_b, close)
    return _at_least(DIFFERENT + 2, levels, slips.jumbled, pairs)


def _phone(pairs: Pairs) -> Levels:
    edits = pairs.edits()
    block_a, block_b = pairs.both(traits.without_tail(pairs.field, 4))
    tail_a, tail_b = pairs.both(traits.tails(pairs.field, 7))
    return _grade(pairs, block_a == block_b, edits == 2, edits == 1, tail_a == tail_b)


def _domain(pairs: Pairs) -> Levels:
    name_a, name_b = pairs.both(traits.domain_names(pairs.field))
    similar = (pairs.score(JaroWinkler.similarity, score_cutoff=0.9) >= 0.9) & (pairs.shortest() >= 6)
    return _grade(pairs, similar, (pairs.edits() == 1) & (pairs.shortest() >= 6), name_a == name_b)


def _street(pairs: Pairs) -> Levels:
    ratio = pairs.score(fuzz.token_sort_ratio, score_cutoff=60)
    number_a, number_b = pairs.both(traits.numbers_in(pairs.field))
    many_a, many_b = pairs.both(traits.number_lists(pairs.field))
    apart = ((number_a != number_b) & (number_a >= 0) & (number_b >= 0)) | (
        (many_a != many_b) & (many_a >= 0) & (many_b >= 0)
    )
    same = (number_a == number_b) & (number_a >= 0)
    close = (ratio >= 80) & ~apart
    # One tells more, numbers and all: "12 Oak Ave", "12 Oak Ave between 3rd and 4th St".
    longer = np.flatnonzero(same & ~close & (pairs.shortest() >= 8))
    close[longer] = pairs.take(longer).score(fuzz.token_set_ratio, score_cutoff=99.9) >= 99.9
    return _grade(pairs, ratio >= 60, (ratio >= 75) | (same & (ratio >= 60)), close, (ratio >= 92) & ~apart)


def _city(pairs: Pairs) -> Levels:
    similar = (pairs.score(JaroWinkler.similarity, score_cutoff=0.88) >= 0.88) & (pairs.shortest() >= 3)
    contained = (pairs.score(fuzz.token_set_ratio) >= 99.9) & (pairs.shortest() >= 3)
    levels = _grade(pairs, similar, contained, _typo(pairs.edits(), pairs.shortest()))
    return _at_least(DIFFERENT + 1, levels, slips.jumbled, pairs)


def _postcode(pairs: Pairs) -> Levels:
    area_a, area_b = pairs.both(traits.heads(pairs.field, 3))
    start_a, start_b = pairs.both(traits.heads(pairs.field, 5))
    return _grade(pairs, area_a == area_b, pairs.edits() == 1, (start_a == start_b) & (pairs.shortest() >= 5))


def _date(pairs: Pairs) -> Levels:
    edits = pairs.edits()
    year_a, year_b = pairs.both(traits.heads(pairs.field, 4))
    swapped_a, swapped_b = pairs.both(traits.unordered_days(pairs.field))
    return _grade(pairs, year_a == year_b, edits == 2, (edits == 1) | (swapped_a == swapped_b))


def _number(pairs: Pairs) -> Levels:
    a, b = pairs.both(traits.amounts(pairs.field))
    apart = np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-9)
    return _grade(pairs, apart <= 0.3, apart <= 0.1, apart <= 0.02)


def _code(pairs: Pairs) -> Levels:
    edits, shortest = pairs.edits(), pairs.shortest()
    contained = (pairs.score(fuzz.partial_ratio) >= 99.9) & (shortest >= 4)
    return _grade(pairs, (edits == 2) & (shortest >= 6), contained, (edits == 1) & (shortest >= 4))


def _text(pairs: Pairs) -> Levels:
    in_order = pairs.score(fuzz.token_sort_ratio, score_cutoff=55)
    ratio = np.maximum(in_order, 0.95 * pairs.score(fuzz.token_set_ratio, score_cutoff=55 / 0.95))
    return _grade(pairs, ratio >= 55, ratio >= 70, ratio >= 80, ratio >= 90, ratio >= 97)


def _category(pairs: Pairs) -> Levels:
    return _grade(pairs, pairs.score(fuzz.ratio) >= 75, pairs.score(fuzz.token_set_ratio) >= 90)


# Shares are our own judgement; they matter only where a list is too small to say otherwise.
SCALES: dict[Kind, Scale] = {
    Kind.GIVEN_NAME: Scale(
        ("different", "similar", "initial", "typo", "compatible", "equal"),
        (0.03, 0.03, 0.06, 0.06, 0.08, 0.74), (0.92, 0.045, 0.015, 0.004, 0.006, 0.01), _given_name),
    Kind.FAMILY_NAME: Scale(
        ("different", "similar", "part", "typo", "equal"),
        (0.03, 0.02, 0.03, 0.07, 0.85), (0.975, 0.018, 0.002, 0.002, 0.003), _family_name),
    Kind.PERSON: Scale(
        ("different", "relative", "similar", "close", "compatible", "same words", "equal"),
        (0.03, 0.01, 0.06, 0.10, 0.10, 0.02, 0.68), (0.96, 0.012, 0.022, 0.004, 0.001, 0.0002, 0.0008), _person),
    Kind.COMPANY: Scale(
        ("different", "weak", "same start", "similar", "close", "together", "equal"),
        (0.06, 0.03, 0.08, 0.06, 0.08, 0.02, 0.67), (0.972, 0.014, 0.006, 0.002, 0.0005, 0.0005, 0.005), _company),
    Kind.EMAIL: Scale(
        ("different", "same domain", "similar", "same local part", "close", "equal"),
        (0.19, 0.04, 0.03, 0.09, 0.08, 0.57), (0.986, 0.011, 0.002, 0.0008, 0.0001, 0.0001), _email),
    Kind.PHONE: Scale(
        ("different", "same block", "near", "typo", "same ending", "equal"),
        (0.22, 0.06, 0.02, 0.04, 0.01, 0.65), (0.985, 0.010, 0.001, 0.0005, 0.0005, 0.003), _phone),
    Kind.DOMAIN: Scale(
        ("different", "similar", "typo", "other ending", "equal"),
        (0.08, 0.03, 0.03, 0.06, 0.80), (0.990, 0.004, 0.0005, 0.0005, 0.005), _domain),
    Kind.STREET: Scale(
        ("different", "weak", "similar", "close", "same number and name", "equal"),
        (0.10, 0.06, 0.08, 0.10, 0.06, 0.60), (0.965, 0.025, 0.005, 0.001, 0.001, 0.003), _street),
    Kind.CITY: Scale(
        ("different", "similar", "contained", "typo", "equal"),
        (0.12, 0.03, 0.04, 0.06, 0.75), (0.95, 0.015, 0.005, 0.005, 0.025), _city),
    Kind.POSTCODE: Scale(
        ("different", "same area", "typo", "same start", "equal"),
        (0.10, 0.06, 0.05, 0.02, 0.77), (0.95, 0.025, 0.008, 0.002, 0.015), _postcode),
    Kind.COUNTRY: Scale(
        ("different", "similar", "contained", "equal"),
        (0.04, 0.01, 0.01, 0.94), (0.59, 0.005, 0.005, 0.40), _category),
    Kind.DATE: Scale(
        ("different", "same year", "near", "typo", "equal"),
        (0.05, 0.02, 0.03, 0.08, 0.82), (0.955, 0.02, 0.018, 0.005, 0.002), _date),
    Kind.NUMBER: Scale(
        ("different", "roughly", "near", "close", "equal"),
        (0.15, 0.05, 0.05, 0.05, 0.70), (0.75, 0.12, 0.06, 0.02, 0.05), _number),
    Kind.CODE: Scale(
        ("different", "near", "contained", "typo", "equal"),
        (0.08, 0.01, 0.04, 0.05, 0.82), (0.988, 0.006, 0.001, 0.003, 0.002), _code),
    Kind.TEXT: Scale(
        ("different", "weak", "related", "similar", "close", "same words", "equal"),
        (0.05, 0.06, 0.09, 0.10, 0.12, 0.08, 0.50), (0.95, 0.036, 0.007, 0.003, 0.001, 0.0005, 0.0025), _text),
    Kind.CATEGORY: Scale(
        ("different", "similar", "contained", "equal"),
        (0.15, 0.03, 0.06, 0.76), (0.80, 0.02, 0.03, 0.15), _category),
}  # fmt: skip
