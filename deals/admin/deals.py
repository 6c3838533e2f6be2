"""Deals: the list and the page of one, with the people who play a part in it."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.formats import number_format

from config.theme import AutocompleteFilter, RangeDateFilter, display
from deals.admin import brief
from deals.admin.entities import EntityAdmin
from deals.admin.filters import CurrentFilter, OutcomeFilter, StageFilter
from deals.admin.forms import DealForm
from deals.admin.page import Panel, Section
from deals.admin.roles import DealRoleInline
from deals.admin.sections import activities_of, changes_of, roles_of_deal
from deals.models import Account, Deal
from pipeline.templatetags.record_values import shown


@admin.register(Deal)
class DealAdmin(EntityAdmin):
    form: type[ModelForm] = DealForm
    inlines = (DealRoleInline,)
    list_display = ("shown_name", "shown_account", "stage", "shown_amount", "closes", "outcome", "owner")
    list_filter = (
        CurrentFilter,
        OutcomeFilter,
        StageFilter,
        ("owner", AutocompleteFilter),
        ("account", AutocompleteFilter),
        ("close_date", RangeDateFilter),
    )
    list_select_related = ("account", "owner")
    search_fields = ("name",)
    search_help_text = "Deal or account"
    ordering = ("-close_date", "id")
    sortable_by = ("shown_name", "stage", "closes")
    autocomplete_fields = ("owner",)
    fields = (
        "owner", "name", "stage", "pipeline", "amount", "currency", "close_date", "next_step",
        "forecast_category", "probability", "is_closed", "is_won", "lost_reason", "product",
    )  # fmt: skip
    csv_columns = (
        ("Id", "pk"),
        ("Name", "name"),
        ("Account", "account"),
        ("Stage", "stage"),
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
        found = [
            roles_of_deal(request, deal),
            activities_of(request, deal.activities.all(), f"deal__id__exact={deal.pk}"),
            changes_of(request, deal),
        ]
        return [section for section in found if section is not None]


def outcome(deal: Deal) -> str:
    if deal.is_won:
        return "Won"
    return "Lost" if deal.is_closed else "Open"


def money(deal: Deal) -> str:
    """The amount with its currency; nothing where it is unknown."""
    if deal.amount is None:
        return ""
    digits = 0 if deal.amount == deal.amount.to_integral_value() else 2
    amount = number_format(Decimal(deal.amount), decimal_pos=digits, use_l10n=True, force_grouping=True)
    return f"{amount} {deal.currency}".strip()
