"""Pairs that are given rather than found: both sides stand in one row; columns pair up by prefix or suffix."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.matching.alignment import Pairing, pair_up
from pipeline.matching.kinds import Kind
from pipeline.matching.table import Column, Table

_MARKS = (("l", "r"), ("left", "right"), ("a", "b"), ("1", "2"), ("x", "y"), ("ltable", "rtable"), ("first", "second"))
_TRUE = {"1", "true", "yes", "t", "y", "match", "same", "1.0"}
_FALSE = {"0", "false", "no", "f", "n", "non-match", "different", "0.0"}
LABELS = ("label", "is_match", "match", "same", "gold", "y")


def sides(frame: pl.DataFrame) -> list[tuple[str, str]]:
    """Columns that are the two sides of one field: names that differ by a mark such as l_/r_, _left/_right or 1/2."""
    names = {name.lower(): name for name in frame.columns}
    found = []
    for lower, name in names.items():
        for one, other in _MARKS:
            twins = [other + lower[len(one) :]] if lower.startswith(one) and _is_parted(lower[len(one) :], one) else []
            if lower.endswith(one) and (one.isdigit() or _is_parted(lower[: -len(one)][::-1], one)):
                twins.append(lower[: -len(one)] + other)
            found += [(name, names[twin]) for twin in twins[:1] if twin in names]
    return list(dict.fromkeys(found))


def is_id(left: str, right: str) -> bool:
    """Whether a pair of columns by its names holds ids ("lid", "id_r"): they name rows, they describe nothing."""
    return all(
        name.lower().strip("lr_12ab").strip("_") == "id" or name.lower() in {"left_id", "right_id"}
        for name in (left, right)
    )


def pairings(frame: pl.DataFrame, given: Mapping[str, Kind] | None = None) -> tuple[Pairing, ...]:
    """The fields of the given pairs with their kinds; columns with no other side are left out.

    Raises ValueError where no column has two sides.
    """
    found = [(one, other) for one, other in sides(frame) if not is_id(one, other)]
    if not found:
        raise ValueError(f"No two columns are the two sides of one field among {', '.join(frame.columns)}.")
    kinds: list[Pairing] = []
    for one, other in found:
        whole = frame.select(one).rename({one: "v"}), frame.select(other).rename({other: "v"})
        named = {"v": kind} if (kind := (given or {}).get(one) or (given or {}).get(other)) else {}
        kinds += [
            Pairing(left=one, right=other, kind=p.kind) for p in pair_up(pl.concat(whole), None, named)
        ]  # fmt: skip
    return tuple(kinds)


def side_tables(frame: pl.DataFrame, fields: tuple[Pairing, ...]) -> tuple[Table, Table]:
    """Both sides as lists of equal length: pair n is row n of either."""
    ids = list(range(len(frame)))
    left = tuple(Column(name=one.left, kind=one.kind, values=frame[one.left]) for one in fields)
    right = tuple(Column(name=one.left, kind=one.kind, values=frame[one.right or one.left]) for one in fields)
    return Table(ids=ids, columns=left), Table(ids=ids, columns=right)


def labels(frame: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """The 0/1 or true/false column. Raises ValueError where there is none."""
    for name in sorted(frame.columns, key=lambda one: one.lower() not in LABELS):
        values = frame[name].str.strip_chars().str.to_lowercase()
        if len(values) and values.is_in(list(_TRUE | _FALSE)).all() and values.n_unique() == 2:
            return values.is_in(list(_TRUE)).to_numpy()
    raise ValueError("No column holds a label for every row, 0 and 1 or true and false.")


def truth(label: str | None) -> bool:
    """A label's meaning. Raises ValueError for anything but 0/1, true/false and their like."""
    word = (label or "").strip().lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(f"The label {label!r} is neither 1 nor 0.")
    return word in _TRUE


def row_ids(frame: pl.DataFrame, side: str) -> pl.Series:
    """The ids of one side ("left" or "right") of the pairs, the row numbers where there is no such column."""
    wanted = (f"{side}_id", f"{side[0]}id", f"id_{side[0]}", f"{side[0]}_id")
    name = next((name for name in frame.columns if name.lower() in wanted), None)
    return frame[name] if name else pl.Series(range(len(frame))).cast(pl.String)


def _is_parted(rest: str, mark: str) -> bool:
    return bool(rest) and (rest[0] in "_ .-" or mark in ("left", "right", "ltable", "rtable") or rest in ("id", "di"))
