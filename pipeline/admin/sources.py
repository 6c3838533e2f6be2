"""Sources: the systems that files come from, and how their dates and amounts are read."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from config.theme import ModelAdmin, display
from pipeline.models import ImportFile, Source


@admin.register(Source)
class SourceAdmin(ModelAdmin):
    list_display = ("name", "system", "files_read", "time_zone", "date_order", "currency", "is_sample")
    list_filter = ("system",)
    search_fields = ("name", "system")
    ordering = ("name",)
    fields = ("name", "system", "time_zone", "date_order", "currency", "owner_email", "is_sample")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        files = ImportFile.objects.filter(source=OuterRef("pk")).order_by().values("source").annotate(n=Count("pk"))
        return super().get_queryset(request).annotate(file_count=Subquery(files.values("n")))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.files.exists())

    @display(description="Files")
    def files_read(self, source: Any) -> int:
        return source.file_count or 0
