"""Columns factorised: one integer code per row, each distinct normalised value kept once."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.matching.kinds import Kind
from pipeline.matching.normalise import normalise
from pipeline.matching.table import Column, Table

Codes = npt.NDArray[np.int32]
_LOOKED_AT = 20_000
_HARDLY_REPEATED = 0.9  # looking values up would cost more than it saves


@dataclass(frozen=True, eq=False)
class Field:
    """A column of all rows (left, then right): `codes` [rows] index into `values`, -1 where missing.

    `memo` keeps what was derived from the distinct values (`traits`) for as long as the field lives.
    """

    name: str
    kind: Kind
    codes: Codes
    values: pl.Series
    memo: dict[tuple[object, ...], Any] = field(default_factory=dict, repr=False)

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """How many rows hold each distinct value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))


def factorise(text: pl.Series) -> tuple[Codes, pl.Series]:
    """Codes [rows] (-1 for null) and the distinct values in order of appearance."""
    if not len(text):
        return np.zeros(0, dtype=np.int32), text
    frame = pl.DataFrame({"text": text}).with_row_index("row")
    first = frame.select(pl.col("row").first().over("text")).to_series().to_numpy()
    filled = text.is_not_null().to_numpy()
    is_first = filled & (first == np.arange(len(first), dtype=first.dtype))
    number = (np.cumsum(is_first, dtype=np.int32) - 1)[first]
    number[~filled] = -1
    return number, text.filter(pl.Series(is_first))


def encode(left: Table, right: Table | None, country: str) -> tuple[Field, ...]:
    """One field per column of `left`; those of two lists are joined by name."""
    others = {column.name: column for column in right.columns} if right is not None else {}
    fields: list[Field] = []
    for column in left.columns:
        one = _encode(column, others.get(column.name), right, country)
        if not any(one.kind is known.kind and np.array_equal(one.codes, known.codes) for known in fields):
            fields.append(one)  # a column that repeats another one would count its evidence twice
    return tuple(fields)


def _encode(column: Column, other: Column | None, right: Table | None, country: str) -> Field:
    values = _series(column.values)
    if right is not None:
        empty = pl.Series([None] * len(right), dtype=pl.String)
        values = pl.concat([values, _series(other.values) if other else empty], rechunk=True)
    return Field(column.name, column.kind, *_normalised(column.kind, values, country))


def _normalised(kind: Kind, values: pl.Series, country: str) -> tuple[Codes, pl.Series]:
    """Codes and distinct values in their one form; where values repeat, each is brought to it once."""
    some = values.gather_every(max(1, len(values) // _LOOKED_AT)).drop_nulls()
    if some.n_unique() > _HARDLY_REPEATED * len(some):
        return factorise(normalise(kind, values, country))
    codes, distinct = factorise(values)
    numbers, found = factorise(normalise(kind, distinct, country))
    return np.append(numbers, np.int32(-1))[codes], found


def _series(values: object) -> pl.Series:
    return values.cast(pl.String) if isinstance(values, pl.Series) else pl.Series(values, dtype=pl.String)  # type: ignore[arg-type]
