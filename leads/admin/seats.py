"""Who takes leads, and who has a claim on which companies and countries."""

from django.contrib import admin

from config.theme import ModelAdmin
from leads.models import LeadSeat, NamedAccount, Territory


@admin.register(LeadSeat)
class LeadSeatAdmin(ModelAdmin):
    list_display = ("colleague", "capacity", "is_taking")
    list_editable = ("capacity", "is_taking")
    list_select_related = ("colleague",)
    autocomplete_fields = ("colleague",)
    ordering = ("colleague__name",)


@admin.register(NamedAccount)
class NamedAccountAdmin(ModelAdmin):
    list_display = ("account", "colleague")
    list_select_related = ("account", "colleague")
    autocomplete_fields = ("account", "colleague")
    search_fields = ("account__name",)
    ordering = ("account__name",)


@admin.register(Territory)
class TerritoryAdmin(ModelAdmin):
    list_display = ("country", "colleague")
    list_select_related = ("colleague",)
    autocomplete_fields = ("colleague",)
    search_fields = ("country",)
    ordering = ("country",)
