"""Filters of the record lists."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from config.theme import DropdownFilter, ModelAdmin
from deals.models import Assessment

# A list to choose from is of no use beyond this; the search box finds the rest.
MAX_CHOICES = 200


class CurrentFilter(DropdownFilter):
    """Shows what has records; entities that were joined into others are kept, and hidden unless asked for."""

    title = "joined into another"
    parameter_name = "current"
    all_option = ["", "Hidden"]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Only these"), ("all", "Shown with the others")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(is_current=self.value() != "no")


class SeveralRecordsFilter(DropdownFilter):
    title = "number of records"
    parameter_name = "records"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("several", "More than one"), ("one", "One")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "several":
            return queryset.filter(record_count__gt=1)
        return queryset.filter(record_count=1) if self.value() == "one" else queryset


class OutcomeFilter(DropdownFilter):
    title = "outcome"
    parameter_name = "outcome"
    CLOSED = {"open": {"is_closed": False}, "won": {"is_won": True}, "lost": {"is_closed": True, "is_won": False}}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "Open"), ("won", "Won"), ("lost", "Lost")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**self.CLOSED.get(self.value() or "", {}))


class BandFilter(DropdownFilter):
    title = "health"
    parameter_name = "health"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Assessment.Band.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(latest__band=self.value(), is_closed=False) if self.value() else queryset


class ValueFilter(DropdownFilter):
    """Chooses among the values a text column holds."""

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        column = self.parameter_name or ""
        held = model_admin.get_queryset(request).exclude(**{column: ""}).order_by(column)
        return [(value, value) for value in held.values_list(column, flat=True).distinct()[:MAX_CHOICES]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{str(self.parameter_name): self.value()}) if self.value() else queryset


class CountryFilter(ValueFilter):
    title = parameter_name = "country"


class StageFilter(ValueFilter):
    title = parameter_name = "stage"
