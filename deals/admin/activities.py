"""Activities: what happened with whom, as the files say."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from config.theme import AutocompleteFilter, ChoicesFilter, RangeDateFilter, ReadOnlyAdmin, TabularInline, display
from deals.models import Account, Activity, Contact, Participant
from governance.templatetags.figures import duration
from pipeline.admin.csv_lists import CsvListAdmin
from pipeline.admin.links import row_link
from pipeline.admin.visible import VisibleAdmin


class ParticipantInline(TabularInline):
    model = Participant
    fields = ("contact",)
    readonly_fields = ("contact",)
    extra = 0
    can_delete = False
    hide_title = True
    verbose_name_plural = "who took part"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Activity)
class ActivityAdmin(CsvListAdmin, VisibleAdmin, ReadOnlyAdmin):
    inlines = (ParticipantInline,)
    list_display = ("title", "kind", "shown_when", "account", "deal", "owner")
    list_filter = (
        ("kind", ChoicesFilter),
        ("happened_at", RangeDateFilter),
        ("owner", AutocompleteFilter),
        ("account", AutocompleteFilter),
        ("deal", AutocompleteFilter),
        ("participants__contact", AutocompleteFilter),
    )
    list_select_related = ("account", "deal", "owner")
    search_fields = ("subject",)
    search_help_text = "Subject, account or person"
    ordering = ("-happened_at", "-id")
    sortable_by = ("shown_when",)
    fields = (
        "subject", "kind", "direction", "happened_at", "planned", "length", "status", "owner", "account", "deal",
        "body", "where_from", "recorded_at",
    )  # fmt: skip
    readonly_fields = ("planned", "length", "where_from")
    csv_columns = (
        ("Id", "pk"),
        ("When", "happened_at"),
        ("Kind", "get_kind_display"),
        ("Direction", "get_direction_display"),
        ("Subject", "subject"),
        ("Status", "status"),
        ("Account", "account"),
        ("Deal", "deal"),
        ("Owner", "owner.name"),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        for word in search_term.split()[:8]:
            at = Account.objects.filter(name__icontains=word).values("pk")
            people = Contact.objects.filter(Q(full_name__icontains=word) | Q(email__icontains=word)).values("pk")
            taking_part = Participant.objects.filter(contact__in=people).values("activity")
            queryset = queryset.filter(Q(subject__icontains=word) | Q(account__in=at) | Q(pk__in=taking_part))
        return queryset, False

    @display(description="Activity")
    def title(self, activity: Activity) -> str:
        return str(activity)

    @display(description="When", ordering="happened_at")
    def shown_when(self, activity: Activity) -> Any:
        return activity.happened_at

    @display(description="Planned", boolean=True)
    def planned(self, activity: Activity) -> bool:
        return activity.is_planned

    @display(description="Length")
    def length(self, activity: Activity) -> str:
        return duration(activity.duration_s * 1000) if activity.duration_s else ""

    @display(description="Where from")
    def where_from(self, activity: Activity) -> str:
        return row_link(activity.record.row)
