"""Numbers that say how alike two rows are, finer than levels: what a scorer learns from."""

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from scipy.sparse import csr_matrix

from pipeline.matching import traits
from pipeline.matching.comparison import SCALES, Pairs
from pipeline.matching.fields import Codes, Field, factorise
from pipeline.matching.kinds import WORDED, Kind
from pipeline.matching.shared_words import shared_words, words_of
from pipeline.matching.similar_text import tf_idf

Floats = npt.NDArray[np.float32]
_RATIOS = (fuzz.ratio, fuzz.token_sort_ratio, fuzz.token_set_ratio, fuzz.partial_ratio)


def features(
    fields: tuple[Field, ...], left: Codes, right: Codes, levels: npt.NDArray[np.int8]
) -> tuple[list[str], Floats]:
    """Names and values [pairs × features]; missing counts ½ and is told by a feature of its own."""
    names: list[str] = []
    columns: list[Floats] = []
    whole = whole_row(fields)
    for place, one in enumerate((*fields, *([whole] if whole else []))):
        level = levels[:, place] if place < len(fields) else None
        found = _of_field(one, left, right, level)
        if whole and one is not whole and one.kind in WORDED:
            found |= _elsewhere(one, whole, left, right)
        names += [f"{one.name} {name}" for name in found]
        columns += found.values()
    return names, np.column_stack(columns).astype(np.float32) if columns else np.zeros((len(left), 0), dtype=np.float32)


def _of_field(one: Field, left: Codes, right: Codes, level: npt.NDArray[np.int8] | None) -> dict[str, Floats]:
    a, b = one.codes[left], one.codes[right]
    missing = (a < 0) | (b < 0)
    pairs = Pairs(one, np.where(missing, -1, a), np.where(missing, -1, b))
    found = {"missing": missing.astype(np.float32)}
    if level is not None:
        found["level"] = ((np.maximum(level, 1) - 1) / (SCALES[one.kind].top - 1)).astype(np.float32)
    if one.kind in WORDED or one.kind in (Kind.CODE, Kind.EMAIL, Kind.CATEGORY):
        found |= {scorer.__name__: (pairs.score(scorer) / 100).astype(np.float32) for scorer in _RATIOS}
        found["start"] = pairs.score(JaroWinkler.similarity)
    if one.kind in WORDED:
        found |= _word_overlap(one, a, b) | {"grams": _cosine(tf_idf(_texts(one)), a, b)}
    if one.kind is Kind.TEXT:
        found |= shared_words(words_of(one), a, b)
    if one.kind is Kind.NUMBER:
        found |= _amounts(one, a, b)
    return {
        name: np.where(missing, 0.5, column).astype(np.float32) if name != "missing" else column
        for name, column in found.items()
    }


def _texts(one: Field) -> pl.Series:
    return pl.concat([one.values, pl.Series([""], dtype=pl.String)])


def _cosine(rows: csr_matrix, a: Codes, b: Codes) -> Floats:
    return np.asarray(rows[a].multiply(rows[b]).sum(axis=1), dtype=np.float32).ravel()


def _word_overlap(one: Field, a: Codes, b: Codes) -> dict[str, Floats]:
    """Words shared by rarity, of both and of either side; words with digits (models, versions) on their own."""
    counts, rarity, has_digit = _word_matrix(one)
    rare = counts.multiply(rarity).tocsr()
    shared = np.asarray(rare[a].multiply(counts[b]).sum(axis=1)).ravel()
    own, other = (np.asarray(rare[side].sum(axis=1)).ravel() for side in (a, b))
    digits = counts.multiply(has_digit).tocsr()
    shared_digits = np.asarray(digits[a].multiply(digits[b]).sum(axis=1)).ravel()
    digits_own, digits_other = (np.asarray(digits[side].sum(axis=1)).ravel() for side in (a, b))
    top = np.asarray(rare[a].multiply(counts[b]).max(axis=1).todense()).ravel() / max(float(rarity.max()), 1e-9)
    return {
        "words": shared / np.maximum(own + other - shared, 1e-9),
        "words of shorter": shared / np.maximum(np.minimum(own, other), 1e-9),
        "words of longer": shared / np.maximum(np.maximum(own, other), 1e-9),
        "rarest word": top,
        "numbers": np.where(
            digits_own + digits_other > 0, shared_digits / np.maximum(digits_own + digits_other - shared_digits, 1), 0.5
        ),
        "number clash": ((digits_own > 0) & (digits_other > 0) & (shared_digits == 0)).astype(np.float32),
        "length": np.minimum(own, other) / np.maximum(np.maximum(own, other), 1e-9),
    }


def _word_matrix(one: Field) -> tuple[csr_matrix, Floats, Floats]:
    frame = pl.DataFrame({"row": np.arange(len(one.values) + 1), "word": _texts(one).str.split(" ")}).explode("word")
    frame = frame.filter(pl.col("word").is_not_null() & (pl.col("word") != "")).unique(maintain_order=True)
    codes, words = factorise(frame["word"])
    shape = (len(one.values) + 1, max(1, len(words)))
    counts = csr_matrix((np.ones(len(codes), dtype=np.float32), (frame["row"].to_numpy(), codes)), shape=shape)
    frequency = np.bincount(codes, minlength=shape[1])
    rarity = np.log((1 + shape[0]) / (1 + frequency)).astype(np.float32)
    has_digit = words.str.contains(r"\d").cast(pl.Float32).to_numpy() if len(words) else np.zeros(1, dtype=np.float32)
    return counts, rarity, has_digit


def _amounts(one: Field, a: Codes, b: Codes) -> dict[str, Floats]:
    values = np.append(traits.amounts(one), 0.0)
    x, y = np.abs(values[a]), np.abs(values[b])
    return {
        "apart": np.abs(x - y) / np.maximum(np.maximum(x, y), 1e-9),
        "ratio": np.minimum(np.abs(np.log2((x + 1) / (y + 1))), 6) / 6,
        "least": np.log2(np.minimum(x, y) + 1),
        "most": np.log2(np.maximum(x, y) + 1),
    }


def _elsewhere(one: Field, whole: Field, left: Codes, right: Codes) -> dict[str, Floats]:
    """The share of either side's words that stand anywhere in the other row; ½ where a side has none."""
    both = Field("", Kind.TEXT, one.codes, pl.concat([one.values, whole.values]))
    counts, _, _ = _word_matrix(both)  # the last row is empty
    shares = []
    for own, other in ((left, right), (right, left)):
        a = one.codes[own]
        b = np.where(whole.codes[other] < 0, -1, whole.codes[other] + len(one.values))
        size = np.asarray(counts[a].sum(axis=1)).ravel()
        shared = np.asarray(counts[a].multiply(counts[b]).sum(axis=1)).ravel()
        shares.append(np.where(size > 0, shared / np.maximum(size, 1), 0.5))
    return {"elsewhere least": np.minimum(*shares), "elsewhere most": np.maximum(*shares)}


def whole_row(fields: tuple[Field, ...]) -> Field | None:
    """All words of a row as one text: a maker may stand in one list's title and in a column of the other."""
    worded = [one for one in fields if one.kind in WORDED or one.kind is Kind.CATEGORY]
    if len(worded) < 2:
        return None
    texts = {
        str(p): _texts(one).gather(np.where(one.codes < 0, len(one.values), one.codes)) for p, one in enumerate(worded)
    }
    joined = pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator=" ").str.strip_chars()).to_series()
    return Field("whole row", Kind.TEXT, *factorise(joined))
