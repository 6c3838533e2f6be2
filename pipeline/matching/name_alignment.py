"""Two names word by word: which words are the same in another spelling, and whether words are left over on both sides.

A name that lacks words of the other may be its short form; where both have words of their own they are two names,
however many they share. One pair at a time: for given pairs, not for millions of candidates.
"""

import re

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA, JaroWinkler

from pipeline.matching.comparison import DIFFERENT, MISSING, SCALES, Levels
from pipeline.matching.fields import Codes, Field
from pipeline.matching.keys import skeleton
from pipeline.matching.kinds import Kind
from pipeline.matching.nicknames import agreement

NAMES = frozenset({Kind.PERSON, Kind.COMPANY})
# Words that come and go with the custom of spelling.
_PARTICLES = frozenset(
    {
        *("al", "el", "ul", "bin", "ben", "ibn", "bint", "abu", "haji", "de", "del", "della", "di", "da", "dos", "van"),
        *("von", "der", "den", "la", "le", "the", "of", "and", "st", "mr", "mrs", "dr"),
    }
)


def levels(field: Field, left: Codes, right: Codes) -> Levels:
    """The level of each pair of rows [pairs] on the scale of the field's kind."""
    top = SCALES[field.kind].top
    found = np.full(len(left), MISSING, dtype=np.int8)
    words = _words(field)
    for pair, (a, b) in enumerate(zip(field.codes[left].tolist(), field.codes[right].tolist(), strict=True)):
        if a >= 0 and b >= 0:
            found[pair] = top if a == b else _level(words[a], words[b], top)
    return found


def _words(field: Field) -> list[list[tuple[str, str]]]:
    """Per distinct value its words, each with the skeleton it sounds like."""
    split = field.values.str.split(" ")
    distinct = pl.Series(sorted({word for one in split for word in one}), dtype=pl.String)
    sounds = skeleton(Field("", field.kind, np.zeros(0, dtype=np.int32), distinct)).tolist()
    sound_of = dict(zip(distinct.to_list(), map(str, sounds), strict=True))
    return [[(word, sound_of[word]) for word in one] for one in split]


def _level(left: list[tuple[str, str]], right: list[tuple[str, str]], top: int) -> int:
    joined = "".join(word for word, _ in left), "".join(word for word, _ in right)
    if joined[0] == joined[1]:
        return top - 1
    pairs, rest, others = _aligned(left, right)
    own, other = [w for w in rest if w not in _PARTICLES], [w for w in others if w not in _PARTICLES]
    if not own and not other:
        return top - 1 if pairs else DIFFERENT
    if not own or not other:
        return top - 2 if pairs >= 2 else top - 3 if pairs else DIFFERENT
    if "".join(own) == "".join(other) or _is_spelling(re.sub("h", "", joined[0]), re.sub("h", "", joined[1])):
        return top - 2
    likeness = max(JaroWinkler.similarity(a, b) for a in own for b in other)
    return DIFFERENT + 2 if pairs and likeness >= 0.85 else DIFFERENT + 1 if pairs else DIFFERENT


def _aligned(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> tuple[int, list[str], list[str]]:
    """How many words pair up, and the words left over on either side."""
    free = list(right)
    rest = []
    paired = 0
    for word in sorted(left, key=lambda one: -len(one[0])):
        best = max(free, key=lambda one: _kinship(word, one), default=None)
        if best is not None and _kinship(word, best) > 0:
            free.remove(best)
            paired += 1
        else:
            rest.append(word[0])
    return paired, rest, [word for word, _ in free]


def _kinship(one: tuple[str, str], other: tuple[str, str]) -> int:
    """4 equal, 3 a nickname, 2 another spelling, 1 an initial, 0 another word."""
    if one[0] == other[0]:
        return 4
    known = agreement(one[0], other[0])
    if known == "nickname":
        return 3
    if _is_spelling(one[0], other[0]) or (one[1] == other[1] and min(len(one[0]), len(other[0])) >= 4):
        return 2
    return 1 if known == "initial" else 0


def _is_spelling(one: str, other: str) -> bool:
    shortest = min(len(one), len(other))
    if any(letter.isdigit() for letter in one + other):
        return False
    return OSA.distance(one, other, score_cutoff=2) <= (0 if shortest < 5 else 1 if shortest < 9 else 2)
