"""Plain makers of files, rows, records and the accounts, contacts and deals they add up to."""

import hashlib
from datetime import UTC, datetime, timedelta

from deals.models import Account, AccountLink, Colleague, Contact, ContactLink, Deal, DealLink
from pipeline.models import Batch, ImportFile, Record, Row, Source, Version

IMPORTED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ENTITIES = {"account": (Account, AccountLink), "contact": (Contact, ContactLink), "deal": (Deal, DealLink)}


def make_source(name="HubSpot", system="hubspot"):
    return Source.objects.get_or_create(system=system, name=name)[0]


def make_file(name="contacts.csv", source=None, header=(), imported_at=IMPORTED):
    source = source or make_source()
    return ImportFile.objects.create(
        batch=Batch.objects.create(state="done"),
        source=source,
        name=name,
        size=100,
        sha256=hashlib.sha256(f"{source.pk} {name}".encode()).hexdigest(),
        state="done",
        header=list(header),
        imported_at=imported_at,
    )


def make_record(kind="contact", key="1", file=None, line=2, recorded_at=IMPORTED, **values):
    """A record with the row it stands in and its first version."""
    file = file or make_file()
    row = Row.objects.create(file=file, line=line, cells=[str(value) for value in values.values()], outcome="created")
    record = Record.objects.create(
        source=file.source, kind=kind, key=key, values=values, content_hash="", row=row, recorded_at=recorded_at
    )
    Version.objects.create(record=record, row=row, values=values, content_hash="", recorded_at=recorded_at)
    return record


def make_entity(kind, records, **fields):
    """An account, contact or deal with `records` linked to it; its values are given, not computed."""
    model, link = ENTITIES[kind]
    made = model.objects.create(first_seen_at=IMPORTED, record_count=len(records), **fields)
    link.objects.bulk_create([link(record=record, **{kind: made}) for record in records])
    return made


def make_contact(given="Ada", family="Okafor", email="", key="1", file=None, line=2, **fields):
    """A contact of a single record that says the same."""
    values = {"given_name": given, "family_name": family, "email": email}
    record = make_record("contact", key, file, line, **values)
    return make_entity("contact", [record], full_name=f"{given} {family}".strip(), **values, **fields)


def make_account(name="Brightwater Foods", domain="", key="1", file=None, line=2, **fields):
    record = make_record("account", key, file, line, name=name, domain=domain)
    return make_entity("account", [record], name=name, domain=domain, **fields)


def make_deal(name="Cold store extension", key="1", file=None, line=2, **fields):
    record = make_record("deal", key, file, line, name=name)
    return make_entity("deal", [record], name=name, **fields)


def make_colleague(name="Marta Quist", **fields):
    return Colleague.objects.create(name=name, **fields)


def later(days):
    return IMPORTED + timedelta(days=days)
