"""The short tables below an entity's values: its people, deals, activities and changes, each with a way to all."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from deals.admin.network import shown
from deals.admin.page import Cell, Section
from deals.models import Account, Activity, Contact, Deal, Entity, FieldChange, Relationship
from deals.provenance import label_of

FEW = 8


def contacts_of(request: HttpRequest, account: Account) -> Section:
    people = account.contacts.visible_to(request.user).filter(is_current=True).order_by("full_name", "id")[:FEW]
    return Section(
        title="Contacts",
        heads=("Name", "Title", "E-mail", "Phone"),
        rows=[
            [
                _page(person),
                Cell(value=person.title),
                Cell(value=person.email),
                Cell(value=person.phone or person.mobile),
            ]
            for person in people
        ],
        empty="Nobody is known here yet.",
        all_url=_list("contact", f"account__id__exact={account.pk}"),
        all_label="All contacts",
    )


def known_by(contact: Contact, today: date) -> Section:
    """Who of us knows the person, as far as colleagues share it."""
    ties = Relationship.objects.shared().filter(contact=contact).select_related("colleague")
    best = sorted((tie for tie in ties if tie.strength_on(today) > 0), key=lambda tie: -tie.strength_on(today))[:FEW]
    return Section(
        title="Who of us knows them",
        heads=("Colleague", "Strength", "Rests on", "Last contact"),
        rows=[
            [
                Cell(value=str(tie.colleague)),
                Cell(value=shown(tie, today).strength, note="dormant" if tie.is_dormant else shown(tie, today).band),
                Cell(value=shown(tie, today).basis),
                Cell(value=tie.last_on),
            ]
            for tie in best
        ],
        empty="Nobody who shares their network.",
        all_url=reverse("warm_paths", args=[contact.pk]),
        all_label="Ways to an introduction",
    )


def network_of(account: Account, today: date) -> Section:
    """The people of the account whom we know best."""
    ties = Relationship.objects.shared().filter(contact__account=account, contact__is_current=True)
    best = sorted(ties.select_related("contact", "colleague"), key=lambda tie: -tie.strength_on(today))
    return Section(
        title="Who we know",
        heads=("Person", "Known by", "Strength", "Last contact"),
        rows=[
            [
                _page(tie.contact),
                Cell(value=str(tie.colleague)),
                Cell(value=shown(tie, today).strength, note="dormant" if tie.is_dormant else shown(tie, today).band),
                Cell(value=tie.last_on),
            ]
            for tie in best[:FEW]
            if tie.strength_on(today) > 0
        ],
        empty="Nobody who shares their network knows anybody here.",
        all_url=reverse("account_network", args=[account.pk]),
        all_label="Who knows whom",
    )


def deals_of(request: HttpRequest, deals: QuerySet[Deal], query: str) -> Section:
    from_newest = deals.visible_to(request.user).filter(is_current=True).order_by("is_closed", "-close_date")[:FEW]  # type: ignore[attr-defined]
    return Section(
        title="Deals",
        heads=("Deal", "Stage", "Amount", "Closes", "Owner"),
        rows=[
            [
                _page(deal),
                Cell(value=deal.stage),
                Cell(value=deal.amount, note=deal.currency if deal.amount is not None else ""),
                Cell(value=deal.close_date),
                Cell(value=str(deal.owner or "")),
            ]
            for deal in from_newest.select_related("owner")
        ],
        empty="No deals.",
        all_url=_list("deal", query),
        all_label="All deals",
    )


def subsidiaries_of(request: HttpRequest, account: Account) -> Section | None:
    below = account.subsidiaries.visible_to(request.user).filter(is_current=True).order_by("name")[:FEW]
    rows = [[_page(one), Cell(value=one.city), Cell(value=one.country)] for one in below]
    if account.parent:
        rows.insert(0, [_page(account.parent, note="parent"), Cell(value=account.parent.city), Cell(value="")])
    return Section(title="Group", heads=("Account", "City", "Country"), rows=rows, empty="") if rows else None


def identities_of(contact: Contact) -> Section | None:
    rows = [[Cell(value=one.get_kind_display()), Cell(value=one.value)] for one in contact.identities.order_by("kind")]
    return Section(title="Known by", heads=("Kind", "Value"), rows=rows, empty="") if rows else None


def roles_of_contact(request: HttpRequest, contact: Contact) -> Section:
    roles = contact.roles.select_related("deal").order_by("deal__is_closed", "-deal__close_date")[:FEW]
    return Section(
        title="Deals",
        heads=("Deal", "Part", "Stage", "Closes"),
        rows=[
            [_page(role.deal), _part(role), Cell(value=role.deal.stage), Cell(value=role.deal.close_date)]
            for role in roles
        ],
        empty="Plays no part in a deal, as far as the files say.",
    )


def roles_of_deal(request: HttpRequest, deal: Deal) -> Section:
    roles = deal.roles.select_related("contact").order_by("-is_confirmed", "id")[: 2 * FEW]
    return Section(
        title="People in this deal",
        heads=("Name", "Part", "Title", "E-mail"),
        rows=[
            [_page(role.contact), _part(role), Cell(value=role.contact.title), Cell(value=role.contact.email)]
            for role in roles
        ],
        empty="Nobody is named yet. “Edit values” lets you add people.",
    )


def activities_of(request: HttpRequest, activities: QuerySet[Activity], query: str) -> Section:
    latest = activities.visible_to(request.user).select_related("owner").order_by("-happened_at", "-id")[:FEW]  # type: ignore[attr-defined]
    return Section(
        title="Activities",
        heads=("When", "Kind", "Subject", "Who"),
        rows=[
            [
                Cell(value=one.happened_at, note="planned" if one.is_planned else ""),
                Cell(value=one.get_kind_display(), note=one.get_direction_display() if one.direction else ""),
                _page(one),
                Cell(value=str(one.owner or "")),
            ]
            for one in latest
        ],
        empty="No activities.",
        all_url=_list("activity", query),
        all_label="All activities",
    )


def changes_of(request: HttpRequest, entity: Entity) -> Section | None:
    changes = FieldChange.objects.filter(**{str(entity._meta.model_name): entity})
    rows = [
        [
            Cell(value=change.happened_at),
            Cell(value=label_of_field(type(entity), change.field)),
            Cell(value=change.old),
            Cell(value=change.new),
            changed_by(change),
        ]
        for change in changes.select_related("by", "row__file").order_by("-happened_at", "-id")[:FEW]
    ]
    return (
        Section(
            title="Changes",
            heads=("When", "Field", "Before", "After", "Who or where from"),
            rows=rows,
            empty="",
            all_url=_list("fieldchange", f"{entity._meta.model_name}__id__exact={entity.pk}"),
            all_label="All changes",
        )
        if rows
        else None
    )


def changed_by(change: FieldChange) -> Cell:
    """The person who entered a change here, or the file and line it was read from."""
    if change.by is not None:
        return Cell(value=change.by.get_full_name() or change.by.get_username())
    if change.row is None:
        return Cell(value=change.author)
    place = f"{change.row.file.name}, line {change.row.line:,}"
    return Cell(value=place, url=reverse("admin:pipeline_row_change", args=[change.row_id]), note=change.author)


def label_of_field(model: type[Entity], name: str) -> str:
    return label_of(model, name) if name in {found.name for found in model._meta.get_fields()} else name


def _part(role: Any) -> Cell:
    return Cell(value=role.role, note="confirmed" if role.is_confirmed else "")


def _page(one: Any, note: str = "") -> Cell:
    return Cell(value=str(one), url=reverse(f"admin:deals_{one._meta.model_name}_change", args=[one.pk]), note=note)


def _list(model: str, query: str) -> str:
    return f"{reverse(f'admin:deals_{model}_changelist')}?{query}"
