"""Accounts: the list of companies and the page of one."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from config.theme import AutocompleteFilter, display
from deals.admin.entities import EntityAdmin
from deals.admin.filters import CountryFilter, CurrentFilter, SeveralRecordsFilter
from deals.admin.joining import JoiningAdmin
from deals.admin.page import Section
from deals.admin.sections import activities_of, changes_of, contacts_of, deals_of, network_of, subsidiaries_of
from deals.models import Account, AccountDomain
from governance.models import Organisation
from pipeline.templatetags.record_values import shown


@admin.register(Account)
class AccountAdmin(JoiningAdmin, EntityAdmin):
    linkage = "match-accounts"
    list_display = ("shown_name", "domain", "city", "country", "industry", "owner", "records_here", "updated")
    list_filter = (CurrentFilter, ("owner", AutocompleteFilter), CountryFilter, SeveralRecordsFilter)
    list_select_related = ("owner",)
    search_fields = ("name", "domain")
    search_help_text = "Name or domain"
    ordering = ("name", "id")
    sortable_by = ("shown_name", "domain")
    autocomplete_fields = ("owner",)
    fields = ("owner", *Account.COMPUTED)
    csv_columns = (
        ("Id", "pk"),
        ("Name", "name"),
        ("Domain", "domain"),
        ("Phone", "phone"),
        ("Street", "street"),
        ("City", "city"),
        ("State", "state"),
        ("Postcode", "postcode"),
        ("Country", "country"),
        ("Industry", "industry"),
        ("Employees", "employees"),
        ("Revenue", "revenue"),
        ("Type", "type"),
        ("Owner", "owner.name"),
        ("Records", "record_count"),
        ("Updated", "updated_at"),
    )

    def matching(self, word: str) -> Q:
        domains = AccountDomain.objects.filter(domain__icontains=word).values("account")
        return Q(name__icontains=word) | Q(domain__icontains=word) | Q(pk__in=domains)

    @display(description="Name", ordering="name")
    def shown_name(self, account: Account) -> str:
        return shown(str(account))

    def headline(self, account: Account) -> dict[str, Any]:
        place = ", ".join(part for part in (account.city, account.country) if part)
        return {
            "icon": "apartment",
            "about": [part for part in (account.industry, account.type, place) if part],
            "reach": [part for part in (account.domain, account.phone) if part],
            "owner": account.owner,
            "domains": [found.domain for found in account.domains.all()],
            "counts": _counts(account),
        }

    def sections(self, request: HttpRequest, account: Account) -> list[Section]:
        found = [
            contacts_of(request, account),
            deals_of(request, account.deals.all(), f"account__id__exact={account.pk}"),
            network_of(account, Organisation.current().day(timezone.now())),
            subsidiaries_of(request, account),
            activities_of(request, account.activities.all(), f"account__id__exact={account.pk}"),
            changes_of(request, account),
        ]
        return [section for section in found if section is not None]


def _counts(account: Account) -> list[tuple[int, str]]:
    open_deals = account.deals.filter(is_current=True, is_closed=False).count()
    people = account.contacts.filter(is_current=True).count()
    return [
        (people, "contact" if people == 1 else "contacts"),
        (open_deals, "open deal" if open_deals == 1 else "open deals"),
    ]
