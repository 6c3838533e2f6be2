"""Leads with a record behind them, made without an import."""

from datetime import UTC, datetime

from leads.models import Lead, LeadEvent, LeadLink
from tests.deals.factories import IMPORTED, make_file, make_record

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def make_lead(given="Ada", family="Okafor", email="ada@mill.example", key="L1", file=None, line=2, **fields):
    values = {"given_name": given, "family_name": family, "email": email, "company": "Mill Ltd", "title": "Buyer"}
    values |= {name: value for name, value in fields.items() if name in Lead.COMPUTED}
    record = make_record("lead", key, file or make_file("leads.csv"), line, **values)
    lead = Lead.objects.create(
        first_seen_at=IMPORTED, record_count=1, full_name=f"{given} {family}", **{**values, **fields}
    )
    LeadLink.objects.create(record=record, lead=lead)
    return lead


def record_of(lead):
    return lead.links.get(closed_at=None).record


def make_event(lead, kind="demo", at=NOW, detail=""):
    record = record_of(lead)
    return LeadEvent.objects.create(
        lead=lead, lead_record=record, record=record, kind=kind, happened_at=at, recorded_at=NOW, detail=detail
    )
