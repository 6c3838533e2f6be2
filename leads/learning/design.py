"""Columns as numbers for a linear score: levels as they deviate from the average, numbers as steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from leads.learning.columns import BLANK, RARE, Column
from leads.learning.table import Codes, Flags, Floats, filled, number


@dataclass(frozen=True, kw_only=True)
class Coding:
    """How one column is coded: its levels or edges, whether a blank counts as a level of its own, and the average of
    its coded cells, which stands for a cell that says nothing."""

    name: str
    levels: tuple[str, ...]
    edges: tuple[float, ...]
    has_blank: bool
    mean: tuple[float, ...]

    @property
    def size(self) -> int:
        return len(self.levels or self.edges) + 1 + self.has_blank

    def code(self, cell: str | None) -> int | None:
        """The level a cell belongs to; None where the list has no such column."""
        if cell is None:
            return None
        text = filled(cell)
        if self.edges:
            size = number(text) if text else None
            return BLANK if size is None else int(np.searchsorted(np.array(self.edges), size, side="left"))
        if not text:
            return BLANK
        folded = text.casefold()
        return next((code for code, level in enumerate(self.levels) if level.casefold() == folded), RARE)

    def coded(self, codes: Codes, is_here: Flags) -> Floats:
        """(rows, size): deviations from the average, 0 for a cell that says nothing."""
        says = is_here & ((codes != BLANK) | self.has_blank)
        return np.where(says[:, None], _raw(codes, self) - np.array(self.mean), 0.0)


def coding(one: Column, *, has_blank: bool) -> Coding:
    """The coding of a column by the leads it was read of."""
    bare = Coding(name=one.name, levels=one.levels, edges=one.edges, has_blank=has_blank, mean=())
    says = one.is_here & ((one.codes != BLANK) | has_blank)
    mean = _raw(one.codes[says], bare).mean(axis=0) if says.any() else np.zeros(bare.size)
    return Coding(name=one.name, levels=one.levels, edges=one.edges, has_blank=has_blank, mean=tuple(mean.tolist()))


def recoded(one: Coding, cells: Sequence[str | None]) -> tuple[Codes, Flags]:
    """Codes of other leads' cells under a coding, and where their lists have the column."""
    known: dict[str | None, int | None] = {cell: one.code(cell) for cell in set(cells)}
    found = [known[cell] for cell in cells]
    is_here = np.array([code is not None for code in found], dtype=bool)
    return np.array([BLANK if code is None else code for code in found], dtype=np.int64), is_here


def matrix(codings: Sequence[Coding], columns: Mapping[str, Sequence[str | None]], rows: int) -> Floats:
    """(rows, sum of sizes) of a table's leads; a column it lacks says nothing."""
    parts = [one.coded(*recoded(one, columns.get(one.name) or [None] * rows)) for one in codings]
    return np.hstack(parts) if parts else np.zeros((rows, 0))


def to_json(one: Coding) -> dict[str, Any]:
    return {"name": one.name, "levels": list(one.levels), "edges": list(one.edges), "has_blank": one.has_blank,
            "mean": [round(value, 6) for value in one.mean]}  # fmt: skip


def from_json(data: Mapping[str, Any]) -> Coding:
    return Coding(name=data["name"], levels=tuple(data["levels"]), edges=tuple(data["edges"]),
                  has_blank=data["has_blank"], mean=tuple(data["mean"]))  # fmt: skip


def _raw(codes: Codes, one: Coding) -> Floats:
    """One column per level (or one per edge that a number lies above), one for rare values (or 0 where a number is
    given), one for blanks."""
    raw = np.zeros((len(codes), one.size))
    if one.edges:
        # Steps instead of separate bins: neighbours stay alike where little is known of each.
        raw[:, : len(one.edges)] = codes[:, None] > np.arange(len(one.edges))[None, :]
    else:
        is_level = codes >= 0
        raw[np.flatnonzero(is_level), codes[is_level]] = 1.0
        raw[:, len(one.levels)] = codes == RARE
    if one.has_blank:
        raw[:, -1] = codes == BLANK
    return raw
