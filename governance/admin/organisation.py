"""The organisation: its time zone, currency and country."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from config.theme import ModelAdmin
from governance.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(ModelAdmin):
    """One row; the list leads straight to it. All AI is stopped on the money page, where it is confirmed."""

    readonly_fields = ("is_ai_stopped",)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("admin:governance_organisation_change", Organisation.current().pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
