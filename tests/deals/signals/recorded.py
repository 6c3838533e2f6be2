"""Deals with what happened in them, in the database, and their assessments of a day."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.core.management import call_command

from deals.models import Activity, Assessment, FieldChange, Participant
from pipeline.models import Record, Run
from tests.deals.factories import IMPORTED, make_deal, make_file, make_record

DAY = date(2026, 3, 10)


def at(day, hour=10):
    return datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=hour)


def open_deal(name="Cold store extension", key="d1", **fields):
    """Imported on 1 March, created a month before, in its third stage of four."""
    given = {
        "stage": "Proposal", "pipeline": "Sales", "amount": Decimal(50_000), "close_date": date(2026, 6, 1),
        "created_on": date(2026, 2, 1), "next_step": "Send the plan", "probability": 0.5,
    } | fields  # fmt: skip
    return make_deal(name, key=key, file=make_file(f"{key}.csv"), **given)


def happened(deal, day, kind="email", direction="in", people=(), recorded_at=IMPORTED, **fields):
    key = f"act{Record.objects.count()}"
    record = make_record("activity", key=key, file=make_file(f"{key}.csv"))
    made = Activity.objects.create(
        deal=deal, kind=kind, direction=direction, happened_at=at(day), recorded_at=recorded_at, record=record, **fields
    )
    Participant.objects.bulk_create(Participant(activity=made, contact=person) for person in people)
    return made


def changed(deal, field, old, new, day, recorded_at=None):
    return FieldChange.objects.create(
        deal=deal, field=field, old=old, new=new, happened_at=at(day), recorded_at=recorded_at or at(day)
    )


def assess(day=DAY):
    call_command("run", "assess-deals", "--as-of", day.isoformat(), "--wait", "--json")
    return Run.objects.filter(pipeline="assess-deals").latest("id")


def findings(assessed):
    """Both kinds of answers as they are kept."""
    kept = assessed.decision.evidence["findings"] if isinstance(assessed, Assessment) else None
    return kept if kept is not None else [finding.to_json() for finding in assessed.findings]
