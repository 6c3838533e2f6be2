"""Lists that can be downloaded: what is filtered, or what is selected, as CSV."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.admin import ShowFacets
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from config.theme import ModelAdmin, action
from pipeline.csv_export import csv_response

READ_AT_ONCE = 2_000


class CsvListAdmin(ModelAdmin):
    """A changelist with an “Export” button for what it shows and an action for what is selected.

    `csv_columns` pairs a column head with a dotted path of attributes. `nothing_yet` is what an empty table says.
    """

    change_list_template = "admin/pipeline/csv_change_list.html"
    actions: Any = ("export_selected",)
    # A count beside every choice of every filter reads the whole table once per choice.
    show_facets = ShowFacets.NEVER
    csv_columns: tuple[tuple[str, str], ...] = ()
    nothing_yet: str = "Import a file and what it holds appears here."

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name=f"{self.opts.app_label}_{self.opts.model_name}_export"), *super().get_urls()]

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """The rows of the list as it is filtered and sorted in `request`'s query."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            shown = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return self._download(shown.get_queryset(request))

    @action(description="Export selected as CSV", permissions=["view"])
    def export_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> StreamingHttpResponse:
        return self._download(queryset)

    def _download(self, rows: QuerySet[Any]) -> StreamingHttpResponse:
        name = f"{str(self.opts.verbose_name_plural).replace(' ', '-')}-{timezone.localdate():%Y-%m-%d}"
        return csv_response(name, [head for head, _ in self.csv_columns], self._cells(rows))

    def _cells(self, rows: QuerySet[Any]) -> Iterator[list[Any]]:
        for row in rows.iterator(chunk_size=READ_AT_ONCE):
            yield [_follow(row, dotted) for _, dotted in self.csv_columns]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"import_page": reverse("import_files"), **(extra_context or {})})


def _follow(row: Any, dotted: str) -> Any:
    for name in dotted.split("."):
        row = getattr(row, name, None)
        row = row() if callable(row) and not hasattr(row, "_meta") else row
    if isinstance(row, bool):
        return "yes" if row else "no"
    return timezone.localtime(row).isoformat(timespec="seconds") if isinstance(row, datetime) else row
