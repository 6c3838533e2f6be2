"""Plans, their versions and what the checks found; to read. Writing and approving them has its own screens."""

from django.contrib import admin

from config.theme import ChoicesFilter, ReadOnlyAdmin, TabularInline
from governance.models import Plan, PlanFinding, PlanVersion


class PlanVersionInline(TabularInline):
    model = PlanVersion
    fields = ("number", "state", "valid_from", "valid_until", "author", "approved_by", "approved_at")
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    list_display = ("name", "owner")
    list_select_related = ("owner",)
    search_fields = ("name",)
    inlines = (PlanVersionInline,)


@admin.register(PlanVersion)
class PlanVersionAdmin(ReadOnlyAdmin):
    list_display = ("plan", "number", "state", "valid_from", "valid_until", "approved_by", "approved_at")
    list_select_related = ("plan", "approved_by")
    list_filter = (("state", ChoicesFilter),)
    ordering = ("plan", "-number")


@admin.register(PlanFinding)
class PlanFindingAdmin(ReadOnlyAdmin):
    list_display = ("sentence", "moment", "task", "run_key", "recorded_at")
    list_filter = (("moment", ChoicesFilter),)
    ordering = ("-pk",)
