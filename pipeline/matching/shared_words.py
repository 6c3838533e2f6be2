"""What two texts say alike word by word, and what each says alone: versions, models and rare words tell products apart.

Words written together in one text and apart in another ("quickbooks", "quick books") are split alike, misspelt and
abbreviated ones pair up (soft TF-IDF after Cohen, Ravikumar and Fienberg 2003).
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler
from scipy.sparse import csr_matrix

from pipeline.matching.fields import Codes, Field, factorise

Floats = npt.NDArray[np.float32]
_SPELLING = 0.88  # Jaro-Winkler similarity from which on two words are one in another spelling
_SHORTEST_START = 3  # letters by which a word abbreviates another
_MOST_ALONE = 12  # words of either side, the rarest first, that are looked at for another spelling
_CHUNK = 50_000
# Classes of words that tell versions and models apart, as regular expressions of the whole word.
_CLASSES = {
    "years": r"^(?:19[5-9]\d|20[0-4]\d)$",
    "small numbers": r"^(?:\d{1,2}|1[0-8]\d{2}|[1-9]\d{2})$",
    "models": r"^(?:[a-z]+\d+[a-z0-9]*|\d+[a-z][a-z0-9]*)$",
    "long codes": r"^[a-z]*\d{5,}[a-z0-9]*$",
}


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a field's distinct values, "" last: `counts` [values × words] is 1 where a value has the word,
    `rarity` [words] its inverse document frequency; `neighbours` [values × pairs] the words that follow each other.
    """

    words: pl.Series
    counts: csr_matrix
    rarity: Floats
    neighbours: csr_matrix
    first: Codes
    last: Codes


def words_of(field: Field) -> Words:
    """The words of each distinct value of a field."""
    texts = [*field.values.to_list(), ""]
    together = _written_together(texts)
    split = [[part for word in text.split() for part in together.get(word, (word,))] for text in texts]
    codes, words = factorise(pl.Series([word for one in split for word in one], dtype=pl.String))
    row = np.repeat(np.arange(len(split)), [len(one) for one in split])
    counts = _present(row, codes, (len(split), max(1, len(words))))
    follows = np.flatnonzero(row[1:] == row[:-1]) if len(row) else row
    bigrams = codes[follows].astype(np.int64) * max(1, len(words)) + codes[follows + 1]
    numbers = np.unique(bigrams, return_inverse=True)[1]
    ends = np.searchsorted(row, np.arange(len(split) + 1))
    has_words = np.diff(ends) > 0
    first, last = (np.full(len(split), -1, dtype=np.int32) for _ in range(2))
    first[has_words], last[has_words] = codes[ends[:-1][has_words]], codes[ends[1:][has_words] - 1]
    values_with = np.bincount(counts.indices, minlength=counts.shape[1])
    return Words(
        words=words, counts=counts, first=first, last=last,
        rarity=np.log((1 + len(split)) / (1 + values_with)).astype(np.float32),
        neighbours=_present(row[follows], numbers, (len(split), max(1, int(numbers.max(initial=0)) + 1))),
    )  # fmt: skip


def shared_words(one: Words, a: Codes, b: Codes) -> dict[str, Floats]:
    """Names and values [pairs] for pairs of distinct values (-1: missing), the same whichever comes first."""
    parts = [_compared(one, a[at : at + _CHUNK], b[at : at + _CHUNK]) for at in range(0, max(1, len(a)), _CHUNK)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _compared(one: Words, a: Codes, b: Codes) -> dict[str, Floats]:
    own, other = one.counts[a], one.counts[b]
    both = own.multiply(other).tocsr()
    alone, others_alone = (own - both).tocsr(), (other - both).tocsr()
    alone.eliminate_zeros()
    others_alone.eliminate_zeros()
    respelt, alone, others_alone = _without_spellings(one, alone, others_alone)
    shared = _sum(both, one.rarity) + respelt
    rest = np.sort(np.column_stack([_sum(alone, one.rarity), _sum(others_alone, one.rarity)]), axis=1)
    rarest = np.sort(np.column_stack([_top(alone, one.rarity), _top(others_alone, one.rarity)]), axis=1)
    sizes = np.sort(np.column_stack([_sum(own), _sum(other)]), axis=1)
    follow = np.sort(np.column_stack([_sum(one.neighbours[a]), _sum(one.neighbours[b])]), axis=1)
    runs = _sum(one.neighbours[a].multiply(one.neighbours[b]))
    found = {
        "shared": shared,
        "shared of all": shared / (shared + rest.sum(axis=1) + 1e-9),
        "shared of shorter": shared / (shared + rest[:, 0] + 1e-9),
        "shared of longer": shared / (shared + rest[:, 1] + 1e-9),
        "least alone": rest[:, 0],
        "most alone": rest[:, 1],
        "rarest alone": rarest[:, 1],
        "rarest alone of either": rarest[:, 0],
        "fewest words": sizes[:, 0],
        "most words": sizes[:, 1],
        "in a row": runs / np.maximum(follow[:, 0], 1),
        "same first": (one.first[a] == one.first[b]).astype(np.float32),
        "same last": (one.last[a] == one.last[b]).astype(np.float32),
    }
    for name, pattern in _CLASSES.items():
        kind = one.words.str.contains(pattern).to_numpy().astype(np.float32) if len(one.words) else np.zeros(1)
        common = _sum(both, kind)
        left, right = _sum(own, kind), _sum(other, kind)
        found[f"{name} shared"] = common
        found[f"{name} clash"] = ((common == 0) & (left > 0) & (right > 0)).astype(np.float32)
        found[f"{name} alone"] = np.minimum(left, right) - common
        found[f"{name} alone of either"] = np.maximum(left, right) - common
    found |= _versions(one, own, other)
    return {name: column.astype(np.float32) for name, column in found.items()}


def _versions(one: Words, own: csr_matrix, other: csr_matrix) -> dict[str, npt.NDArray[np.float64]]:
    """Versions and years however they are written: "cs3" and "3", "2007" and "07" are alike."""
    numbers = (
        one.words.str.extract(r"^[a-z]*0*(\d{1,4})[a-z]*$", 1).cast(pl.Int64, strict=False).fill_null(-1).to_numpy()
    )
    has = np.flatnonzero(numbers >= 0)
    to_version = _present(has, numbers[has] % 100, (own.shape[1], 100))
    left, right = (side @ to_version for side in (own, other))
    common = _sum((left.minimum(right)).sign())
    sizes = np.column_stack([_sum(left.sign()), _sum(right.sign())])
    either = sizes.sum(axis=1) - common
    return {
        "versions": np.where(either > 0, common / np.maximum(either, 1), 0.5),
        "version clash": ((common == 0) & (sizes.min(axis=1) > 0)).astype(np.float64),
    }


def _without_spellings(
    one: Words, alone: csr_matrix, others: csr_matrix
) -> tuple[npt.NDArray[np.float64], csr_matrix, csr_matrix]:
    """The rarity [pairs] of words that stand alone on either side but are one in another spelling, and what is left."""
    frame, other = (_rarest(side, one.rarity) for side in (alone, others))
    pairs = frame.join(other, on="pair", suffix="_b")
    if not len(pairs) or not len(one.words):
        return np.zeros(alone.shape[0]), alone, others
    distinct = pairs.select("word", "word_b").unique(maintain_order=True)
    left, right = (one.words.gather(distinct[name]) for name in ("word", "word_b"))
    alike = process.cpdist(left.to_list(), right.to_list(), scorer=JaroWinkler.similarity, workers=-1, dtype=np.float32)
    alike = np.where(_is_start(left, right) & (alike < _SPELLING), _SPELLING, alike)
    alike[(left.str.contains(r"\d") | right.str.contains(r"\d")).to_numpy()] = 0.0
    close = distinct.with_columns(alike=alike).filter(pl.col("alike") >= _SPELLING)
    found = pairs.join(close, on=["word", "word_b"]).sort(
        "pair", -pl.col("alike"), pl.min_horizontal("word", "word_b"), pl.max_horizontal("word", "word_b")
    )
    is_best = [pl.struct("pair", name).is_first_distinct() for name in ("word", "word_b")]
    found = found.filter(is_best[0] & is_best[1])
    pair, word, word_b = (found[name].to_numpy() for name in ("pair", "word", "word_b"))
    bits = found["alike"].to_numpy() * np.minimum(one.rarity[word], one.rarity[word_b])
    return (
        np.bincount(pair, weights=bits, minlength=alone.shape[0]).astype(np.float64),
        (alone - _present(pair, word, alone.shape)).tocsr(),
        (others - _present(pair, word_b, others.shape)).tocsr(),
    )


def _rarest(side: csr_matrix, rarity: Floats) -> pl.DataFrame:
    pair = np.repeat(np.arange(side.shape[0]), np.diff(side.indptr))
    frame = pl.DataFrame({"pair": pair, "word": side.indices.astype(np.int64), "rarity": rarity[side.indices]})
    frame = frame.sort("pair", "rarity", "word", descending=[False, True, False])
    return frame.group_by("pair", maintain_order=True).head(_MOST_ALONE).select("pair", "word")


def _is_start(left: pl.Series, right: pl.Series) -> npt.NDArray[np.bool_]:
    frame = pl.DataFrame({"a": left, "b": right})
    starts = pl.col("a").str.starts_with(pl.col("b")) | pl.col("b").str.starts_with(pl.col("a"))
    shortest = pl.min_horizontal(pl.col("a").str.len_chars(), pl.col("b").str.len_chars())
    return frame.select(starts & (shortest >= _SHORTEST_START)).to_series().to_numpy()


def _written_together(texts: list[str]) -> dict[str, tuple[str, str]]:
    """Words that elsewhere stand as two: "quickbooks" → "quick", "books"."""
    known = {word for text in texts for word in text.split()}
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        words = text.split()
        pairs.update((a, b) for a, b in pairwise(words) if a + b in known and len(a + b) > 3)
    return {a + b: (a, b) for (a, b), _ in reversed(pairs.most_common())}


def _present(rows: npt.NDArray[np.integer], columns: npt.NDArray[np.integer], shape: tuple[int, int]) -> csr_matrix:
    keys = np.unique(rows.astype(np.int64) * shape[1] + columns)
    return csr_matrix((np.ones(len(keys), dtype=np.float32), (keys // shape[1], keys % shape[1])), shape=shape)


def _sum(counts: csr_matrix, weights: npt.NDArray[np.floating] | None = None) -> npt.NDArray[np.float64]:
    total = counts @ weights if weights is not None else counts.sum(axis=1)
    return np.asarray(total, dtype=np.float64).ravel()


def _top(counts: csr_matrix, weights: Floats) -> npt.NDArray[np.float64]:
    return np.asarray(counts.multiply(weights).max(axis=1).todense(), dtype=np.float64).ravel()
