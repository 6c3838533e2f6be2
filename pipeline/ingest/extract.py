"""Rows to records: what a format says each row yields, read cell by cell, with every problem noted."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from hashlib import sha256
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pipeline.ingest.cells import ColumnContext, ReadingSettings, clean, column_context, read_cell
from pipeline.ingest.dates import Order
from pipeline.ingest.faults import BadCell, quoted
from pipeline.ingest.formats import Emit, Field, Format, Shape
from pipeline.ingest.rows import SourceRow

Outcome = Literal["read", "skipped", "failed"]
Fields = Mapping[str, Sequence[Field]]

_JOINED: frozenset[Shape] = frozenset({"list", "emails"})
_BY_COLUMN: frozenset[Shape] = frozenset({"date", "instant", "money", "number"})
_DELETED = "The record was deleted in the system it comes from."


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something a row's reader noticed about one cell; `sentence` is for the user."""

    column: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Extracted:
    """One record of a row: its kind, its key within the source and kind, and its filled fields as JSON values.

    A key is the record's id in its system, "name:" and a normalised name for a record mentioned in passing, or "row:"
    and a hash with an occurrence number for a row without an id.
    """

    kind: str
    key: str
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RowResult:
    """What became of a row. `reason` says why it was skipped or failed; only a "read" row has records."""

    outcome: Outcome
    records: tuple[Extracted, ...] = ()
    reason: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(dict.fromkeys(problem for record in self.records for problem in record.problems))


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    name: str
    context: ColumnContext


@dataclass(frozen=True, slots=True)
class _Reader:
    """How one field of an emit is read; with `groups` each column gives one entry of a dict."""

    field: Field
    columns: tuple[_Column, ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _EmitReader:
    emit: Emit
    readers: tuple[_Reader, ...]
    key: _Column | None
    only_if: tuple[int, ...]
    unless: tuple[int, ...]
    needed: tuple[Field, ...]
    alternatives: tuple[tuple[Field, ...], ...]
    hashed: tuple[tuple[str, int], ...]


@dataclass(kw_only=True)
class Extractor:
    """Reads a file's rows, in the order of the file: rows without an id are counted as they repeat."""

    format: Format
    header: tuple[str, ...]
    problems: tuple[Problem, ...]
    _emits: tuple[_EmitReader, ...]
    _deleted: _Column | None
    _occurrences: Counter[str] = field(default_factory=Counter)

    def extract(self, row: SourceRow) -> RowResult:
        """The records of one row, or why it has none. Never raises for anything a cell may hold."""
        if row.failure or row.skip:
            return RowResult(outcome="failed" if row.failure else "skipped", reason=row.failure or row.skip)
        if not self.format.emits:
            return RowResult(outcome="skipped", reason=self.format.skip_reason)
        if self._deleted and _is_true(row.cells[self._deleted.index], self._deleted.context):
            return RowResult(outcome="skipped", reason=_DELETED)
        records: list[Extracted] = []
        for number, emit in enumerate(self._emits):
            try:
                record = self._record(emit, row.cells)
            except BadCell as refusal:
                if number == 0:
                    return RowResult(outcome="failed", reason=str(refusal))
                continue
            if record is not None:
                records.append(record)
        if not records:
            return RowResult(outcome="skipped", reason=self._why_nothing(row.cells))
        return RowResult(outcome="read", records=tuple(records))

    def pass_over(self, row: SourceRow) -> None:
        """Count a row that was read before an interruption, so that later repeats keep their numbers."""
        self.extract(row)

    def _record(self, reader: _EmitReader, cells: Sequence[str]) -> Extracted | None:
        nulls = self.format.null_values
        if reader.only_if and not any(_is_filled(cells[index], nulls) for index in reader.only_if):
            return None
        if any(_is_filled(cells[index], nulls) for index in reader.unless):
            return None
        problems: list[Problem] = []
        values: dict[str, Any] = dict(reader.emit.constants)
        for field_reader in reader.readers:
            value = _value(field_reader, cells, problems)
            if value is not None:
                values[field_reader.field.name] = value
        if reader.emit.refine:
            named = {name.casefold(): clean(cell) for name, cell in zip(self.header, cells, strict=True)}
            values = dict(reader.emit.refine(values, named))
        _check_needed(reader, values, problems)
        return Extracted(
            kind=reader.emit.kind, key=self._key(reader, cells, values), values=values, problems=tuple(problems)
        )

    def _key(self, reader: _EmitReader, cells: Sequence[str], values: Mapping[str, Any]) -> str:
        if reader.key:
            key = read_cell(cells[reader.key.index], "id", context=reader.key.context)
            if key is not None:
                return str(key)
        name = values.get(reader.emit.key_field) if reader.emit.key_field else None
        if name:
            return mention_key(str(name))
        content = "\x1f".join(f"{name}\x1e{clean(cells[index])}" for name, index in reader.hashed)
        digest = sha256(f"{reader.emit.kind}\x1d{content}".encode("utf-8", "replace")).hexdigest()[:32]
        self._occurrences[digest] += 1
        return f"row:{digest}:{self._occurrences[digest]}"

    def _why_nothing(self, cells: Sequence[str]) -> str:
        filled = [name for name, cell in zip(self.header, cells, strict=True) if _is_filled(cell, self.format.null_values)]
        if len(filled) <= 3:
            return f"Nothing is filled but {', '.join(quoted(name) for name in filled)}." if filled else "The row is empty."
        asked = [self.header[index] for emit in self._emits[:1] for index in emit.only_if]
        return f"Empty: {', '.join(quoted(name) for name in asked)}."


def mention_key(name: str) -> str:
    """The key of a record that is only mentioned by name: equal for names that differ in case, blanks or marks."""
    words = re.sub(r"[^\w&+]+", " ", name.casefold()).split()
    return f"name:{' '.join(words) or name.casefold().strip()}"[:300]


def extractor(
    format: Format,
    header: Sequence[str],
    fields: Fields,
    rows: Iterable[SourceRow],
    settings: ReadingSettings | None = None,
) -> Extractor:
    """Prepare to read a file of this format.

    `fields` gives each kind's fields, `rows` are looked at once to settle date orders and decimal marks per column:
    give the same rows again when an import resumes. Raises KeyError when the format names an unknown kind or field.
    """
    names = {name.strip().casefold(): index for index, name in reversed(list(enumerate(header)))}
    wanted = _wanted(format, names, header, fields)
    contexts = _contexts(format, wanted, rows, settings or ReadingSettings())
    columns = lambda index, shape: _Column(index, header[index], contexts[index, shape])  # noqa: E731
    deleted = names.get(format.deleted_column.casefold()) if format.deleted_column else None
    readers = [_emit_reader(emit, names, header, fields, columns) for emit in format.emits]
    contexts_with_problems = {(index, context.problems) for (index, _), context in contexts.items() if context.problems}
    return Extractor(
        format=format,
        header=tuple(header),
        problems=tuple(
            Problem(column=header[index], sentence=sentence)
            for index, sentences in sorted(contexts_with_problems)
            for sentence in sentences
        ),
        _emits=tuple(reader for number, reader in enumerate(readers) if reader.readers or number == 0),
        _deleted=None if deleted is None else columns(deleted, "flag"),
    )


def _wanted(
    format: Format, names: Mapping[str, int], header: Sequence[str], fields: Fields
) -> set[tuple[int, Shape]]:
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
                distinct[index][row.cells[index].strip()] = None
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
    column: Callable[[int, Shape], _Column],
) -> _EmitReader:
    known = {item.name: item for item in fields[emit.kind]}
    readers = [
        _Reader(known[name], tuple(column(index, known[name].shape) for index in _indexes(cells, names)))
        for name, cells in emit.columns.items()
    ]
    for pattern, name in emit.patterns.items():
        found = _matching(pattern, header)
        groups = tuple(group for _, group in found)
        readers.append(_Reader(known[name], tuple(column(index, known[name].shape) for index, _ in found), groups))
    readers = [reader for reader in readers if reader.columns]
    keys = _indexes((emit.key,), names)
    hashed = {(item.name.casefold(), item.index) for reader in readers for item in reader.columns}
    groups_of = sorted({item.one_of for item in fields[emit.kind] if item.one_of})
    return _EmitReader(
        emit=emit,
        readers=tuple(readers),
        key=column(keys[0], "id") if keys else None,
        only_if=tuple(_indexes(emit.only_if, names)),
        unless=tuple(_indexes(emit.unless, names)),
        needed=tuple(item for item in fields[emit.kind] if item.is_needed and item.name != "key"),
        alternatives=tuple(tuple(item for item in fields[emit.kind] if item.one_of == name) for name in groups_of),
        hashed=tuple(sorted(hashed)),
    )


def _value(reader: _Reader, cells: Sequence[str], problems: list[Problem]) -> Any:
    if reader.groups:
        read = ((group, _cell(reader, column, cells, problems)) for group, column in zip(reader.groups, reader.columns, strict=True))
        return {group: value for group, value in read if value is not None} or None
    if reader.field.shape in _JOINED:
        lists = [_cell(reader, column, cells, problems) or [] for column in reader.columns]
        return list(dict.fromkeys(item for items in lists for item in items)) or None
    for column in reader.columns:
        value = _cell(reader, column, cells, problems)
        if value is not None:
            return value
    return None


def _cell(reader: _Reader, column: _Column, cells: Sequence[str], problems: list[Problem]) -> Any:
    text = cells[column.index]
    if not text:
        return None
    if reader.field.choices:
        choice = reader.field.choices.get(clean(text).casefold())
        return None if choice is None else read_cell(choice, reader.field.shape, context=column.context)
    try:
        return read_cell(text, reader.field.shape, context=column.context)
    except BadCell as refusal:
        problems.append(Problem(column=column.name, sentence=str(refusal)))
        return refusal.kept


def _check_needed(reader: _EmitReader, values: Mapping[str, Any], problems: Sequence[Problem]) -> None:
    missing = [item.label for item in reader.needed if item.name not in values]
    for group in reader.alternatives:
        if not any(item.name in values for item in group):
            missing.append(" or ".join(item.label for item in group))
    if missing:
        because = f" ({problems[0].sentence})" if problems else ""
        raise BadCell(f"{missing[0]} is missing.{because}")


def _is_filled(cell: str, null_values: frozenset[str]) -> bool:
    return bool(cell) and not cell.isspace() and cell.strip() not in null_values


def _is_true(cell: str, context: ColumnContext) -> bool:
    try:
        return read_cell(cell, "flag", context=context) is True
    except BadCell:
        return False
