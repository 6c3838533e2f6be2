"""Rows of a stage history: each becomes the field changes it tells of."""

from collections.abc import Iterator, Sequence
from typing import Any

from deals.imports.fields import STAGE_CHANGE
from deals.imports.targets.entities import moment, text
from deals.imports.targets.references import References
from deals.models import FieldChange
from pipeline.ingest.formats import Target
from pipeline.ingest.staging import Staged
from pipeline.models import Batch, Record

# Field of the deal → names in the row of its new and its old value.
_FIELDS = {
    "stage": ("stage", "previous_stage"),
    "amount": ("amount", "previous_amount"),
    "close_date": ("close_date", "previous_close_date"),
}


def write(staged: Sequence[Staged]) -> None:
    _add([entry.record for entry in staged if entry.is_new])


def _add(records: Sequence[Record]) -> None:
    if not records:
        return
    references = References(records[0].source_id, (record.values for record in records))
    FieldChange.objects.bulk_create(
        change
        for record in records
        if (deal := references.deal(record.values)) is not None
        for change in _changes(record, deal)
    )


def _changes(record: Record, deal_id: int) -> Iterator[FieldChange]:
    values: dict[str, Any] = record.values
    for field, (new, old) in _FIELDS.items():
        # A row of history repeats every field; only what differs from before is a change.
        if values.get(new) is None or values.get(new) == values.get(old):
            continue
        if field != "stage" and values.get(old) is None:
            continue
        yield FieldChange(
            deal_id=deal_id,
            field=field,
            old=text(values.get(old)),
            new=text(values[new]),
            happened_at=moment(values["changed_at"]) or record.recorded_at,
            recorded_at=record.recorded_at,
            author=text(values.get("changed_by"))[:160],
            row_id=record.row_id,
        )


def settle(batch: Batch) -> None:
    """History that came before its deals."""
    told = FieldChange.objects.filter(deal__isnull=False).values("row")
    waiting = Record.objects.filter(kind="stage_change").exclude(row__in=told)
    for source in set(waiting.values_list("source_id", flat=True)):
        _add(list(waiting.filter(source=source)))


STAGE_CHANGES = Target(
    kind="stage_change", label="Stage change", label_plural="Stage changes", order=50, fields=STAGE_CHANGE, write=write,
    settle=settle,
)  # fmt: skip
