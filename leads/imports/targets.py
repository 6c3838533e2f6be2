"""What becomes of imported lead lists: a new record gets a lead of its own, a known one updates its lead at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from django.db import transaction
from django_q.tasks import async_task

from deals.models.owners import Owners
from leads import suppression
from leads.imports.fields import LEAD, LEAD_EVENT
from leads.models import Lead, LeadEvent, LeadLink, Suppression
from leads.values import fill, recompute
from pipeline import bulk
from pipeline.entity_values import create
from pipeline.ingest.formats import Target
from pipeline.ingest.staging import Staged
from pipeline.models import Batch, Record
from pipeline.survivorship import Chosen

_AT_ONCE = 1000


def write(staged: Sequence[Staged]) -> None:
    owners = Owners.load()
    owners.add_missing(staged[0].record.source_id, (_owner(entry.record.values) for entry in staged))

    def complete(lead: Lead, chosen: Mapping[str, Chosen]) -> None:
        fill(lead, chosen)
        lead.owner_id = owners.of(chosen.get("lead_owner") or chosen.get("owner"))
        lead.owner_why = "owner in the file" if lead.owner_id else ""

    create(Lead, LeadLink, "lead", [entry.record for entry in staged if entry.is_new], complete)
    changed = [entry.record.pk for entry in staged if not entry.is_new]
    if changed:
        links = LeadLink.objects.filter(record__in=changed, closed_at=None)
        recompute(set(links.values_list("lead_id", flat=True)), staged[0].record.recorded_at)
    _keep_opt_outs(staged)
    _note_engagements(entry.record for entry in staged)


def write_events(staged: Sequence[Staged]) -> None:
    _note_events([entry.record for entry in staged])


def settle_leads(batch: Batch) -> None:
    """A list that says how leads ended is learned from as soon as it is in."""
    if batch.files.filter(row_set__versions__record__kind="lead").exists():
        transaction.on_commit(lambda: async_task("leads.tasks.learn_from_outcomes", group="learn"))


def settle(batch: Batch) -> None:
    """Events whose lead stands in a later file."""
    named = Record.objects.filter(kind="lead_event", is_withdrawn=False)
    waiting = named.exclude(pk__in=LeadEvent.objects.filter(record__kind="lead_event").values("record")).order_by("id")
    ids = list(waiting.values_list("id", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        _note_events(list(Record.objects.filter(pk__in=ids[start : start + _AT_ONCE])))


def _owner(values: Mapping[str, Any]) -> str | None:
    return values.get("lead_owner") or values.get("owner")


def _keep_opt_outs(staged: Sequence[Staged]) -> None:
    """Saying no once is enough, and outlives the record it was said in."""
    source = staged[0].record.source.name
    for entry in staged:
        values = entry.record.values
        if values.get("opted_out") is True and values.get("email"):
            suppression.suppress(
                Suppression.Kind.EMAIL,
                values["email"],
                reason=Suppression.Reason.OPTED_OUT,
                source=source,
                now=entry.record.recorded_at,
            )


def _note_engagements(records: Iterable[Record]) -> None:
    """What the rows of a lead list say their people did, at the moment the row names or that of the import."""
    told = [record for record in records if record.values.get("engagement")]
    lead_of = dict(LeadLink.objects.filter(record__in=told, closed_at=None).values_list("record_id", "lead_id"))
    _store(
        LeadEvent(
            lead_id=lead_of[record.pk],
            lead_record=record,
            record=record,
            kind=record.values["engagement"],
            happened_at=_moment(record.values.get("engaged_at") or record.values.get("created_on"), record),
            recorded_at=record.recorded_at,
            detail=str(record.values.get("campaign") or "")[:255],
        )
        for record in told
        if record.pk in lead_of
    )


def _note_events(records: Sequence[Record]) -> None:
    emails = {str(record.values.get("email") or "").lower() for record in records} - {""}
    links = LeadLink.objects.filter(closed_at=None, lead__is_current=True, lead__email__in=emails).order_by("-record")
    found = links.values_list("lead__email", "lead_id", "record_id")
    # The oldest record stays where the lead is, whatever joins it.
    lead_of = {email.lower(): (lead, record) for email, lead, record in found}
    _store(
        LeadEvent(
            lead_id=lead_of[email][0],
            lead_record_id=lead_of[email][1],
            record=record,
            kind=record.values["did"],
            happened_at=_moment(record.values.get("happened_at"), record),
            recorded_at=record.recorded_at,
            detail=str(record.values.get("detail") or "")[:255],
        )
        for record in records
        if record.values.get("did") and (email := str(record.values.get("email") or "").lower()) in lead_of
    )


def _store(events: Iterable[LeadEvent]) -> None:
    new = list(events)
    known = set(
        LeadEvent.objects.filter(record__in=[event.record_id for event in new]).values_list(
            "record_id", "kind", "happened_at"
        )
    )
    bulk.create(event for event in new if (event.record_id, event.kind, event.happened_at) not in known)


def _moment(said: Any, record: Record) -> datetime:
    """What the file says, never later than the import for what has happened; a day counts from its start."""
    if not said:
        return record.recorded_at
    found = datetime.fromisoformat(str(said))
    if found.tzinfo is None:
        found = datetime.combine(found.date(), found.time() or time(0), UTC)
    return found


LEADS = Target(
    kind="lead", label="Lead", label_plural="Leads", order=70, fields=LEAD, write=write,
    settle=settle_leads,
)  # fmt: skip
LEAD_EVENTS = Target(
    kind="lead_event", label="Engagement", label_plural="Engagements", order=80, fields=LEAD_EVENT, write=write_events,
    settle=settle,
)  # fmt: skip
TARGETS = (LEADS, LEAD_EVENTS)
