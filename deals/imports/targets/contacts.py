"""Imported people: a new record gets a contact of its own, a known one updates its contact at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from deals.contacts.values import Accounts, fill, identities_of, recompute
from deals.imports.fields import CONTACT
from deals.imports.targets.entities import create, update
from deals.models import Contact, ContactLink, Identity
from deals.owners import Owners
from deals.survivorship import Chosen
from pipeline.ingest.formats import Target
from pipeline.ingest.staging import Staged
from pipeline.models import Batch, Record


def write(staged: Sequence[Staged]) -> None:
    owners = Owners.load()
    owners.add_missing(staged[0].record.source_id, (entry.record.values.get("owner") for entry in staged))
    accounts = Accounts.of_keys((entry.record.source_id, entry.record.values.get("account_key")) for entry in staged)

    def complete(contact: Contact, chosen: Mapping[str, Chosen]) -> None:
        fill(contact, chosen, owners, accounts)

    new = [entry for entry in staged if entry.is_new]
    created = create(Contact, ContactLink, "contact", new, complete)
    Identity.objects.bulk_create(
        (
            Identity(contact_id=contact_id, kind=kind, value=value)
            for contact, entry in zip(created, new, strict=True)
            for contact_id, kind, value in sorted(identities_of(contact.pk, entry.record.values))
        ),
        batch_size=2000,
    )
    update(ContactLink, "contact", [entry for entry in staged if not entry.is_new], recompute)


def settle(batch: Batch) -> None:
    """Contacts whose company came in a later file."""
    waiting: Any = Record.objects.filter(kind="contact", values__has_key="account_key")
    links = ContactLink.objects.filter(closed_at=None, contact__account_record=None, record__in=waiting)
    contacts = set(links.values_list("contact_id", flat=True))
    if contacts and batch.finished_at is None:
        recompute(contacts, batch.created_at)


CONTACTS = Target(
    kind="contact", label="Person", label_plural="People", order=30, fields=CONTACT, write=write, settle=settle
)
