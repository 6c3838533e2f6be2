"""Imported people: a new record gets a contact of its own, a known one updates its contact at once."""

from collections.abc import Mapping, Sequence

from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KT

from deals.contacts.values import Accounts, fill, identities_of, recompute
from deals.imports.fields import CONTACT
from deals.imports.targets.entities import update
from deals.models import AccountLink, Contact, ContactLink, Identity
from deals.models.owners import Owners
from pipeline import bulk
from pipeline.entity_values import create
from pipeline.ingest.formats import Target
from pipeline.ingest.staging import Staged
from pipeline.models import Batch, Record
from pipeline.survivorship import Chosen

_AT_ONCE = 1000


def write(staged: Sequence[Staged]) -> None:
    owners = Owners.load()
    owners.add_missing(staged[0].record.source_id, (entry.record.values.get("owner") for entry in staged))
    accounts = Accounts.of_keys((entry.record.source_id, entry.record.values.get("account_key")) for entry in staged)

    def complete(contact: Contact, chosen: Mapping[str, Chosen]) -> None:
        fill(contact, chosen, owners, accounts)

    new = [entry for entry in staged if entry.is_new]
    created = create(Contact, ContactLink, "contact", [entry.record for entry in new], complete)
    bulk.insert(
        Identity,
        ("contact_id", "kind", "value"),
        (
            identity
            for contact, entry in zip(created, new, strict=True)
            for identity in sorted(identities_of(contact.pk, entry.record.values))
        ),
    )
    update(ContactLink, "contact", [entry for entry in staged if not entry.is_new], recompute)


def settle(batch: Batch) -> None:
    """Contacts whose company came in a later file."""
    known = AccountLink.objects.filter(
        closed_at=None, record__kind="account", record__source=OuterRef("source"), record__key=OuterRef("named")
    )
    said = Record.objects.filter(kind="contact").annotate(named=KT("values__account_key")).filter(Exists(known))
    waiting = ContactLink.objects.filter(closed_at=None, contact__account_record=None, record__in=said)
    contacts = list(waiting.values_list("contact_id", flat=True).distinct())
    for start in range(0, len(contacts), _AT_ONCE):
        recompute(contacts[start : start + _AT_ONCE], batch.created_at)


CONTACTS = Target(
    kind="contact", label="Person", label_plural="People", order=30, fields=CONTACT, write=write, settle=settle
)
