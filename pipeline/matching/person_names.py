"""Full names of persons word by word: whether the given names, and whether the family names, can be one person's.

Letters alone cannot tell "Patrick Smith" from "Patricia Smith" better than "Bob Smith" from "Robert Smith": relatives
share most of the letters, short forms hardly any. So given name is held against given name and family name against
family name, in either order, and what is at odds in one of the two is never taken for a misspelling.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from pipeline.matching import keys, traits
from pipeline.matching.fields import Codes, Field
from pipeline.matching.joins import numbered
from pipeline.matching.kinds import Kind
from pipeline.matching.nicknames import is_known, short_forms

Flags = npt.NDArray[np.bool_]
Ranks = npt.NDArray[np.int8]
AT_ODDS, SPELLING, SHORT_FORM, EQUAL = 0, 1, 2, 3
_GENERATIONS = {
    "i": 1, "sr": 1, "senior": 1, "1st": 1, "ii": 2, "jr": 2, "junior": 2, "2nd": 2, "iii": 3, "3rd": 3, "iv": 4,
}  # fmt: skip
_LIKE = 0.94
_ABBREVIATION = r"^[a-z]$|^[b-df-hj-np-tv-xz]{2,4}$"
_SUFFIX = rf" (?:{'|'.join(_GENERATIONS)})$"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How two names agree, per pair [pairs]: ranks of the given and of the family names (AT_ODDS to EQUAL), whether
    both have the two of them, whether one's family name is another word of the other, and whether they name two
    generations ("Jr", "Sr")."""

    given: Ranks
    family: Ranks
    are_full: Flags
    is_part: Flags
    are_generations: Flags


def agreement(field: Field, a: Codes, b: Codes) -> Agreement:
    """Agreement of distinct values `a` and `b` of a field of full names, the order that agrees better counting."""
    parts = _parts(field)
    given_a, given_b, family_a, family_b = parts.given[a], parts.given[b], parts.family[a], parts.family[b]
    straight = parts.relation(given_a, given_b), parts.relation(family_a, family_b)
    crossed = parts.relation(given_a, family_b), parts.relation(family_a, given_b)
    turned = np.minimum(*crossed) > np.minimum(*straight)
    generation_a, generation_b = parts.generation[a], parts.generation[b]
    return Agreement(
        given=np.where(turned, crossed[0], straight[0]),
        family=np.where(turned, crossed[1], straight[1]),
        are_full=(given_a != family_a) & (given_b != family_b),
        is_part=_is_among(family_a, parts.words[b]) | _is_among(family_b, parts.words[a]),
        are_generations=(generation_a != generation_b) & (generation_a > 0) & (generation_b > 0),
    )


def _is_among(one: Codes, words: npt.NDArray[np.int32]) -> Flags:
    return (words == one[:, None]).any(axis=1)


@dataclass(frozen=True, eq=False)
class _Parts:
    """Per distinct name its given and family name and its first words [values × 4] as codes into `known`."""

    known: Field
    given: Codes
    family: Codes
    words: npt.NDArray[np.int32]
    generation: npt.NDArray[np.int8]

    def relation(self, a: Codes, b: Codes) -> Ranks:
        """The rank of each pair of words [pairs]; each distinct pair is looked at once."""
        low, high = np.minimum(a, b), np.maximum(a, b)
        size = max(1, len(self.known.values))
        first, place = numbered(low.astype(np.int64) * size + high, size * size)
        return _rank(self.known, low[first], high[first])[place]


@traits.remembered
def _parts(field: Field) -> _Parts:
    values = field.values
    bare = values.str.replace(_SUFFIX, "")
    split = bare.str.split(" ")
    columns = [split.list.get(place, null_on_oob=True) for place in range(4)]
    columns.append(split.list.get(-1, null_on_oob=True))
    known = pl.concat(columns).drop_nulls().unique(maintain_order=True)
    number = pl.DataFrame({"word": known, "code": pl.arange(len(known), eager=True, dtype=pl.Int32)})
    codes = [
        pl.DataFrame({"word": one}).join(number, on="word", how="left", maintain_order="left")["code"].fill_null(-1)
        for one in columns
    ]
    return _Parts(
        known=Field("", Kind.PERSON, np.zeros(0, dtype=np.int32), known),
        given=codes[0].to_numpy(), family=codes[4].to_numpy(),
        words=np.column_stack([one.to_numpy() for one in codes[:4]]), generation=_generations(values),
    )  # fmt: skip


def _generations(values: pl.Series) -> npt.NDArray[np.int8]:
    """The generation a name says behind its first word, 0 for none."""
    said = values.str.extract(rf"\S (?:.* )?({'|'.join(_GENERATIONS)})(?: .*)?$", 1)
    return said.replace_strict(_GENERATIONS, default=0, return_dtype=pl.Int8).fill_null(0).to_numpy()


def _rank(known: Field, a: Codes, b: Codes) -> Ranks:
    """How two words agree; symmetric."""
    texts_a, texts_b = known.values.gather(a).to_list(), known.values.gather(b).to_list()
    edits = process.cpdist(texts_a, texts_b, scorer=OSA.distance, score_cutoff=2, workers=-1, dtype=np.float32)
    like = process.cpdist(texts_a, texts_b, scorer=JaroWinkler.similarity, workers=-1, dtype=np.float32) >= _LIKE
    shortest, sounds = np.minimum(*(traits.lengths(known)[one] for one in (a, b))), _sounds(known)
    one_slip = (edits == 1) & (shortest >= 4)
    misspelt = (edits == 1) | ((edits == 2) & (shortest >= 8)) | (like & (shortest >= 6)) | (sounds[a] == sounds[b])
    misspelt &= (shortest >= 3) & ~one_slip
    misspelt[misspelt] = ~_are_two_names(known, a[misspelt], b[misspelt])
    rank = np.where(one_slip | misspelt, SPELLING, AT_ODDS).astype(np.int8)
    rank[_are_abbreviated(known, a, b) | traits.are_nicknames(known, a, b)] = SHORT_FORM
    rank[a == b] = EQUAL
    return rank


def _are_abbreviated(known: Field, a: Codes, b: Codes) -> Flags:
    """Whether one is an initial of the other or of a short form of it ("B" of Robert), or its consonants ("Mhd")."""
    shortened = _abbreviations(known)
    found = np.zeros(len(a), dtype=bool)
    for pair in np.flatnonzero((shortened[a] | shortened[b]) & (a != b)).tolist():
        short, long = sorted((known.values[int(a[pair])], known.values[int(b[pair])]), key=len)
        found[pair] = _abbreviates(short, long)
    return found


def _abbreviates(short: str, long: str) -> bool:
    if len(short) == 1:
        return any(name[0] == short for name in short_forms(long))
    rest = iter(long)
    return short[0] == long[0] and short[-1] == long[-1] and all(letter in rest for letter in short)


@traits.remembered
def _abbreviations(known: Field) -> Flags:
    """Words that may be short for others: a single letter, or two to four consonants."""
    return known.values.str.contains(_ABBREVIATION).to_numpy()


def _are_two_names(known: Field, a: Codes, b: Codes) -> Flags:
    """Whether both words are names in use: "Patrick" is no misspelling of "Patricia"."""
    texts = (known.values.gather(one).to_list() for one in (a, b))
    return np.array([is_known(one) and is_known(other) for one, other in zip(*texts, strict=True)], dtype=bool)


@traits.remembered
def _sounds(known: Field) -> traits.Ints:
    return keys.sounds(known.values, least=2)
