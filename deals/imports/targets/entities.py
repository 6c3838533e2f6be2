"""What the targets share: changed records have their entity recomputed, and the change is noted."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from deals.models import FieldChange
from pipeline import bulk
from pipeline.ingest.staging import Staged
from pipeline.models import Link, Record


def update(
    link: type[Link],
    field: str,
    staged: Sequence[Staged],
    recompute: Callable[[Collection[int], datetime], None],
) -> None:
    """Recompute the entities of changed records and note what changed for each."""
    if not staged:
        return
    entity_of = dict(
        link._default_manager.filter(record__in=[entry.record.pk for entry in staged], closed_at=None).values_list(
            "record_id", f"{field}_id"
        )
    )
    recompute(set(entity_of.values()), staged[0].record.recorded_at)
    bulk.create(
        change for entry in staged if entry.record.pk in entity_of for change in _changes(field, entry, entity_of)
    )


def _changes(field: str, entry: Staged, entity_of: dict[int, int]) -> list[FieldChange]:
    """What a newer row says differently."""
    record = entry.record
    happened_at = changed_at(record)
    return [
        FieldChange(
            **{f"{field}_id": entity_of[record.pk]},
            field=name[:40],
            old=text(entry.before.get(name)),
            new=text(value),
            happened_at=happened_at,
            recorded_at=record.recorded_at,
            row_id=record.row_id,
        )
        for name, value in record.values.items()
        if value != entry.before.get(name) and name not in ("modified_at", "stage_dates")
    ]


def changed_at(record: Record) -> datetime:
    """When what a row says came about: its own date of change where it has one, else the import."""
    return min(moment(record.values.get("modified_at")) or record.recorded_at, record.recorded_at)


def text(value: object) -> str:
    """A value as the history keeps it."""
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def moment(value: object) -> datetime | None:
    """An ISO instant of a record's values."""
    return datetime.fromisoformat(str(value)) if value else None
