"""The input of a match: a list of rows with columns whose kinds are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pipeline.matching.kinds import Kind


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: `values` holds a text or None per row (a polars string series is taken as it is)."""

    name: str
    kind: Kind
    values: Sequence[str | None] | pl.Series


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows by `ids` (any hashable, in row order) and their columns; `sources` names each row's origin where known.

    Raises ValueError when a column's or the sources' length differs from the number of ids, or a name is used twice.
    """

    ids: Sequence[int | str]
    columns: tuple[Column, ...]
    sources: Sequence[str] | None = None

    def __post_init__(self) -> None:
        rows = len(self.ids)
        for column in self.columns:
            if len(column.values) != rows:
                raise ValueError(f"Column {column.name!r} has {len(column.values)} values for {rows} rows.")
        if self.sources is not None and len(self.sources) != rows:
            raise ValueError(f"There are {len(self.sources)} sources for {rows} rows.")
        names = [column.name for column in self.columns]
        if len(set(names)) < len(names):
            raise ValueError(f"A column name is used twice: {sorted(n for n in set(names) if names.count(n) > 1)}.")

    def __len__(self) -> int:
        return len(self.ids)
