"""A contact's values from their records, and what moves along when a record of them does."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from deals.models import AccountLink, Contact, ContactLink, DealRole, Identity, Participant
from deals.models.owners import Owners
from pipeline import bulk
from pipeline.entity_values import refresh
from pipeline.people import full_name
from pipeline.survivorship import Chosen


def recompute(contact_ids: Collection[int], now: datetime) -> None:
    """Refresh the contacts' values, their company and the identities they are known by."""
    owners = Owners.load()
    accounts = Accounts.load(contact_ids)

    def complete(contact: Contact, chosen: Mapping[str, Chosen]) -> None:
        fill(contact, chosen, owners, accounts)

    refresh(Contact, ContactLink, "contact", contact_ids, complete, now)
    refresh_identities(contact_ids)


def fill(contact: Contact, chosen: Mapping[str, Chosen], owners: Owners, accounts: "Accounts") -> None:
    """Full name, owner and company of a contact from what survived."""
    contact.full_name = name_of(contact, chosen)
    contact.owner_id = owners.of(chosen.get("owner"))
    contact.account_record_id, contact.account_id = accounts.of(chosen.get("account_key"))


def name_of(contact: Contact, chosen: Mapping[str, Chosen]) -> str:
    names = full_name({"given_name": contact.given_name, "family_name": contact.family_name})
    said = chosen.get("full_name")
    return (names or (said.value if said else "") or contact.email)[:255]


class Accounts:
    """Which account record, and which account, a source's company id means."""

    def __init__(self, found: Mapping[tuple[int, str], tuple[int, int]]) -> None:
        self._found = found

    @classmethod
    def load(cls, contact_ids: Collection[int]) -> "Accounts":
        links = ContactLink.objects.filter(contact__in=list(contact_ids), closed_at=None)
        rows = links.values_list("record__source_id", "record__values")
        return cls.of_keys({(source, values.get("account_key")) for source, values in rows})

    @classmethod
    def of_keys(cls, named: Iterable[tuple[int, Any]]) -> "Accounts":
        wanted = {str(key) for _, key in named if key}
        rows = AccountLink.objects.filter(record__kind="account", record__key__in=wanted, closed_at=None).values_list(
            "record__source_id", "record__key", "record_id", "account_id"
        )
        return cls({(source, key): (record, account) for source, key, record, account in rows})

    def of(self, chosen: Chosen | None) -> tuple[int | None, int | None]:
        source = chosen.mention.source_id if chosen and chosen.mention else 0
        return self.find(source, chosen.value if chosen else None)

    def find(self, source_id: int, key: Any) -> tuple[int | None, int | None]:
        return self._found.get((source_id, str(key)), (None, None))


def refresh_identities(contact_ids: Collection[int]) -> None:
    """Replace the identities of these contacts by what their records say."""
    Identity.objects.filter(contact__in=list(contact_ids)).delete()
    links = ContactLink.objects.filter(contact__in=list(contact_ids), closed_at=None)
    said = {
        identity
        for contact, values in links.values_list("contact_id", "record__values")
        for identity in identities_of(contact, values)
    }
    bulk.insert(Identity, ("contact_id", "kind", "value"), sorted(said))


def identities_of(contact_id: int, values: Mapping[str, Any]) -> set[tuple[int, str, str]]:
    """(contact, kind, value) of every address, number and profile in a record's values."""
    emails = [values.get("email"), *(values.get("emails") or ())]
    found = [(Identity.Kind.EMAIL, email.lower()) for email in emails if email]
    found += [(Identity.Kind.PHONE, number) for number in (values.get("phone"), values.get("mobile")) if number]
    found += [(Identity.Kind.PROFILE, values["linkedin"])] if values.get("linkedin") else []
    return {(contact_id, str(kind), value[:255]) for kind, value in found}


def repoint(record_ids: Collection[int]) -> None:
    """Deal roles and activities follow the contact record they name."""
    now_at = ContactLink.objects.filter(record=OuterRef("contact_record"), closed_at=None).values("contact")[:1]
    Participant.objects.filter(contact_record__in=list(record_ids)).update(contact=Subquery(now_at))
    DealRole.objects.filter(contact_record__in=list(record_ids)).update(contact=Subquery(now_at))
