"""Lists and autocompletes show what their user may see."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from config.theme import ModelAdmin


class VisibleAdmin(ModelAdmin):
    """For models whose manager has `visible_to(user)`."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).visible_to(request.user)  # type: ignore[attr-defined]
