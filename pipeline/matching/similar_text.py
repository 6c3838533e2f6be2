"""Rows of similar text: TF-IDF over character three-grams of all worded columns, the k nearest in both directions."""

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_matrix, diags_array
from sparse_dot_topn import sp_matmul_topn

from pipeline.matching.fields import Codes, Field
from pipeline.matching.joins import Rows
from pipeline.matching.kinds import WORDED

Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_LETTERS = 40  # a–z, 0–9, space and the rest: three of them make 64,000 grams
_MAX_CHARS = 160
_MIN_COSINE = 0.25
_MAX_SHARE = 0.02  # grams in more of the rows cost most of the time and tell least


def pairs(fields: tuple[Field, ...], left: int, k: int, wanted: Flags, among: Flags) -> tuple[Rows, Rows]:
    """Each `wanted` row [rows] with its k most similar ones `among` [rows] all: across two lists where there are more
    rows than `left`, else ascending within the one.
    """
    worded = [field for field in fields if field.kind in WORDED and len(field.values)]
    if not worded or not wanted.any():
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    rows = np.flatnonzero(wanted | among)
    weights = tf_idf(_joined(worded, rows))
    asking, asked = np.flatnonzero(wanted[rows]), np.flatnonzero(among[rows])
    if left < len(wanted):
        middle = int(np.searchsorted(rows, left))
        forth = _nearest(weights, asking[asking < middle], asked[asked >= middle], k)
        back = _nearest(weights, asking[asking >= middle], asked[asked < middle], k)
        return rows[np.r_[forth[0], back[1]]].astype(np.int32), rows[np.r_[forth[1], back[0]]].astype(np.int32)
    a, b = (rows[one] for one in _nearest(weights, asking, asked, k + 1))
    apart = a != b
    return np.minimum(a, b)[apart].astype(np.int32), np.maximum(a, b)[apart].astype(np.int32)


def _nearest(weights: csr_matrix, rows: Places, among: Places, k: int) -> tuple[Places, Places]:
    """Each of `rows` with the k most similar rows `among` the others."""
    if not len(rows) or not len(among):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    near = sp_matmul_topn(weights[rows], weights[among].T.tocsr(), k, threshold=_MIN_COSINE, n_threads=2).tocoo()
    return rows[near.row], among[near.col]


def _joined(fields: list[Field], rows: Places) -> pl.Series:
    """The words of `rows` in all fields, as one text each."""
    texts = {str(place): _texts(field, field.codes[rows]) for place, field in enumerate(fields)}
    return pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator=" ")).to_series().str.slice(0, _MAX_CHARS)


def _texts(field: Field, codes: Codes) -> pl.Series:
    known = pl.concat([field.values, pl.Series([""], dtype=pl.String)])
    return known.gather(np.where(codes < 0, len(field.values), codes))


def tf_idf(texts: pl.Series) -> csr_matrix:
    """Unit rows [texts × grams] of character three-grams weighted by rarity; no string ever becomes a Python object."""
    padded = pl.Series([" "]) + texts + pl.Series([" \n"])
    raw = np.frombuffer("".join(padded.to_list()).encode("ascii", "replace"), dtype=np.uint8)
    letters = _TABLE[raw].astype(np.int32)
    ends = np.flatnonzero(raw == ord("\n"))
    row = np.repeat(np.arange(len(ends)), np.diff(np.r_[-1, ends]))
    gram = letters[:-2] * _LETTERS**2 + letters[1:-1] * _LETTERS + letters[2:]
    inside = (row[:-2] == row[2:]) & (raw[2:] != ord("\n")) & (letters[1:-1] != 0)
    counts = csr_matrix(
        (np.ones(int(inside.sum()), dtype=np.float32), (row[:-2][inside], gram[inside])),
        shape=(len(ends), _LETTERS**3),
    )
    counts.sum_duplicates()
    return _weighted(counts)


def _weighted(counts: csr_matrix) -> csr_matrix:
    rows = counts.shape[0]
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((1 + rows) / (1 + frequency)).astype(np.float32)
    rarity[frequency > max(50, _MAX_SHARE * rows)] = 0
    counts.data = np.sqrt(counts.data) * rarity[counts.indices]
    counts.eliminate_zeros()
    norms = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    scale = np.divide(1.0, norms, out=np.zeros_like(norms), where=norms > 0)
    return csr_matrix(diags_array(scale.astype(np.float32)) @ counts)


def _letter_table() -> npt.NDArray[np.uint8]:
    table = np.full(256, _LETTERS - 1, dtype=np.uint8)
    table[ord(" ")] = 0
    for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", start=1):
        table[ord(letter)] = place
    return table


_TABLE = _letter_table()
