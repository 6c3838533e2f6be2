"""Assigning a file's columns: a guess for each, to be confirmed or changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from governance.pages import draw, page
from pipeline import registry
from pipeline.ingest import reading, upload
from pipeline.ingest.mapping import guess
from pipeline.ingest.rows import SourceRow
from pipeline.ingest.sniff import read_rows, sniff
from pipeline.models import Batch, ImportFile

SHOWN_VALUES = 3


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the file: its head, some of its values and the field chosen for it ("" for none)."""

    number: int
    name: str
    values: tuple[str, ...]
    field: str


@page("pipeline.add_batch")
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the guess for the kind asked for; a POST takes the person's choice."""
    file = get_object_or_404(ImportFile.objects.select_related("batch", "source"), pk=pk)
    if file.batch.state != Batch.State.PREVIEW or file.state == ImportFile.State.UNREADABLE:
        messages.info(request, f"The columns of “{file.name}” can't be changed any more.")
        return redirect("import_batch", file.batch_id)
    kind = _kind(request, file)
    error = ""
    chosen: Mapping[str, str] | None = None
    if request.method == "POST":
        chosen = _chosen(request, file, kind)
        error = _assign(file, kind, chosen)
        if not error:
            messages.success(request, f"The columns of “{file.name}” are assigned.")
            return redirect("import_batch", file.batch_id)
    return _draw(request, file, kind, chosen, error)


def _assign(file: ImportFile, kind: str, chosen: Mapping[str, str]) -> str:
    """What keeps the choice from being taken, or nothing."""
    try:
        upload.assign(file, kind, dict(chosen))
    except ValueError as reason:
        return str(reason)
    return ""


def _draw(
    request: HttpRequest, file: ImportFile, kind: str, chosen: Mapping[str, str] | None, error: str
) -> HttpResponse:
    rows = list(read_rows(sniff(file.body)))
    columns = chosen if chosen is not None else _guessed(file, rows, kind)
    return draw(
        request,
        "admin/pipeline/importfile/columns.html",
        title=f"Columns of {file.name}",
        file=file,
        kind=kind,
        kinds=[(target.kind, target.label_plural) for target in registry.targets().values()],
        fields=_field_labels(kind).items(),
        needed=[field.label for field in reading.fields()[kind] if field.is_needed],
        columns=_columns(file, rows, columns),
        error=error,
    )


def _kind(request: HttpRequest, file: ImportFile) -> str:
    asked = request.POST.get("kind") or request.GET.get("kind") or file.mapping.get("kind", "")
    kinds = [*file.mapping.get("kinds", ()), *registry.targets()]
    return asked if asked in registry.targets() else next(kind for kind in kinds if kind in registry.targets())


def _guessed(file: ImportFile, rows: Sequence[SourceRow], kind: str) -> Mapping[str, str]:
    if file.mapping.get("kind") == kind:
        found: Mapping[str, str] = file.mapping["columns"]
        return found
    return guess(file.header, rows, {kind: reading.fields()[kind]}).columns


def _chosen(request: HttpRequest, file: ImportFile, kind: str) -> dict[str, str]:
    known = _field_labels(kind)
    given = ((name, request.POST.get(f"column-{number}", "")) for number, name in enumerate(file.header))
    return {name: field for name, field in given if field in known}


def _field_labels(kind: str) -> dict[str, str]:
    return {field.name: field.label for field in reading.fields()[kind]}


def _columns(file: ImportFile, rows: Sequence[SourceRow], chosen: Mapping[str, str]) -> list[Column]:
    return [
        Column(number=number, name=name, values=_values(rows, number), field=chosen.get(name, ""))
        for number, name in enumerate(file.header)
    ]


def _values(rows: Sequence[SourceRow], number: int) -> tuple[str, ...]:
    filled = (row.cells[number].strip() for row in rows[:200] if number < len(row.cells))
    return tuple(dict.fromkeys(value[:60] for value in filled if value))[:SHOWN_VALUES]
