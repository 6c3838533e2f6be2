"""Files into rows and records: stored, read slice by slice in a fenced transaction, handed to the targets."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone

from pipeline import bulk, registry
from pipeline.ingest.extract import Extracted, RowResult
from pipeline.ingest.reading import reader_of
from pipeline.ingest.rows import SourceRow
from pipeline.models import Batch, Chunk, ImportFile, Record, Row, Source, Version
from pipeline.runner import chunks

SLICE = 1000
# Shown with the file; the rows themselves keep every reason.
MOST_PROBLEMS = 50
_TOP = (Row.Outcome.CREATED, Row.Outcome.UPDATED, Row.Outcome.UNCHANGED)


@dataclass(frozen=True, kw_only=True)
class Staged:
    """A record as it is after a row: what it said before (empty when new) and whether that changed."""

    record: Record
    before: Mapping[str, Any]
    outcome: str

    @property
    def is_new(self) -> bool:
        return self.outcome == Row.Outcome.CREATED


def work(chunk: Chunk) -> None:
    """Import one file from where the last committed slice ended."""
    file = ImportFile.objects.select_related("source", "batch").get(pk=chunk.payload["file"])
    reader = reader_of(file)
    rows = iter(reader.rows)
    for row in islice(rows, file.rows):
        reader.extractor.pass_over(row)
    total = len(reader.rows)
    while part := list(islice(rows, SLICE)):
        # Reading takes longest; nobody else has to wait for it.
        results = [reader.extractor.extract(row) for row in part]
        with chunks.fenced(chunk, done=file.rows + len(part), total=total):
            _import_slice(file, part, results, timezone.now())
        chunks.breathe()
    with chunks.fenced(chunk):
        ImportFile.objects.filter(pk=file.pk).update(state=ImportFile.State.DONE, imported_at=timezone.now())
        chunks.finish(chunk, done=total, total=total)


def settle(chunk: Chunk) -> None:
    """The end of a batch: references between files that can only now be resolved."""
    assert chunk.batch is not None
    with chunks.fenced(chunk):
        for target in registry.targets().values():
            if target.settle:
                target.settle(chunk.batch)
        Batch.objects.filter(pk=chunk.batch.pk).update(state=Batch.State.DONE, finished_at=timezone.now())
        chunks.finish(chunk)


def _import_slice(file: ImportFile, part: Sequence[SourceRow], results: Sequence[RowResult], now: datetime) -> None:
    source = file.source
    assert source is not None  # a file that can be imported has one
    known = _known(source, results)
    changes = _Changes(source=source, known=known, now=now)
    outcomes = [changes.take(result) for result in results]
    rows = bulk.insert(
        Row,
        ("file_id", "line", "cells", "outcome", "reason"),
        (
            (file.pk, row.line, row.cells, outcome, _reason(result))
            for row, result, outcome in zip(part, results, outcomes, strict=True)
        ),
    )
    staged = changes.write(rows)
    for kind, target in registry.targets().items():
        mine = [entry for entry in staged if entry.record.kind == kind]
        if mine:
            target.write(mine)
    _count(file, outcomes, results, part)


def _reason(result: RowResult) -> str:
    return result.reason or " ".join(f"{problem.column}: {problem.sentence}" for problem in result.problems)


def _known(source: Source, results: Iterable[RowResult]) -> dict[tuple[str, str], Record]:
    """The records of this slice that exist already, by kind and key."""
    keys: dict[str, set[str]] = {}
    for result in results:
        for record in result.records:
            keys.setdefault(record.kind, set()).add(_key(record))
    return {
        (kind, record.key): record
        for kind, wanted in keys.items()
        for record in Record.objects.filter(source=source, kind=kind, key__in=list(wanted))
    }


def _key(record: Extracted) -> str:
    """Long keys (pasted text in an id column) are shortened so that they stay distinct."""
    if len(record.key) <= 200:
        return record.key
    return f"{record.key[:160]}#{hashlib.sha256(record.key.encode()).hexdigest()[:32]}"


class _Changes:
    """What a slice does to records, gathered so that each table is written once."""

    def __init__(self, *, source: Source, known: dict[tuple[str, str], Record], now: datetime) -> None:
        self._source = source
        self._known = known
        self._now = now
        self._row_count = 0
        # Per record what it said before the slice, and the last row that changed it.
        self._touched: dict[tuple[str, str], tuple[Record, dict[str, Any], int, str]] = {}
        self._said: list[tuple[tuple[str, str], int, dict[str, Any], str]] = []

    def take(self, result: RowResult) -> str:
        """The row's outcome; its records are merged into what is known."""
        number = self._row_count
        self._row_count += 1
        if result.outcome != "read":
            return Row.Outcome.SKIPPED if result.outcome == "skipped" else Row.Outcome.FAILED
        outcomes = {self._merge(record, number) for record in result.records}
        return next(outcome for outcome in _TOP if outcome in outcomes)

    def _merge(self, extracted: Extracted, number: int) -> str:
        place = (extracted.kind, _key(extracted))
        record = self._known.get(place)
        if record is None:
            return self._create(place, dict(extracted.values), number)
        # An empty newer value never wins: what a row leaves out keeps its former value.
        values = {**record.values, **extracted.values}
        content_hash = hash_of(values)
        if content_hash == record.content_hash and not record.is_withdrawn:
            return Row.Outcome.UNCHANGED
        before = self._touched[place][1] if place in self._touched else dict(record.values)
        is_new = place in self._touched and self._touched[place][3] == Row.Outcome.CREATED
        outcome = Row.Outcome.CREATED if is_new else Row.Outcome.UPDATED
        record.values, record.content_hash, record.is_withdrawn = values, content_hash, False
        self._touched[place] = (record, before, number, outcome)
        self._said.append((place, number, values, content_hash))
        return Row.Outcome.UPDATED

    def _create(self, place: tuple[str, str], values: dict[str, Any], number: int) -> str:
        content_hash = hash_of(values)
        record = Record(source=self._source, kind=place[0], key=place[1], values=values, content_hash=content_hash)
        self._known[place] = record
        self._touched[place] = (record, {}, number, Row.Outcome.CREATED)
        self._said.append((place, number, values, content_hash))
        return Row.Outcome.CREATED

    def write(self, rows: Sequence[int]) -> list[Staged]:
        """Store records and versions of the rows with these ids; the staged records in the order of the file."""
        for record, _, number, _ in self._touched.values():
            record.row_id, record.recorded_at = rows[number], self._now
        bulk.create(record for record, _, _, outcome in self._touched.values() if outcome == Row.Outcome.CREATED)
        bulk.update(
            (record for record, _, _, outcome in self._touched.values() if outcome != Row.Outcome.CREATED),
            ("values", "content_hash", "row", "recorded_at", "is_withdrawn"),
        )
        bulk.insert(
            Version,
            ("record_id", "row_id", "values", "content_hash", "recorded_at"),
            (
                (self._known[place].pk, rows[number], values, digest, self._now)
                for place, number, values, digest in self._said
            ),
        )
        return [
            Staged(record=record, before=before, outcome=outcome)
            for record, before, _, outcome in self._touched.values()
        ]


def hash_of(values: Mapping[str, Any]) -> str:
    """32 hex digits over a record's values, independent of their order."""
    return hashlib.blake2b(_encode(values).encode("utf-8", "replace"), digest_size=16).hexdigest()


_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str).encode


def _count(file: ImportFile, outcomes: Sequence[str], results: Sequence[RowResult], part: Sequence[SourceRow]) -> None:
    counts = Counter(outcomes)
    file.rows += len(outcomes)
    for outcome in Row.Outcome.values:
        setattr(file, outcome, getattr(file, outcome) + counts[outcome])
    _note_problems(file, results, part)
    file.save(update_fields=["rows", *Row.Outcome.values, "problems"])


def _note_problems(file: ImportFile, results: Sequence[RowResult], part: Sequence[SourceRow]) -> None:
    """One entry per column and kind of trouble with its count and first line: a file of 50,000 says it once."""
    noted = {(entry["column"], entry["what"]): entry for entry in file.problems}
    for row, result in zip(part, results, strict=True):
        found = (
            [("", result.reason)] if result.outcome == "failed" else [(p.column, p.sentence) for p in result.problems]
        )
        for column, sentence in found:
            what = sentence.partition("”")[2].strip() or sentence
            entry = noted.get((column, what))
            if entry:
                entry["count"] += 1
            elif len(noted) < MOST_PROBLEMS:
                noted[column, what] = {
                    "column": column, "what": what, "sentence": sentence, "line": row.line, "count": 1,
                }  # fmt: skip
    file.problems = list(noted.values())
