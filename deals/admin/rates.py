"""Exchange rates, by the day from which they are valid."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from config.theme import ModelAdmin
from deals.models import ExchangeRate
from governance.models import Organisation
from pipeline.admin.csv_lists import CsvListAdmin


@admin.register(ExchangeRate)
class ExchangeRateAdmin(CsvListAdmin, ModelAdmin):
    list_display = ("currency", "valid_from", "rate")
    list_filter = ("currency",)
    ordering = ("currency", "-valid_from")
    fields = ("currency", "rate", "valid_from")
    nothing_yet = "Deals in other currencies than yours are compared once their rate stands here."
    csv_columns = (("Currency", "currency"), ("Valid from", "valid_from"), ("Rate", "rate"))

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        base = Organisation.current().base_currency
        if "rate" in form.base_fields:
            form.base_fields["rate"].help_text = f"What one unit of the currency is worth in {base}."
        return form
