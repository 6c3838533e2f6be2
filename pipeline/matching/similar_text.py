"""Rows of similar text: TF-IDF over character three-grams of all worded columns, the k nearest in both directions."""

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_matrix, diags_array
from sparse_dot_topn import sp_matmul_topn

from pipeline.matching.fields import Field
from pipeline.matching.kinds import WORDED

Rows = npt.NDArray[np.int32]
_LETTERS = 40  # a–z, 0–9, space and the rest: three of them make 64,000 grams
_MAX_CHARS = 160
_MIN_COSINE = 0.25
_MAX_SHARE = 0.02  # grams in more of the rows cost most of the time and tell least


def pairs(fields: tuple[Field, ...], left: int, right: int, k: int, wanted: npt.NDArray[np.bool_]) -> tuple[Rows, Rows]:
    """Each wanted row [rows] with its k most similar ones: across two lists, ascending within one (right = 0)."""
    worded = [field for field in fields if field.kind in WORDED and len(field.values)]
    if not worded or not wanted.any():
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    weights = tf_idf(_joined(worded))
    if right:
        forth = _nearest(weights, wanted[:left].nonzero()[0], slice(left, None), k)
        back = _nearest(weights, left + wanted[left:].nonzero()[0], slice(0, left), k)
        return np.concatenate([forth[0], back[1]]), np.concatenate([forth[1], back[0]])
    a, b = _nearest(weights, wanted.nonzero()[0], slice(0, None), k + 1)
    apart = a != b
    return np.minimum(a, b)[apart], np.maximum(a, b)[apart]


def _nearest(weights: csr_matrix, rows: npt.NDArray[np.int64], among: slice, k: int) -> tuple[Rows, Rows]:
    """Each of `rows` with the k most similar rows `among` the others."""
    if not len(rows) or not weights[among].shape[0]:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    near = sp_matmul_topn(weights[rows], weights[among].T.tocsr(), k, threshold=_MIN_COSINE, n_threads=2).tocoo()
    return rows[near.row].astype(np.int32), (near.col + (among.start or 0)).astype(np.int32)


def _joined(fields: list[Field]) -> pl.Series:
    texts = {
        str(place): pl.concat([f.values, pl.Series([""], dtype=pl.String)]).gather(_rows(f))
        for place, f in enumerate(fields)
    }
    return pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator=" ")).to_series().str.slice(0, _MAX_CHARS)


def _rows(field: Field) -> pl.Series:
    return pl.Series(np.where(field.codes < 0, len(field.values), field.codes).astype(np.uint32))


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
