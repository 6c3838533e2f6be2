"""Rows to records: what a format says each row yields, read cell by cell, with every problem noted."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from pipeline.ingest.cells import ColumnContext, ReadingSettings, clean, read_cell
from pipeline.ingest.columns import Column, EmitReader, FieldReader, Fields, Layout, layout
from pipeline.ingest.faults import BadCell, quoted
from pipeline.ingest.formats import Format, Shape
from pipeline.ingest.rows import SourceRow

Outcome = Literal["read", "skipped", "failed"]
_JOINED: frozenset[Shape] = frozenset({"list", "emails"})
_REMEMBERED_CELLS = 5_000
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


@dataclass(kw_only=True)
class Extractor:
    """Reads a file's rows, in the order of the file: rows without an id are counted as they repeat."""

    format: Format
    header: tuple[str, ...]
    problems: tuple[Problem, ...]
    _layout: Layout
    _occurrences: Counter[str] = field(default_factory=Counter)

    def extract(self, row: SourceRow) -> RowResult:
        """The records of one row, or why it has none. Never raises for anything a cell may hold."""
        if row.failure or row.skip:
            return RowResult(outcome="failed" if row.failure else "skipped", reason=row.failure or row.skip)
        if not self.format.emits:
            return RowResult(outcome="skipped", reason=self.format.skip_reason)
        deleted = self._layout.deleted
        if deleted and _is_true(row.cells[deleted.index], deleted.context):
            return RowResult(outcome="skipped", reason=_DELETED)
        records: list[Extracted] = []
        for number, emit in enumerate(self._layout.emits):
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

    def _record(self, reader: EmitReader, cells: Sequence[str]) -> Extracted | None:
        nulls = self.format.null_values
        if reader.only_if and not any(_is_filled(cells[index], nulls) for index in reader.only_if):
            return None
        if any(_is_filled(cells[index], nulls) for index in reader.unless):
            return None
        problems: list[Problem] = []
        values: dict[str, Any] = dict(reader.emit.constants)
        for field_reader in reader.fields:
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

    def _key(self, reader: EmitReader, cells: Sequence[str], values: Mapping[str, Any]) -> str:
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
        filled = [
            name for name, cell in zip(self.header, cells, strict=True) if _is_filled(cell, self.format.null_values)
        ]
        if len(filled) <= 3:
            return (
                f"Nothing is filled but {', '.join(quoted(name) for name in filled)}."
                if filled
                else "The row is empty."
            )
        asked = [self.header[index] for emit in self._layout.emits[:1] for index in emit.only_if]
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
    laid = layout(format, header, fields, rows, settings or ReadingSettings())
    found = dict.fromkeys((column.name, sentence) for column in laid.columns for sentence in column.context.problems)
    return Extractor(
        format=format,
        header=tuple(header),
        problems=tuple(Problem(column=name, sentence=sentence) for name, sentence in found),
        _layout=laid,
    )


def _value(reader: FieldReader, cells: Sequence[str], problems: list[Problem]) -> Any:
    if reader.groups:
        read = (
            (group, _cell(reader, column, cells, problems))
            for group, column in zip(reader.groups, reader.columns, strict=True)
        )
        return {group: value for group, value in read if value is not None} or None
    if reader.field.shape in _JOINED:
        lists = [_cell(reader, column, cells, problems) or [] for column in reader.columns]
        return list(dict.fromkeys(item for items in lists for item in items)) or None
    for column in reader.columns:
        value = _cell(reader, column, cells, problems)
        if value is not None:
            return value
    return None


def _cell(reader: FieldReader, column: Column, cells: Sequence[str], problems: list[Problem]) -> Any:
    text = cells[column.index]
    if not text:
        return None
    if reader.field.choices:
        choice = reader.field.choices.get(clean(text).casefold())
        return None if choice is None else read_cell(choice, reader.field.shape, context=column.context)
    if text in column.memory:
        return column.memory[text]
    try:
        value = read_cell(text, column.shape, context=column.context)
    except BadCell as refusal:
        problems.append(Problem(column=column.name, sentence=str(refusal)))
        return refusal.kept
    if len(column.memory) < _REMEMBERED_CELLS and len(text) < 200:
        column.memory[text] = value
    return value


def _check_needed(reader: EmitReader, values: Mapping[str, Any], problems: Sequence[Problem]) -> None:
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
