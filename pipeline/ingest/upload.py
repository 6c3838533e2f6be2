"""Uploaded files: stored, recognised, previewed and put to work."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import transaction

from pipeline import registry
from pipeline.ingest import reading
from pipeline.ingest.faults import UnreadableFile
from pipeline.ingest.mapping import Guess
from pipeline.ingest.reading import Layout
from pipeline.ingest.sniff import read_rows, sniff
from pipeline.models import Batch, Chunk, FilePart, ImportFile, Source

PART_BYTES = 1024 * 1024
_LAST_STAGE = 999


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an import of a file would do: counts over all rows, problems and the first records as they would be read."""

    rows: int
    read: int
    skipped: int
    failed: int
    columns: tuple[str, ...]
    sample: tuple[tuple[int, tuple[str, ...], str], ...]
    problems: tuple[tuple[int, str, str], ...]


def stage(
    files: Sequence[tuple[str, bytes]],
    *,
    source_name: str | None = None,
    by: Any = None,
    is_sample: bool = False,
    owner_email: str = "",
    kind: str = "",
) -> Batch:
    """Store the files of one upload and say of each what it is: a `kind` of record where somebody said so. Nothing is
    imported yet.

    A file that can't be read is stored with the reason, and does not keep the others back.
    """
    with transaction.atomic():
        batch = Batch.objects.create(by=by)
        for name, body in files:
            file = _store(batch, name, body)
            _recognise(file, body, kind)
            if file.state == ImportFile.State.WAITING:
                file.source = _source_of(file, batch, source_name, is_sample, owner_email)
            file.save()
    return batch


def assign(file: ImportFile, kind: str, columns: dict[str, str]) -> None:
    """Take a person's mapping of columns to fields. Raises ValueError where a needed field is missing."""
    fields = reading.fields()[kind]
    mapped = set(columns.values())
    lacking = [field.label for field in fields if field.is_needed and field.name not in mapped]
    if lacking:
        raise ValueError(f"Assign a column to: {', '.join(lacking)}.")
    unmapped = tuple(name for name in file.header if name not in columns)
    guessed = Guess(kind=kind, columns=columns, confidence=1.0, unmapped=unmapped, kinds=(kind,))
    file.mapping = reading.to_json(guessed)
    file.format, file.format_label = reading.GUESSED, f"{registry.targets()[kind].label_plural}, columns assigned"
    file.state = ImportFile.State.WAITING
    if file.source is None:
        file.source = _source_of(file, file.batch, None, False, "")
    file.save()


def preview(file: ImportFile, limit: int = 20) -> Preview:
    """Read the whole file as an import would, writing nothing."""
    reader = reading.reader_of(file)
    results = [(row, reader.extractor.extract(row)) for row in reader.rows]
    outcomes = [result.outcome for _, result in results]
    problems = [
        (row.line, problem.column, problem.sentence) for row, result in results for problem in result.problems
    ] + [(row.line, "", result.reason) for row, result in results if result.outcome == "failed"]
    return Preview(
        rows=len(results),
        read=outcomes.count("read"),
        skipped=outcomes.count("skipped"),
        failed=outcomes.count("failed"),
        columns=reader.sniffed.header,
        sample=tuple((row.line, row.cells, result.reason) for row, result in results[:limit]),
        problems=tuple(sorted(problems)[: limit * 5]),
    )


def start_batch(batch: Batch) -> bool:
    """Queue the files that can be imported, owners and companies before people before deals. False: nothing to do."""
    files = [file for file in batch.files.order_by("id") if file.state == ImportFile.State.WAITING]
    order = {kind: target.order for kind, target in registry.targets().items()}
    with transaction.atomic():
        if not Batch.objects.filter(pk=batch.pk, state=Batch.State.PREVIEW).update(state=Batch.State.RUNNING):
            return False
        placed = sorted(files, key=lambda file: _place(file, order))
        for idx, file in enumerate(placed):
            Chunk.objects.create(batch=batch, phase=Chunk.Phase.IMPORT, stage=idx, idx=idx, payload={"file": file.pk})
        Chunk.objects.create(batch=batch, phase=Chunk.Phase.FINISH, stage=_LAST_STAGE)
        ImportFile.objects.filter(pk__in=[file.pk for file in files]).update(state=ImportFile.State.READING)
    return True


def _place(file: ImportFile, order: dict[str, int]) -> int:
    emits = reading.format_of_file(file).emits
    return order[emits[0].kind] if emits else 0


def _store(batch: Batch, name: str, body: bytes) -> ImportFile:
    file = ImportFile(
        batch=batch,
        name=PurePath(name).name[:255] or "unnamed",
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
    )
    if len(body) > max_bytes():
        file.state = ImportFile.State.UNREADABLE
        file.error = f"The file is larger than the {_megabytes(max_bytes())} that can be imported."
        file.save()
        return file
    file.save()
    FilePart.objects.bulk_create(
        FilePart(file=file, idx=idx, body=body[start : start + PART_BYTES])
        for idx, start in enumerate(range(0, len(body), PART_BYTES))
    )
    return file


def _recognise(file: ImportFile, body: bytes, kind: str) -> None:
    if file.error:
        return
    try:
        sniffed = sniff(body)
    except UnreadableFile as reason:
        file.state, file.error = ImportFile.State.UNREADABLE, str(reason)
        return
    rows = list(read_rows(sniffed))
    file.encoding, file.delimiter = sniffed.encoding, sniffed.delimiter
    file.header, file.line_count = list(sniffed.header), len(rows)
    file.problems = [{"column": "", "what": p, "sentence": p, "line": 0, "count": 1} for p in sniffed.problems]
    found: Layout = reading.layout(sniffed.header, rows, kind)
    if found.guessed:
        file.mapping = reading.to_json(found.guessed)
    if found.format is None:
        file.state = ImportFile.State.UNMAPPED
        missing = ", ".join(found.guessed.missing) if found.guessed else ""
        file.error = (
            f"Its columns are not known: no column gives {missing}." if missing else "Its columns are not known."
        )
        return
    file.format, file.format_label = found.format.name, found.format.label


def _source_of(file: ImportFile, batch: Batch, source_name: str | None, is_sample: bool, owner_email: str) -> Source:
    """The named source; else the system's own; else, for a guessed layout, where such a header came from before."""
    known = reading.format_of_file(file)
    system = (known.system or "other").casefold()
    name = source_name or known.system or _source_like(file, batch) or PurePath(file.name).stem[:80]
    source, is_new = Source.objects.get_or_create(system=system, name=name[:80], defaults={"is_sample": is_sample})
    if owner_email and not source.owner_email:
        source.owner_email = owner_email
        source.save(update_fields=["owner_email"])
    if not is_new and source.is_sample and not is_sample:
        # A user's own rows arrived: from now on the practice model decides nothing here.
        Source.objects.filter(pk=source.pk).update(is_sample=False)
    return source


def _source_like(file: ImportFile, batch: Batch) -> str:
    guessed = ImportFile.objects.filter(format=reading.GUESSED, source__system="other").exclude(pk=file.pk)
    same = guessed.filter(header=file.header).order_by("-id").first() or guessed.filter(batch=batch).first()
    return same.source.name if same and same.source else ""


def max_bytes() -> int:
    return settings.MAX_UPLOAD_MB * 1024 * 1024


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.1f} MB"
