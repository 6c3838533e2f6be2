"""The one module that knows the admin theme: swap this file (and one line of settings) for Django's plain admin."""

from typing import Any

from django.core.paginator import Paginator
from django.db import connections
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from unfold.admin import ModelAdmin as ThemedModelAdmin
from unfold.admin import StackedInline, TabularInline
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter as AutocompleteFilter,
)
from unfold.contrib.filters.admin import ChoicesDropdownFilter as ChoicesFilter
from unfold.contrib.filters.admin import DropdownFilter, RangeDateFilter, RangeNumericFilter
from unfold.decorators import action, display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminDecimalFieldWidget as DecimalInput

__all__ = [
    "AdminPasswordChangeForm",
    "AutocompleteFilter",
    "BoundedPaginator",
    "ChoicesFilter",
    "DecimalInput",
    "DropdownFilter",
    "EstimatedPaginator",
    "ModelAdmin",
    "RangeDateFilter",
    "RangeNumericFilter",
    "ReadOnlyAdmin",
    "StackedInline",
    "TabularInline",
    "UserChangeForm",
    "UserCreationForm",
    "action",
    "display",
]

# Deeper pages are slow (OFFSET reads every row before them) and nobody leafs that far; searching is the way.
MAX_PAGES = 500
EXACT_BELOW = 20_000


class EstimatedPaginator(Paginator):
    """Counts a large unfiltered table from PostgreSQL's statistics and ends after 500 pages."""

    @cached_property
    def count(self) -> int:
        estimate = _estimated_rows(self.object_list)
        return super().count if estimate < EXACT_BELOW else estimate

    @cached_property
    def num_pages(self) -> int:
        return min(super().num_pages, MAX_PAGES)


class MoreThan(int):
    """A number of rows that were counted no further."""

    def __str__(self) -> str:
        return f"more than {int(self):,}"


class BoundedPaginator(EstimatedPaginator):
    """For a ledger of millions: of what is filtered it counts no more than its pages hold.

    A list whose first order is one of `counted_in_order` is counted in it: where that is an index's order, the database
    would else begin anywhere in the table and may read all of it before it has found so many.
    """

    counted_in_order: frozenset[str] = frozenset()

    @cached_property
    def count(self) -> int:
        rows, most = self.object_list, self.per_page * MAX_PAGES
        if not isinstance(rows, QuerySet) or not rows.query.where:
            return super().count
        is_in_order = bool(self.counted_in_order & set(rows.query.order_by[:1]))
        counted = (rows if is_in_order else rows.order_by())[: most + 1].count()
        return MoreThan(most) if counted > most else counted


def _estimated_rows(rows: Any) -> int:
    """Rows in the table behind `rows` by the last ANALYZE; -1 where that is unknown or `rows` is filtered."""
    if not isinstance(rows, QuerySet) or connections[rows.db].vendor != "postgresql":
        return -1
    query = rows.query
    if query.where or query.distinct or query.is_sliced or query.combinator:
        return -1
    with connections[rows.db].cursor() as cursor:
        cursor.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [f'"{rows.model._meta.db_table}"']
        )
        found = cursor.fetchone()
    return int(found[0]) if found else -1


class ModelAdmin(ThemedModelAdmin):
    """A changelist that stays quick on a large table, in the theme's form."""

    paginator: Any = EstimatedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = True
    compressed_fields = True
    warn_unsaved_form = True


class ReadOnlyAdmin(ModelAdmin):
    """A ledger: shown to whoever may view it, changed by nobody."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
