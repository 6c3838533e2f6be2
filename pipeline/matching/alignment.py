"""Two lists' columns paired up by what they hold: kind, shared values, shape. Names of columns only break ties."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from pipeline.matching.detection import detect
from pipeline.matching.kinds import Kind
from pipeline.matching.normalise import fold
from pipeline.matching.table import Column, Table

_LOOKED_AT = 4_000
_LEAST = 0.75  # below, two columns are not of one meaning
_ALIKE = (
    {Kind.GIVEN_NAME, Kind.FAMILY_NAME, Kind.PERSON, Kind.CITY, Kind.CATEGORY, Kind.COMPANY},
    {Kind.COMPANY, Kind.TEXT, Kind.PERSON, Kind.STREET}, {Kind.CITY, Kind.CATEGORY, Kind.COUNTRY, Kind.TEXT},
    {Kind.NUMBER, Kind.CODE, Kind.POSTCODE, Kind.PHONE}, {Kind.CODE, Kind.POSTCODE, Kind.TEXT},
    {Kind.CATEGORY, Kind.NUMBER, Kind.CODE}, {Kind.EMAIL, Kind.DOMAIN},
)  # fmt: skip
# Where two columns were taken for different kinds and neither shows in the whole, the more forgiving comparison.
_FORGIVING = (
    Kind.TEXT, Kind.COMPANY, Kind.PERSON, Kind.STREET, Kind.FAMILY_NAME, Kind.GIVEN_NAME, Kind.CITY, Kind.CODE,
    Kind.PHONE,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """A column of the left list, the one of the right that means the same (None in a single list) and their kind."""

    left: str
    right: str | None
    kind: Kind


def pair_up(
    left: pl.DataFrame, right: pl.DataFrame | None, given: Mapping[str, Kind] | None = None, skipped: Iterable[str] = ()
) -> tuple[Pairing, ...]:
    """The columns to compare. `given` sets the kind of a column by its name in either list, `skipped` are left out."""
    given, out = given or {}, set(skipped)
    columns = [name for name in left.columns if name not in out]
    kinds = {name: given.get(name) or detect(left[name]) for name in columns}
    if right is None:
        return tuple(Pairing(left=name, right=None, kind=kind) for name, kind in kinds.items() if kind)
    others = {name: given.get(name) or detect(right[name]) for name in right.columns if name not in out}
    found = []
    for name, other in _assigned(left, right, kinds, others):
        kind = given.get(name) or given.get(other) or _common_kind(left[name], right[other], kinds[name], others[other])
        if kind:
            found.append(Pairing(left=name, right=other, kind=kind))
    return tuple(found)


def tables(
    left: pl.DataFrame, right: pl.DataFrame | None, pairings: Iterable[Pairing], ids: tuple[str | None, str | None]
) -> tuple[Table, Table | None]:
    """The lists with only the columns to compare, both under the left one's names; ids default to the row number."""
    pairings = tuple(pairings)
    own = tuple(Column(name=one.left, kind=one.kind, values=left[one.left]) for one in pairings)
    if right is None:
        return Table(ids=_ids(left, ids[0]), columns=own), None
    others = tuple(Column(name=one.left, kind=one.kind, values=right[one.right or one.left]) for one in pairings)
    return Table(ids=_ids(left, ids[0]), columns=own), Table(ids=_ids(right, ids[1]), columns=others)


def with_full_names(left: pl.DataFrame, right: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Where one list has full names and the other only their parts, the parts are joined into a column of their own."""
    of_left, of_right = _columns_by_kind(left), _columns_by_kind(right)
    return _joined(left, of_left, of_right), _joined(right, of_right, of_left)


def id_column(frame: pl.DataFrame, wanted: str | None = None) -> str | None:
    """The column holding each row's own id: the one asked for, else one called "id", else none.

    Raises ValueError when the column asked for is missing.
    """
    if wanted is not None and wanted not in frame.columns:
        raise ValueError(f"There is no column {wanted!r}; the columns are {', '.join(frame.columns)}.")
    return wanted or next((name for name in frame.columns if name.strip().lower() == "id"), None)


def _ids(frame: pl.DataFrame, column: str | None) -> list[str]:
    return frame[column].fill_null("").to_list() if column else [str(row) for row in range(len(frame))]


def _assigned(
    left: pl.DataFrame, right: pl.DataFrame, kinds: Mapping[str, Kind | None], others: Mapping[str, Kind | None]
) -> list[tuple[str, str]]:
    lefts, rights = list(kinds), list(others)
    looks = [_Look.of(left[name]) for name in lefts], [_Look.of(right[name]) for name in rights]
    scores = np.zeros((len(lefts), len(rights)))
    for i, name in enumerate(lefts):
        for j, other in enumerate(rights):
            scores[i, j] = _kin(kinds[name], others[other]) and (
                _kin(kinds[name], others[other]) + looks[0][i].likeness(looks[1][j]) + 0.15 * (name == other)
            )
    if not scores.size:
        return []
    # Shifted, as a pair without any weight would be no pair to choose.
    chosen = zip(*min_weight_full_bipartite_matching(csr_array(scores + 1), maximize=True), strict=True)
    return [(lefts[i], rights[j]) for i, j in chosen if scores[i, j] >= _LEAST]


def _kin(left: Kind | None, right: Kind | None) -> float:
    """1 for one kind, ½ for two that are easily taken for each other, 0 otherwise."""
    if left is None or right is None:
        return 0.0
    return 1.0 if left is right else 0.5 if any(left in group and right in group for group in _ALIKE) else 0.0


def _common_kind(left: pl.Series, right: pl.Series, kind: Kind | None, other: Kind | None) -> Kind | None:
    if kind is other:
        return kind
    whole = detect(pl.concat([left.rename("v"), right.rename("v")]))
    if whole in (kind, other):
        return whole
    return next((one for one in _FORGIVING if one in (kind, other)), kind)


@dataclass(frozen=True, eq=False)
class _Look:
    """What a column looks like: its folded values and words, mean length, shares of digits and of gaps."""

    values: frozenset[str]
    words: frozenset[str]
    length: float
    digits: float

    @classmethod
    def of(cls, values: pl.Series) -> "_Look":
        folded = fold(values.head(_LOOKED_AT).drop_nulls())
        text = folded.drop_nulls()
        words = text.head(5000).str.split(" ").explode().unique()
        length = float(text.str.len_chars().mean() or 0.0)  # type: ignore[arg-type]
        digits = float(text.str.count_matches(r"\d").mean() or 0.0) / max(length, 1.0)  # type: ignore[arg-type]
        return cls(frozenset(text.unique().to_list()), frozenset(words.to_list()), length, digits)

    def likeness(self, other: "_Look") -> float:
        """0 to 2.5: values shared (of the smaller set), words shared, length and digits alike."""
        shared = len(self.values & other.values) / max(1, min(len(self.values), len(other.values)))
        words = len(self.words & other.words) / max(1, min(len(self.words), len(other.words)))
        length = min(self.length, other.length) / max(self.length, other.length, 1.0)
        return shared + words + 0.25 * length + 0.25 * (1 - min(1.0, abs(self.digits - other.digits) * 2))


def _columns_by_kind(frame: pl.DataFrame) -> Mapping[Kind | None, str]:
    """The first column of each kind."""
    return {detect(frame[name]): name for name in reversed(frame.columns)}


def _joined(frame: pl.DataFrame, own: Mapping[Kind | None, str], others: Mapping[Kind | None, str]) -> pl.DataFrame:
    has_parts = Kind.GIVEN_NAME in own and Kind.FAMILY_NAME in own and Kind.PERSON not in own
    if not has_parts or Kind.PERSON not in others or (Kind.GIVEN_NAME in others and Kind.FAMILY_NAME in others):
        return frame
    given, family = own[Kind.GIVEN_NAME], own[Kind.FAMILY_NAME]
    full = frame.select(pl.concat_str(given, family, separator=" ", ignore_nulls=True)).to_series()
    return frame.drop(given, family).with_columns(full.alias(f"{given} {family}"))
