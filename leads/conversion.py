"""A lead becomes a contact, an account and, if wanted, a deal; all of it can be taken back.

New entities hang on records made from the lead's own row, so that their values lead back to file and line, and later
imports are matched with them like with any other record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.dateparse import parse_datetime

from deals.models import (
    Account,
    AccountDomain,
    AccountLink,
    Activity,
    Contact,
    ContactLink,
    Deal,
    DealLink,
    DealRole,
    Identity,
    Participant,
)
from leads.acts import NotDone
from leads.models import Conversion, Lead, LeadEvent
from leads.qualification.case import domain_of
from pipeline.ingest.extract import mention_key
from pipeline.ingest.staging import hash_of
from pipeline.matching.guards import is_free_mail
from pipeline.models import Record, Version

_KIND_OF = {
    "meeting": (Activity.Kind.MEETING, ""),
    "reply": (Activity.Kind.EMAIL, Activity.Direction.INBOUND),
    "demo": (Activity.Kind.NOTE, Activity.Direction.INBOUND),
}
_PERSON = ("given_name", "family_name", "email", "phone", "mobile", "title", "department", "company", "city", "country",
           "linkedin", "source", "opted_out")  # fmt: skip
_COMPANY = ("domain", "industry", "employees", "country", "city")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to become of a lead: existing entities by id, or new ones (None); a deal only with a name."""

    contact: int | None = None
    account: int | None = None
    deal_name: str = ""
    amount: Decimal | None = None
    currency: str = ""
    close_date: date | None = None


@dataclass(kw_only=True)
class _Made:
    """Ids of all that is new, for the way back."""

    records: list[int] = field(default_factory=list)
    contacts: list[int] = field(default_factory=list)
    accounts: list[int] = field(default_factory=list)
    deals: list[int] = field(default_factory=list)
    activities: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)


def convert(lead: Lead, wish: Wish, *, by: User, now: datetime) -> Conversion:
    """Make what is wished, move the lead's history along, and remember how to undo it. Raises NotDone."""
    try:
        with transaction.atomic():
            former = {"status": lead.status, "contact": lead.contact_id, "account": lead.account_id,
                      "due_at": lead.due_at.isoformat() if lead.due_at else None}  # fmt: skip
            held = Lead.objects.select_for_update().filter(pk=lead.pk, is_current=True)
            if not held.exclude(status=Lead.Status.CONVERTED).update(status=Lead.Status.CONVERTED, due_at=None):
                raise NotDone("This lead is converted already.")
            made, record = _Made(), _record(lead)
            account = _account(lead, wish, record, made, now)
            contact = _contact(lead, wish, record, account, made, now)
            deal = _deal(lead, wish, record, account, contact, made, now) if wish.deal_name else None
            if contact is not None:
                _move_history(lead, contact, account, deal, made)
            Lead.objects.filter(pk=lead.pk).update(contact=contact, account=account)
            found = Conversion.objects.create(
                lead=lead, contact=contact, account=account, deal=deal, made=made.__dict__, former=former, by=by,
                created_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise NotDone("Somebody converted this lead at the same moment; look again.") from error
    lead.refresh_from_db()
    return found


def undo(conversion: Conversion, *, now: datetime) -> None:
    """Take a conversion back. Raises NotDone where something was built on it since: a deal that moved on, a contact
    joined with another."""
    with transaction.atomic():
        if not Conversion.objects.filter(pk=conversion.pk, undone_at=None).update(undone_at=now):
            raise NotDone("This conversion was taken back already.")
        made = conversion.made
        _require_untouched(made)
        Activity.objects.filter(pk__in=made["activities"]).delete()
        DealRole.objects.filter(pk__in=made["roles"]).delete()
        for model, link, name in ((Deal, DealLink, "deals"), (Contact, ContactLink, "contacts"),
                                  (Account, AccountLink, "accounts")):  # fmt: skip
            link.objects.filter(record__in=made["records"], closed_at=None).update(closed_at=now)
            model.objects.filter(pk__in=made[name]).update(is_current=False, record_count=0)
        Identity.objects.filter(contact__in=made["contacts"]).delete()
        AccountDomain.objects.filter(account__in=made["accounts"]).delete()
        Record.objects.filter(pk__in=made["records"]).update(is_withdrawn=True)
        former = conversion.former
        Lead.objects.filter(pk=conversion.lead_id).update(
            status=former["status"], contact=former["contact"], account=former["account"],
            due_at=parse_datetime(former.get("due_at") or ""),
        )  # fmt: skip


def _require_untouched(made: Mapping[str, list[int]]) -> None:
    grown = Contact.objects.filter(pk__in=made["contacts"], record_count__gt=1).first()
    grown = grown or Account.objects.filter(pk__in=made["accounts"], record_count__gt=1).first()  # type: ignore[assignment]
    if grown is not None:
        raise NotDone(f"“{grown}” was joined with other records since; separate them first.")
    busy = Deal.objects.filter(pk__in=made["deals"]).exclude(held={}).first()
    if busy is not None:
        raise NotDone(f"Somebody edited the deal “{busy}” since; it is kept, and so is the conversion.")
    later = Activity.objects.filter(deal__in=made["deals"]).exclude(pk__in=made["activities"]).first()
    if later is not None:
        raise NotDone(f"The deal “{later.deal}” has activities of its own by now; the conversion is kept.")


def _record(lead: Lead) -> Record:
    link = lead.links.filter(closed_at=None).select_related("record").order_by("record_id").first()
    if link is None:
        raise NotDone("No record stands behind this lead any more.")
    return link.record


def _new_record(lead: Lead, kind: str, key: str, values: Mapping[str, Any], row: Record, made: _Made,
                now: datetime) -> Record:  # fmt: skip
    """A record of another kind said by the lead's row; one an earlier conversion left withdrawn is used again."""
    filled = {name: value for name, value in values.items() if value not in (None, "", False)}
    defaults = {"values": filled, "content_hash": hash_of(filled), "row_id": row.row_id, "recorded_at": now,
                "is_withdrawn": False}  # fmt: skip
    record, _ = Record.objects.update_or_create(source_id=row.source_id, kind=kind, key=key[:200], defaults=defaults)
    Version.objects.get_or_create(
        record=record, row_id=row.row_id,
        defaults={"values": filled, "content_hash": record.content_hash, "recorded_at": now},
    )  # fmt: skip
    made.records.append(record.pk)
    return record


def _account(lead: Lead, wish: Wish, row: Record, made: _Made, now: datetime) -> Account | None:
    if wish.account:
        return Account.objects.filter(pk=wish.account, is_current=True).first() or _gone("company")
    if not lead.company:
        return None
    known = AccountLink.objects.filter(
        record__source=row.source_id, record__kind="account", record__key=mention_key(lead.company), closed_at=None
    ).first()
    if known is not None:
        return known.account
    domain = domain_of({"email": lead.email, "domain": lead.domain})
    domain = "" if is_free_mail(domain) else domain
    values = {name: getattr(lead, name) for name in _COMPANY} | {"name": lead.company, "domain": domain}
    record = _new_record(lead, "account", f"lead:{row.key}", values, row, made, now)
    account = Account.objects.create(first_seen_at=now, record_count=1, owner=lead.owner, **values)
    AccountLink.objects.create(record=record, account=account)
    if domain:
        AccountDomain.objects.create(account=account, domain=domain)
    made.accounts.append(account.pk)
    return account


def _contact(lead: Lead, wish: Wish, row: Record, account: Account | None, made: _Made,
             now: datetime) -> Contact | None:  # fmt: skip
    if wish.contact:
        return Contact.objects.filter(pk=wish.contact, is_current=True).first() or _gone("contact")
    if not (lead.given_name or lead.family_name or lead.email):
        return None
    values = {name: getattr(lead, name) for name in _PERSON}
    record = _new_record(lead, "contact", f"lead:{row.key}", values, row, made, now)
    contact = Contact.objects.create(
        first_seen_at=now, record_count=1, full_name=lead.full_name, owner=lead.owner, account=account,
        account_record=_record_of(account), **values,
    )  # fmt: skip
    ContactLink.objects.create(record=record, contact=contact)
    known_by = [("email", lead.email.lower()), ("phone", lead.phone), ("phone", lead.mobile),
                ("profile", lead.linkedin)]  # fmt: skip
    Identity.objects.bulk_create(
        [Identity(contact=contact, kind=kind, value=value) for kind, value in dict.fromkeys(known_by) if value]
    )
    made.contacts.append(contact.pk)
    return contact


def _deal(lead: Lead, wish: Wish, row: Record, account: Account | None, contact: Contact | None, made: _Made,
          now: datetime) -> Deal:  # fmt: skip
    values = {
        "name": wish.deal_name, "amount": str(wish.amount) if wish.amount is not None else "",
        "currency": wish.currency, "close_date": wish.close_date.isoformat() if wish.close_date else "",
        "source": lead.source, "created_at": now.isoformat(),
    }  # fmt: skip
    record = _new_record(lead, "deal", f"lead:{row.key}", values, row, made, now)
    deal = Deal.objects.create(
        first_seen_at=now, record_count=1, name=wish.deal_name[:255], amount=wish.amount, currency=wish.currency,
        close_date=wish.close_date, created_on=now.date(), owner=lead.owner, account=account,
        account_record=_record_of(account),
    )  # fmt: skip
    DealLink.objects.create(record=record, deal=deal)
    made.deals.append(deal.pk)
    if contact is not None:
        role = DealRole.objects.create(
            deal=deal, contact=contact, contact_record=_record_of(contact), role="", is_confirmed=True
        )
        made.roles.append(role.pk)
    return deal


def _move_history(lead: Lead, contact: Contact, account: Account | None, deal: Deal | None, made: _Made) -> None:
    """What the lead did stands with the contact, company and deal from now on."""
    for event in LeadEvent.objects.filter(lead=lead).select_related("record"):
        kind, direction = _KIND_OF.get(event.kind, (Activity.Kind.NOTE, ""))
        values = {"kind": kind, "subject": event.get_kind_display(), "happened_at": event.happened_at.isoformat()}
        record = _new_record(lead, "activity", f"lead-event:{event.pk}", values, event.record, made, event.recorded_at)
        activity, _ = Activity.objects.get_or_create(
            record=record,
            defaults={
                "kind": kind, "direction": direction, "subject": event.get_kind_display(), "body": event.detail,
                "happened_at": event.happened_at, "recorded_at": event.recorded_at, "owner": lead.owner, "deal": deal,
                "account": account, "account_record": _record_of(account),
            },
        )  # fmt: skip
        Participant.objects.get_or_create(activity=activity, contact=contact, contact_record=_record_of(contact))
        made.activities.append(activity.pk)


def _record_of(entity: Account | Contact | None) -> Record | None:
    if entity is None:
        return None
    link: Any = entity.links.filter(closed_at=None).order_by("record_id").first()
    return link.record if link else None


def _gone(what: str) -> Any:
    raise NotDone(f"The {what} you chose is no longer there; choose again.")
