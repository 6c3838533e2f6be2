"""Colleagues: our own people, as CRM users and owner columns name them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from config.theme import ModelAdmin, display
from deals.models import Colleague, Deal
from pipeline.admin.csv_lists import CsvListAdmin


class ColleagueForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        labels = {
            "email": "E-mail",
            "user": "Logs in as",
            "is_active": "Works here",
            "is_sharing": "Shares their network",
        }
        help_texts = {
            "user": "Leads and deals of this colleague are “mine” to this user.",
            "is_sharing": "Agreed to being named in introductions. Switched off, they are gone from every way to a "
            "person and from who knows whom at once.",
        }


@admin.register(Colleague)
class ColleagueAdmin(CsvListAdmin, ModelAdmin):
    form = ColleagueForm
    list_display = ("name", "email", "region", "manager", "open_deals", "works_here", "shares")
    list_filter = ("is_active", "is_sharing")
    search_fields = ("name", "email")
    ordering = ("name",)
    sortable_by = ("name",)
    fields = ("name", "email", "manager", "region", "user", "is_active", "is_sharing")
    autocomplete_fields = ("user",)
    csv_columns = (
        ("Name", "name"),
        ("E-mail", "email"),
        ("Manager", "manager"),
        ("Region", "region"),
        ("Active", "is_active"),
        ("Agreed to introductions", "is_sharing"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .annotate(open_deal_count=Count("deals", filter=Q(deals__is_closed=False, deals__is_current=True)))
        )

    @display(description="Open deals")
    def open_deals(self, colleague: Any) -> int:
        return int(colleague.open_deal_count)

    @display(description="Works here", boolean=True)
    def works_here(self, colleague: Colleague) -> bool:
        return colleague.is_active

    @display(description="Shares their network", boolean=True)
    def shares(self, colleague: Colleague) -> bool:
        return colleague.is_sharing

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and Deal.objects.filter(owner=obj).exists())
