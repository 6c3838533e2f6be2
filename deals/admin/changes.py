"""Changes of fields: what a value was before, when it changed, and who or which line said so. Never edited."""

from django.contrib import admin
from django.utils.safestring import SafeString

from config.theme import AutocompleteFilter, RangeDateFilter, ReadOnlyAdmin, display
from deals.admin.sections import label_of_field
from deals.models import Account, Contact, Deal, Entity, FieldChange
from pipeline.admin.csv_lists import CsvListAdmin
from pipeline.admin.links import page_link, row_link
from pipeline.templatetags.record_values import shown


@admin.register(FieldChange)
class FieldChangeAdmin(CsvListAdmin, ReadOnlyAdmin):
    list_display = ("about", "shown_field", "shown_old", "shown_new", "happened_at", "recorded_at", "who")
    list_display_links = None
    list_filter = (
        ("account", AutocompleteFilter),
        ("contact", AutocompleteFilter),
        ("deal", AutocompleteFilter),
        ("recorded_at", RangeDateFilter),
    )
    list_select_related = ("account", "contact", "deal", "by", "row__file")
    ordering = ("-id",)
    sortable_by = ()
    nothing_yet = "Every value that an import or a person changes is listed here, with its line or its author."
    csv_columns = (
        ("Account", "account"),
        ("Contact", "contact"),
        ("Deal", "deal"),
        ("Field", "field"),
        ("Before", "old"),
        ("After", "new"),
        ("Happened", "happened_at"),
        ("Recorded", "recorded_at"),
        ("By", "by.get_username"),
        ("Author in the file", "author"),
        ("File", "row.file.name"),
        ("Line", "row.line"),
    )

    @display(description="Of")
    def about(self, change: FieldChange) -> SafeString:
        return page_link(_entity(change))

    @display(description="Field")
    def shown_field(self, change: FieldChange) -> str:
        return label_of_field(type(_entity(change)), change.field)

    @display(description="Before")
    def shown_old(self, change: FieldChange) -> SafeString:
        return shown(change.old)

    @display(description="After")
    def shown_new(self, change: FieldChange) -> SafeString:
        return shown(change.new)

    @display(description="Who or where from")
    def who(self, change: FieldChange) -> SafeString | str:
        if change.by is not None:
            return change.by.get_full_name() or change.by.get_username()
        return row_link(change.row) if change.row is not None else change.author


def _entity(change: FieldChange) -> Entity:
    found: Account | Contact | Deal | None = change.account or change.contact or change.deal
    assert found is not None  # a check constraint: a change is of exactly one entity
    return found
