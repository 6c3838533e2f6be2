"""Imports: dropping files, what they are, what would happen, progress, and a result that adds up."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST

from config.theme import ChoicesFilter, ReadOnlyAdmin, display
from governance.models import Organisation
from governance.pages import draw, may, page, require
from governance.templatetags.figures import moment
from pipeline import registry, tasks
from pipeline.admin.csv_lists import CsvListAdmin
from pipeline.csv_export import csv_response
from pipeline.ingest import upload
from pipeline.ingest.faults import UnreadableFile
from pipeline.models import Batch, Chunk, ImportFile, Row, Source
from pipeline.run_progress import progress
from pipeline.wording import is_matching

COUNTS = ("rows", "created", "updated", "unchanged", "skipped", "failed")
SHOWN_BATCHES = 12
SHOWN_COLUMNS = 12
SHOWN_ROWS = 5


@admin.register(ImportFile)
class ImportFileAdmin(CsvListAdmin, ReadOnlyAdmin):
    list_display = (
        "name",
        "format_label",
        "source",
        "state",
        "rows",
        "created",
        "updated",
        "unchanged",
        "skipped",
        "failed",
        "when",
    )
    list_filter = (("state", ChoicesFilter),)
    list_select_related = ("source",)
    search_fields = ("name",)
    ordering = ("-id",)
    sortable_by = ()
    csv_columns = (
        ("file", "name"),
        ("format", "format_label"),
        ("source", "source"),
        ("state", "get_state_display"),
        *((name, name) for name in COUNTS),
        ("imported", "imported_at"),
    )

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        file = self.get_object(request, object_id)
        return redirect("import_batch", file.batch_id) if file else redirect("import_files")

    @display(description="imported")
    def when(self, file: ImportFile) -> str:
        return moment(file.imported_at)


@page("pipeline.view_batch")
def import_files(request: HttpRequest) -> HttpResponse:
    """Where files are dropped; below it the earlier imports."""
    if request.method == "POST":
        return _take(request)
    return _draw_drop(request)


def _take(request: HttpRequest) -> HttpResponse:
    require(request, "pipeline.add_batch")
    files = request.FILES.getlist("files")
    if not files:
        return _draw_drop(request, error="Choose one or more files first.")
    source = request.POST.get("source_name", "").strip() or request.POST.get("source", "").strip()
    if len(source) > 80:
        return _draw_drop(request, error=f"A source's name has at most 80 characters; this one has {len(source)}.")
    bodies = [(file.name or "unnamed", _read(file)) for file in files]
    kind = request.POST.get("kind", "")
    kind = kind if kind in registry.targets() else ""
    batch = upload.stage(bodies, source_name=source or None, by=request.user, kind=kind)
    return redirect("import_batch", batch.pk)


def _read(file: UploadedFile) -> bytes:
    # One byte over the limit is enough to say so; a huge file is never held in memory whole.
    return file.read(upload.max_bytes() + 1)


def _draw_drop(request: HttpRequest, error: str = "") -> HttpResponse:
    files = ImportFile.objects.order_by("id").defer("header", "mapping", "problems")
    earlier = Batch.objects.select_related("by").prefetch_related(Prefetch("files", files))
    return draw(
        request,
        "admin/pipeline/importfile/drop.html",
        title="Import",
        error=error,
        limit_mb=settings.MAX_UPLOAD_MB,
        most_files=settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        kinds=[(target.kind, target.label_plural) for target in registry.targets().values()],
        kind=request.GET.get("kind", "") or request.POST.get("kind", ""),
        sources=Source.objects.order_by("name").values_list("name", flat=True).distinct()[:100],
        batches=[(batch, _sums(batch.files.all())) for batch in earlier[:SHOWN_BATCHES]],
        has_sample=bool(getattr(settings, "SAMPLE_FILES", "")),
        may_import=may(request, "pipeline.add_batch"),
    )


@require_POST
@page("pipeline.add_batch")
def import_sample(request: HttpRequest) -> HttpResponse:
    """Stage the invented company's next file, to try an import with."""
    dotted = getattr(settings, "SAMPLE_FILES", "")
    if not dotted:
        raise Http404("There are no sample files.")
    sample = import_string(dotted)(as_of=Organisation.current().day(timezone.now()))
    batch = upload.stage(list(sample.files.items()), by=request.user, is_sample=True)
    return redirect("import_batch", batch.pk)


@page("pipeline.view_batch")
def import_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: before, while and after it happens."""
    batch = get_object_or_404(Batch.objects.select_related("by"), pk=pk)
    template = {Batch.State.PREVIEW: "preview", Batch.State.RUNNING: "running"}.get(Batch.State(batch.state), "result")
    context = _preview_context(request, batch) if template == "preview" else _result_context(request, batch)
    title = f"Import {batch.pk}"
    return draw(request, f"admin/pipeline/importfile/{template}.html", title=title, batch=batch, **context)


@page("pipeline.view_batch")
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of a running import's page that moves."""
    batch = get_object_or_404(Batch, pk=pk)
    context = {"batch": batch, **_result_context(request, batch)}
    response = render(request, "admin/pipeline/importfile/_running.html", context)
    if batch.state != Batch.State.RUNNING:
        response["X-Live"] = "over"
    return response


def _preview_context(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    files = list(batch.files.select_related("source").order_by("id"))
    ready = [file for file in files if file.state == ImportFile.State.WAITING]
    useful = [file for file in ready if not (file.mapping or {}).get("skip_reason")]
    return {
        "files": [(file, _twin(file)) for file in files],
        "ready": ready,
        "useful": useful,
        "rows": sum(file.line_count for file in useful),
        "asking": [file for file in files if file.state == ImportFile.State.UNMAPPED],
        "may_import": may(request, "pipeline.add_batch"),
    }


def _twin(file: ImportFile) -> ImportFile | None:
    """The same bytes, imported before."""
    same = ImportFile.objects.filter(sha256=file.sha256, state=ImportFile.State.DONE).exclude(pk=file.pk)
    return same.only("id", "name", "batch_id", "imported_at").order_by("-id").first()


def _result_context(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    files = list(batch.files.select_related("source").order_by("id"))
    matching = [found for found in registry.pipelines().values() if is_matching(found)]
    return {
        "files": [(file, _links(file)) for file in files],
        "sums": _sums(files),
        "progress": progress(batch),
        "broken": Chunk.objects.filter(batch=batch).exclude(error="").order_by("id")[:5],
        "matching": matching,
        "may_run": may(request, "pipeline.add_run") and bool(matching),
    }


def _links(file: ImportFile) -> list[tuple[str, int, str]]:
    """Each count of a file with the address of its rows."""
    rows = f"{reverse('admin:pipeline_row_changelist')}?file__id__exact={file.pk}"
    numbers = [(name, getattr(file, name)) for name in COUNTS]
    return [
        (name, number, (rows if name == "rows" else f"{rows}&outcome__exact={name}") if number else "")
        for name, number in numbers
    ]


def _sums(files: Iterable[ImportFile]) -> list[tuple[str, int]]:
    return [(name, sum(getattr(file, name) for file in files)) for name in COUNTS]


@page("pipeline.view_batch")
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What importing one file would do, as a part of the import's page; reads the whole file."""
    file = get_object_or_404(ImportFile.objects.select_related("source"), pk=pk)
    found, error = None, file.error
    if not error:
        try:
            found = upload.preview(file)
        except (UnreadableFile, LookupError) as reason:
            error = str(reason)
    rows = SHOWN_ROWS if request.GET.get("rows") == "few" else None
    sample = found.sample[:rows] if found else ()
    telling = _telling_columns([cells for _, cells, _ in sample], len(found.columns)) if found else []
    context = {
        "file": file,
        "found": found,
        "error": error,
        "columns": [found.columns[i] for i in telling] if found else (),
        "has_notes": any(reason for _, _, reason in sample),
        "more_columns": len(found.columns) - len(telling) if found else 0,
        "sample": [
            (line, [cells[i] if i < len(cells) else "" for i in telling], reason) for line, cells, reason in sample
        ],
    }
    return render(request, "admin/pipeline/importfile/_preview.html", context)


def _telling_columns(rows: Sequence[Sequence[str]], count: int) -> list[int]:
    """Up to twelve columns, those first dropped that are empty or the same in all rows shown."""
    values = [{row[i].strip() for row in rows if i < len(row)} for i in range(count)]
    several = [i for i in range(count) if len(values[i]) > 1]
    filled = [i for i in range(count) if any(values[i]) and i not in several]
    return sorted((several + filled)[:SHOWN_COLUMNS]) or list(range(min(count, SHOWN_COLUMNS)))


@require_POST
@page("pipeline.add_batch")
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(Batch, pk=pk)
    if not batch.files.filter(state=ImportFile.State.WAITING).exists():
        messages.error(request, "None of these files can be imported as they are.")
    elif upload.start_batch(batch):
        tasks.wake_on_commit()
    else:
        messages.info(request, "This import was started already.")
    return redirect("import_batch", pk)


@require_POST
@page("pipeline.add_batch")
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget files that were uploaded and not imported."""
    gone, _ = Batch.objects.filter(pk=pk, state=Batch.State.PREVIEW).delete()
    if gone:
        messages.success(request, "The files are forgotten; nothing was imported.")
    else:
        messages.info(request, "This import has begun already.")
    return redirect("import_files")


@page("pipeline.view_batch")
def import_rejected(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file's rows that were not imported, with the reason, as CSV: to be mended and imported again."""
    file = get_object_or_404(ImportFile, pk=pk)
    rows = Row.objects.filter(Q(outcome=Row.Outcome.FAILED) | Q(outcome=Row.Outcome.SKIPPED), file=file).order_by(
        "line"
    )
    lines = ([row.line, row.get_outcome_display(), row.reason, *row.cells] for row in rows.iterator(chunk_size=2_000))
    return csv_response(f"rows-left-out-{file.pk}", ["line", "outcome", "reason", *file.header], lines)
