"""Records: one mention of a person, company or deal in a source, and what each import said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from config.theme import AutocompleteFilter, DropdownFilter, ReadOnlyAdmin, display
from pipeline import registry
from pipeline.admin.csv_lists import CsvListAdmin
from pipeline.admin.links import row_link
from pipeline.admin.rows import home_url
from pipeline.admin.visible import VisibleAdmin
from pipeline.models import Record, Version
from pipeline.templatetags.record_values import shown
from pipeline.wording import title_of

EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, kw_only=True)
class Difference:
    label: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one row said about the record, beside what was known before; `is_first` where nothing was."""

    version: Version
    differences: Sequence[Difference]
    is_first: bool


class KindFilter(DropdownFilter):
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(target.kind, target.label_plural) for target in registry.targets().values()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Record)
class RecordAdmin(CsvListAdmin, VisibleAdmin, ReadOnlyAdmin):
    change_form_template = "admin/pipeline/record/change_form.html"
    list_display = ("shown_title", "kind", "source", "shown_key", "where_from", "recorded_at", "is_withdrawn")
    list_filter = (KindFilter, ("source", AutocompleteFilter), "is_withdrawn")
    list_select_related = ("source", "row__file")
    search_fields = ("key",)
    search_help_text = "The record's id in its system"
    ordering = ("-id",)
    sortable_by = ()
    csv_columns = (
        ("Kind", "kind"),
        ("Source", "source.name"),
        ("Id there", "key"),
        ("File", "row.file.name"),
        ("Line", "row.line"),
        ("Imported", "recorded_at"),
        ("Values", "values"),
    )

    @display(description="Record")
    def shown_title(self, record: Record) -> SafeString:
        return shown(title_of(record.values, record.pk))

    @display(description="Id there")
    def shown_key(self, record: Record) -> SafeString:
        return shown(record.key[:40])

    @display(description="File and line")
    def where_from(self, record: Record) -> SafeString:
        return row_link(record.row)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        record: Record = kwargs["obj"]
        context |= {
            "title": title_of(record.values, record.pk),
            "subtitle": None,
            "home_url": home_url(record),
            "kind_label": kind_label(record.kind),
            "values": [
                (field_label(record.kind, name), value) for name, value in record.values.items() if value not in EMPTY
            ],
            "said": history(record),
        }
        return super().render_change_form(request, context, *args, **kwargs)


def history(record: Record) -> list[Said]:
    """Every version of the record, newest first, each with what it changed."""
    versions = list(record.versions.select_related("row__file").order_by("pk"))
    said = []
    before: Mapping[str, Any] = {}
    for version in versions:
        differences = _differences(record.kind, before, version.values)
        said.append(Said(version=version, differences=differences, is_first=version == versions[0]))
        before = version.values
    return said[::-1]


def _differences(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    return [
        Difference(label=field_label(kind, name), before=before.get(name), after=after.get(name))
        for name in dict.fromkeys([*after, *before])
        if (before.get(name) or None) != (after.get(name) or None)
    ]


def kind_label(kind: str) -> str:
    target = registry.targets().get(kind)
    return target.label if target else kind


def field_label(kind: str, name: str) -> str:
    """A field as the import page calls it."""
    target = registry.targets().get(kind)
    known = {field.name: field.label for field in target.fields} if target else {}
    return known.get(name, name.replace("_", " ").capitalize())
