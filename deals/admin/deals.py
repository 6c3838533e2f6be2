"""Deals: the list and the page of one, with the people who play a part in it."""

from typing import Any

from django.contrib import admin
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from config.theme import AutocompleteFilter, RangeDateFilter, display
from deals.admin import brief
from deals.admin.deal_page import panel
from deals.admin.entities import EntityAdmin
from deals.admin.filters import BandFilter, CurrentFilter, OutcomeFilter, StageFilter
from deals.admin.forms import DealForm
from deals.admin.page import Panel, Section
from deals.admin.roles import DealRoleInline
from deals.admin.sections import roles_of_deal
from deals.editing import note_roles
from deals.models import Account, Deal, DealRole
from deals.shown import money, tone_of
from deals.signals.clock import Calendar
from deals.signals.reassessing import reassess
from deals.signals.wording import days
from governance.pages import person
from pipeline.templatetags.record_values import shown


@admin.register(Deal)
class DealAdmin(EntityAdmin):
    form: type[ModelForm] = DealForm
    inlines = (DealRoleInline,)
    change_form_template = "admin/deals/deal.html"
    list_display = (
        "shown_name", "shown_account", "health_now", "known", "stage", "stage_age", "brief_age",
        "shown_amount", "closes", "outcome", "owner",
    )  # fmt: skip
    list_filter = (
        CurrentFilter,
        OutcomeFilter,
        BandFilter,
        StageFilter,
        ("owner", AutocompleteFilter),
        ("account", AutocompleteFilter),
        ("close_date", RangeDateFilter),
    )
    list_select_related = ("account", "owner")
    search_fields = ("name",)
    search_help_text = "Deal or account"
    ordering = ("-close_date", "id")
    sortable_by = ("shown_name", "health_now", "known", "stage", "stage_age", "brief_age", "closes")
    autocomplete_fields = ("owner",)
    fields = (
        "owner", "name", "stage", "pipeline", "amount", "currency", "close_date", "next_step",
        "forecast_category", "probability", "is_closed", "is_won", "lost_reason", "product",
    )  # fmt: skip
    csv_columns = (
        ("Id", "pk"),
        ("Name", "name"),
        ("Account", "account"),
        ("Health", "health"),
        ("Colour", "band"),
        ("Share of signals known", "completeness"),
        ("What is wrong first", "sentence"),
        ("Brief written", "briefed_at"),
        ("Stage", "stage"),
        ("In stage since", "stage_since"),
        ("Pipeline", "pipeline"),
        ("Amount", "amount"),
        ("Currency", "currency"),
        ("Close date", "close_date"),
        ("Closed", "is_closed"),
        ("Won", "is_won"),
        ("Lost because", "lost_reason"),
        ("Next step", "next_step"),
        ("Owner", "owner.name"),
        ("Last activity", "last_activity_at"),
        ("Updated", "updated_at"),
    )

    def matching(self, word: str) -> Q:
        at = Account.objects.filter(Q(name__icontains=word) | Q(domain__icontains=word)).values("pk")
        return Q(name__icontains=word) | Q(account__in=at)

    @display(description="Deal", ordering="name")
    def shown_name(self, deal: Deal) -> str:
        return shown(str(deal))

    @display(description="Account")
    def shown_account(self, deal: Deal) -> str:
        return shown(str(deal.account or ""))

    @display(description="Closes", ordering="close_date")
    def closes(self, deal: Deal) -> str:
        return shown(deal.close_date)

    @display(description="Amount")
    def shown_amount(self, deal: Deal) -> str:
        return money(deal)

    @display(description="Outcome", label={"Won": "success", "Lost": "danger", "Open": "info"})
    def outcome(self, deal: Deal) -> str:
        return outcome(deal)

    def headline(self, deal: Deal) -> dict[str, Any]:
        return {
            "icon": "handshake",
            "account": deal.account,
            "about": [part for part in (outcome(deal), deal.stage, money(deal)) if part],
            "closes": deal.close_date,
            "next_step": deal.next_step,
            "owner": deal.owner,
        }

    def panels(self, request: HttpRequest, deal: Deal) -> list[Panel]:
        return [
            Panel(
                template=brief.TEMPLATE,
                context=brief.context(request, deal),
                script="deals/brief.js",
                style="deals/brief.css",
            )
        ]

    def sections(self, request: HttpRequest, deal: Deal) -> list[Section]:
        return [roles_of_deal(request, deal)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the latest assessment beside each deal; None where there is none."""
        latest = FilteredRelation("assessments", condition=Q(assessments__is_latest=True))
        return (
            super()
            .get_queryset(request)
            .annotate(latest=latest, brief=FilteredRelation("briefs", condition=Q(briefs__is_current=True)))
            .annotate(**{name: F(f"latest__{name}") for name in _ASSESSED}, briefed_at=F("brief__written_at"))
        )

    @display(description="Health", ordering="health", label={"good": "success", "warn": "warning", "bad": "danger"})
    def health_now(self, deal: Any) -> tuple[str, str] | str:
        if deal.is_closed or deal.band is None:
            return ""
        tone = tone_of(deal.band)
        return tone, f"{deal.health}" if tone else "not enough data"

    @display(description="Known", ordering="completeness")
    def known(self, deal: Any) -> str:
        return "" if deal.is_closed or deal.completeness is None else f"{round(100 * deal.completeness)} %"

    @display(description="In stage", ordering="-stage_since")
    def stage_age(self, deal: Any) -> str:
        if deal.is_closed or deal.stage_since is None:
            return ""
        return days((deal.as_of - deal.stage_since).days)

    @display(description="Brief", ordering="-briefed_at")
    def brief_age(self, deal: Any) -> str:
        """How old the brief in view is; nothing where there is none."""
        if deal.is_closed or deal.briefed_at is None:
            return ""
        calendar = Calendar.current()
        age = (calendar.day(timezone.now()) - calendar.day(deal.briefed_at)).days
        return f"{age} d" if age else "today"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        deal = kwargs.get("obj")
        if deal is not None:
            context["panel"] = panel(request, deal)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Changes of people go on record as those of values do; the deal is judged anew at once."""
        deal: Deal = form.instance
        before = _roles(deal)
        super().save_related(request, form, formsets, change)
        note_roles(deal, before, _roles(deal), by=person(request), now=timezone.now())
        reassess([deal.pk], timezone.now())

    def release_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        answer = super().release_view(request, pk, name)
        reassess([pk], timezone.now())
        return answer


# What the list shows of a deal's latest assessment.
_ASSESSED = ("health", "band", "completeness", "stage_since", "as_of", "sentence")


def _roles(deal: Deal) -> set[tuple[int, str]]:
    return set(DealRole.objects.filter(deal=deal).values_list("contact_id", "role"))


def outcome(deal: Deal) -> str:
    if deal.is_won:
        return "Won"
    return "Lost" if deal.is_closed else "Open"
