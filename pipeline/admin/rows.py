"""Rows: the lines of imported files as they stood there, what became of each and which records it yielded."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from config.theme import AutocompleteFilter, ChoicesFilter, ReadOnlyAdmin, display
from pipeline.admin.csv_lists import CsvListAdmin
from pipeline.admin.visible import VisibleAdmin
from pipeline.models import Record, Row
from pipeline.templatetags.record_values import shown

# A list shows enough of a line to recognise it.
CELLS_SHOWN = 4
LETTERS_SHOWN = 30


@admin.register(Row)
class RowAdmin(CsvListAdmin, VisibleAdmin, ReadOnlyAdmin):
    change_form_template = "admin/pipeline/row/change_form.html"
    list_display = ("line", "shown_file", "beginning", "shown_outcome", "reason")
    list_display_links = ("line", "beginning")
    list_filter = (("file", AutocompleteFilter), ("outcome", ChoicesFilter))
    list_select_related = ("file",)
    ordering = ("-id",)
    sortable_by = ()
    csv_columns = (
        ("File", "file.name"),
        ("Line", "line"),
        ("Outcome", "get_outcome_display"),
        ("Reason", "reason"),
        ("Cells", "cells"),
    )

    @display(description="File", ordering="file")
    def shown_file(self, row: Row) -> SafeString:
        return shown(row.file.name)

    @display(description="Begins with")
    def beginning(self, row: Row) -> SafeString:
        cells = [str(cell) for cell in row.cells if str(cell).strip()][:CELLS_SHOWN]
        return shown(" · ".join(cell[:LETTERS_SHOWN] for cell in cells))

    @display(
        description="Outcome",
        label={"Created": "success", "Updated": "info", "Skipped": "warning", "Failed": "danger"},
    )
    def shown_outcome(self, row: Row) -> str:
        return row.get_outcome_display()

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        row: Row = kwargs["obj"]
        records = Record.objects.filter(versions__row=row).select_related("source").order_by("kind", "pk")
        context |= {
            "title": f"{row.file.name}, line {row.line:,}",
            "subtitle": None,
            "cells": row.labelled(),
            "records": [(record, home_url(record)) for record in records],
            "file_url": reverse("import_batch", args=[row.file.batch_id]),
            "neighbours": _neighbours(row),
        }
        return super().render_change_form(request, context, *args, **kwargs)


def _neighbours(row: Row) -> dict[str, Row | None]:
    near = Row.objects.filter(file=row.file)
    return {
        "before": near.filter(line__lt=row.line).order_by("-line").first(),
        "after": near.filter(line__gt=row.line).order_by("line").first(),
    }


def home_url(record: Record) -> str:
    """The page of what the record belongs to; an app offers it under the kind's name."""
    try:
        return reverse(f"record_home_{record.kind}", args=[record.pk])
    except NoReverseMatch:
        return ""
