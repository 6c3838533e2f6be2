"""Which columns each record of a format is read from, and what each whole column tells about its cells."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.ingest.cells import ColumnContext, ReadingSettings, column_context
from pipeline.ingest.dates import Order
from pipeline.ingest.formats import Emit, Field, Format, Shape
from pipeline.ingest.rows import SourceRow

Fields = Mapping[str, Sequence[Field]]

_LOOKED_AT_CHARS = 100
_BY_COLUMN: frozenset[Shape] = frozenset({"date", "instant", "money", "number"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column read as one shape; `memory` holds the cells already read, as values of real columns repeat."""

    index: int
    name: str
    shape: Shape
    context: ColumnContext
    memory: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class FieldReader:
    """How one field of an emit is read; with `groups` each column gives one entry of a dict."""

    field: Field
    columns: tuple[Column, ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmitReader:
    """How one record of a row is read. Numbers are places in the row."""

    emit: Emit
    fields: tuple[FieldReader, ...]
    key: Column | None
    only_if: tuple[int, ...]
    unless: tuple[int, ...]
    needed: tuple[Field, ...]
    alternatives: tuple[tuple[Field, ...], ...]
    hashed: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A format laid over a header: readers for its emits and the column that marks deleted rows."""

    emits: tuple[EmitReader, ...]
    deleted: Column | None
    columns: tuple[Column, ...]


def layout(
    format: Format, header: Sequence[str], fields: Fields, rows: Iterable[SourceRow], settings: ReadingSettings
) -> Layout:
    """Lay a format over a header; `rows` are looked at once for the order of dates and the marks of numbers.

    Raises KeyError when the format names an unknown kind or field.
    """
    names = {name.strip().casefold(): index for index, name in reversed(list(enumerate(header)))}
    contexts = _contexts(format, _wanted(format, names, header, fields), rows, settings)
    columns = {
        (index, shape): Column(index, header[index], shape, context) for (index, shape), context in contexts.items()
    }
    emits = [_emit_reader(emit, names, header, fields, columns) for emit in format.emits]
    deleted = _indexes((format.deleted_column,), names)
    return Layout(
        emits=tuple(emit for number, emit in enumerate(emits) if emit.fields or number == 0),
        deleted=columns[deleted[0], "flag"] if deleted else None,
        columns=tuple(columns[place] for place in sorted(columns)),
    )


def _wanted(format: Format, names: Mapping[str, int], header: Sequence[str], fields: Fields) -> set[tuple[int, Shape]]:
    """Every column that is read, with the shape it is read as."""
    wanted: set[tuple[int, Shape]] = set()
    for emit in format.emits:
        shapes = {item.name: item.shape for item in fields[emit.kind]}
        for name, cells in emit.columns.items():
            wanted |= {(index, shapes[name]) for index in _indexes(cells, names)}
        for pattern, name in emit.patterns.items():
            wanted |= {(index, shapes[name]) for index, _ in _matching(pattern, header)}
        wanted |= {(index, "id") for index in _indexes((emit.key,), names)}
    return wanted | {(index, "flag") for index in _indexes((format.deleted_column,), names)}


def _indexes(cells: Iterable[str], names: Mapping[str, int]) -> list[int]:
    return [names[cell.strip().casefold()] for cell in cells if cell.strip().casefold() in names]


def _matching(pattern: str, header: Sequence[str]) -> list[tuple[int, str]]:
    found = ((index, re.fullmatch(pattern, name.strip(), re.IGNORECASE)) for index, name in enumerate(header))
    return [(index, match[1]) for index, match in found if match]


def _contexts(
    format: Format, wanted: set[tuple[int, Shape]], rows: Iterable[SourceRow], settings: ReadingSettings
) -> dict[tuple[int, Shape], ColumnContext]:
    orders: list[Order] = [order for order in ("dmy", "mdy") if order in format.date_orders]  # type: ignore[misc]
    if len(orders) == 1:
        settings = replace(settings, order=orders[0])
    if format.time_zone:
        settings = replace(settings, zone=_zone(format.time_zone))
    looked_at = sorted({index for index, shape in wanted if shape in _BY_COLUMN})
    distinct: dict[int, dict[str, None]] = {index: {} for index in looked_at}
    for row in rows if looked_at else ():
        if not (row.failure or row.skip):
            for index in looked_at:
                distinct[index][row.cells[index].strip()[:_LOOKED_AT_CHARS]] = None
    settings = replace(settings, order=_shared_order(wanted, distinct, settings))
    return {
        (index, shape): column_context(
            distinct.get(index, ()), shape, settings=settings, null_values=format.null_values, read_id=format.read_id
        )
        for index, shape in wanted
    }


def _shared_order(
    wanted: set[tuple[int, Shape]], distinct: Mapping[int, Iterable[str]], settings: ReadingSettings
) -> Order | None:
    """The order one column settles holds for the file's other columns too, where all that settle it agree."""
    readers = [
        column_context(distinct[index], shape, settings=settings).dates
        for index, shape in wanted
        if shape in ("date", "instant")
    ]
    settled = {reader.order for reader in readers if reader.is_decided}
    return settled.pop() if len(settled) == 1 else settings.order


def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def _emit_reader(
    emit: Emit,
    names: Mapping[str, int],
    header: Sequence[str],
    fields: Fields,
    columns: Mapping[tuple[int, Shape], Column],
) -> EmitReader:
    known = {item.name: item for item in fields[emit.kind]}
    readers = [
        FieldReader(known[name], tuple(columns[index, known[name].shape] for index in _indexes(cells, names)))
        for name, cells in emit.columns.items()
    ]
    for pattern, name in emit.patterns.items():
        found = _matching(pattern, header)
        groups = tuple(group for _, group in found)
        readers.append(FieldReader(known[name], tuple(columns[index, known[name].shape] for index, _ in found), groups))
    readers = [reader for reader in readers if reader.columns]
    keys = _indexes((emit.key,), names)
    hashed = {(item.name.casefold(), item.index) for reader in readers for item in reader.columns}
    groups_of = sorted({item.one_of for item in fields[emit.kind] if item.one_of})
    return EmitReader(
        emit=emit,
        fields=tuple(readers),
        key=columns[keys[0], "id"] if keys else None,
        only_if=tuple(_indexes(emit.only_if, names)),
        unless=tuple(_indexes(emit.unless, names)),
        needed=tuple(item for item in fields[emit.kind] if item.is_needed and item.name != "key"),
        alternatives=tuple(tuple(item for item in fields[emit.kind] if item.one_of == name) for name in groups_of),
        hashed=tuple(sorted(hashed)),
    )
