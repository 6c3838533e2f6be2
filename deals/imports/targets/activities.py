"""Imported activities: what happened, with which people, about which deal."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from deals.imports.fields import ACTIVITY
from deals.imports.targets.directions import direction, settle_directions
from deals.imports.targets.entities import moment
from deals.imports.targets.references import References, contact_keys
from deals.models import Activity, Participant
from deals.models.owners import Owners
from deals.relationships.records import refresh_after
from deals.signals.clock import Calendar
from pipeline.ingest.formats import Target
from pipeline.ingest.staging import Staged
from pipeline.models import Batch, Record

_DONE = frozenset({"completed", "done", "held", "complete", "sent", "closed"})


def write(staged: Sequence[Staged]) -> None:
    _store([entry.record for entry in staged])


def _store(records: Sequence[Record]) -> None:
    """Activities of these records, new or refreshed, and who took part."""
    owners = Owners.load()
    references = References(records[0].source_id, (record.values for record in records))
    activities = [_activity(record, references, owners) for record in records]
    fields = [f.name for f in Activity._meta.concrete_fields if f.name not in ("id", "record", "recorded_at")]
    Activity.objects.bulk_create(
        activities, update_conflicts=True, unique_fields=["record"], update_fields=fields, batch_size=500
    )
    by_record = dict(
        Activity.objects.filter(record__in=[record.pk for record in records]).values_list("record_id", "id")
    )
    Participant.objects.bulk_create(
        (
            Participant(activity_id=by_record[record.pk], contact_id=contact, contact_record_id=contact_record)
            for record in records
            for contact_record, contact in references.contacts(record.values)
        ),
        ignore_conflicts=True,
        batch_size=2000,
    )


def _activity(record: Record, references: References, owners: Owners) -> Activity:
    values: dict[str, Any] = record.values
    account_record, account = references.account(values)
    happened_at = moment(values.get("happened_at"))
    status = str(values.get("status") or "")[:40]
    planned = values.get("is_future")
    if planned is None:
        planned = happened_at is not None and happened_at > record.recorded_at and status.casefold() not in _DONE
    return Activity(
        record=record,
        kind=values.get("kind") or Activity.Kind.TASK,
        direction=direction(values, references.is_contact, owners),
        subject=str(values.get("subject") or "")[:255],
        body=str(values.get("body") or ""),
        status=status,
        happened_at=happened_at,
        recorded_at=record.recorded_at,
        duration_s=_seconds(values.get("duration_s")),
        is_planned=bool(planned),
        owner_id=owners.find(record.source_id, values.get("owner")),
        deal_id=references.deal(values),
        account_id=account,
        account_record_id=account_record,
    )


def _seconds(value: object) -> int | None:
    seconds = int(Decimal(str(value))) if value is not None else None
    return seconds if seconds is not None and 0 <= seconds < 2**31 else None


def settle(batch: Batch) -> None:
    """Activities that came before the people, deals and colleagues they name."""
    named: Any = Record.objects.filter(kind="activity", activity__participants=None, activity__deal=None)
    for source in set(named.values_list("source_id", flat=True)):
        waiting = [r for r in named.filter(source=source) if r.values.get("deal_key") or contact_keys(r.values)]
        for start in range(0, len(waiting), 1000):
            _store(waiting[start : start + 1000])
    settle_directions()
    refresh_after(batch, Calendar.current().day(batch.created_at))


ACTIVITIES = Target(
    kind="activity", label="Activity", label_plural="Activities", order=60, fields=ACTIVITY, write=write, settle=settle
)
