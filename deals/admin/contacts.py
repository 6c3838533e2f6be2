"""Contacts: the list of people and the page of one."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from config.theme import AutocompleteFilter, display
from deals.admin.entities import EntityAdmin
from deals.admin.filters import CountryFilter, CurrentFilter, SeveralRecordsFilter
from deals.admin.forms import ContactForm
from deals.admin.joining import JoiningAdmin
from deals.admin.page import Section
from deals.admin.sections import activities_of, changes_of, identities_of, known_by, roles_of_contact
from deals.models import Account, AccountDomain, Activity, Contact, Identity
from governance.models import Organisation
from pipeline.templatetags.record_values import shown


@admin.register(Contact)
class ContactAdmin(JoiningAdmin, EntityAdmin):
    linkage = "match-contacts"
    form: type[ModelForm] = ContactForm
    list_display = ("person", "shown_company", "email", "shown_phone", "owner", "records_here", "updated")
    list_filter = (
        CurrentFilter,
        ("owner", AutocompleteFilter),
        ("account", AutocompleteFilter),
        CountryFilter,
        SeveralRecordsFilter,
        "opted_out",
    )
    list_select_related = ("account", "owner")
    search_fields = ("full_name", "email", "company")
    search_help_text = "Name, e-mail, company or domain"
    ordering = ("full_name", "id")
    sortable_by = ("person", "email")
    autocomplete_fields = ("owner",)
    fields = ("owner", *Contact.COMPUTED)
    csv_columns = (
        ("Id", "pk"),
        ("Name", "full_name"),
        ("First name", "given_name"),
        ("Last name", "family_name"),
        ("E-mail", "email"),
        ("Phone", "phone"),
        ("Mobile", "mobile"),
        ("Title", "title"),
        ("Department", "department"),
        ("Company", "company"),
        ("Account", "account"),
        ("City", "city"),
        ("Country", "country"),
        ("LinkedIn", "linkedin"),
        ("Opted out", "opted_out"),
        ("Owner", "owner.name"),
        ("Records", "record_count"),
        ("Updated", "updated_at"),
    )

    def matching(self, word: str) -> Q:
        known_by = Identity.objects.filter(value__icontains=word).values("contact")
        at_domain = AccountDomain.objects.filter(domain__icontains=word).values("account")
        at = Account.objects.filter(Q(name__icontains=word) | Q(pk__in=at_domain)).values("pk")
        own = Q(full_name__icontains=word) | Q(email__icontains=word) | Q(company__icontains=word)
        return own | Q(pk__in=known_by) | Q(account__in=at)

    @display(description="Name", ordering="full_name", header=True)
    def person(self, contact: Contact) -> list[str]:
        return [shown(str(contact)), shown(contact.title)]

    @display(description="Account")
    def shown_company(self, contact: Contact) -> str:
        return shown(str(contact.account) if contact.account else contact.company)

    @display(description="Phone")
    def shown_phone(self, contact: Contact) -> str:
        return shown(contact.phone or contact.mobile)

    def headline(self, contact: Contact) -> dict[str, Any]:
        place = ", ".join(part for part in (contact.city, contact.country) if part)
        return {
            "icon": "person",
            "about": [part for part in (contact.title, contact.department, place) if part],
            "account": contact.account,
            "company": "" if contact.account else contact.company,
            "reach": [part for part in (contact.email, contact.phone, contact.mobile) if part],
            "owner": contact.owner,
            "warning": warning(contact),
        }

    def sections(self, request: HttpRequest, contact: Contact) -> list[Section]:
        here = Activity.objects.filter(pk__in=contact.participations.values("activity"))
        found = [
            identities_of(contact),
            roles_of_contact(request, contact),
            known_by(contact, Organisation.current().day(timezone.now())),
            activities_of(request, here, f"participants__contact__id__exact={contact.pk}"),
            changes_of(request, contact),
        ]
        return [section for section in found if section is not None]


def warning(contact: Contact) -> str:
    """What to know before writing or calling; empty where nothing speaks against it."""
    if contact.has_left:
        return "Has left the company, as far as is known."
    if contact.bounced:
        return f"E-mails to the address come back: {contact.bounced}"
    return "Opted out: do not write or call." if contact.opted_out else ""
