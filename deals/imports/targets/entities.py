"""What the targets share: new records become entities of their own, changed ones have their entity recomputed."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TypeVar

from django.utils import timezone

from deals.models import Entity, FieldChange
from deals.survivorship import Mention, said
from deals.values import REFERENCES, Complete, assign
from pipeline import bulk
from pipeline.ingest.staging import Staged
from pipeline.models import Link

E = TypeVar("E", bound=Entity)


def create(model: type[E], link: type[Link], field: str, staged: Sequence[Staged], complete: Complete) -> list[E]:
    """One provisional entity per new record, so that lists are never empty before matching."""
    entities = []
    for entry in staged:
        record = entry.record
        mention = Mention(
            values=record.values,
            recorded_at=record.recorded_at,
            record_id=record.pk,
            source_id=record.source_id,
            origin=record.row_id,
        )
        entity = model(first_seen_at=record.recorded_at, record_count=1)
        assign(entity, said(mention, (*model.COMPUTED, *REFERENCES)), complete)
        entities.append(entity)
    bulk.create(entities)
    now = timezone.now()
    bulk.insert(
        link,
        ("record_id", f"{field}_id", "opened_at"),
        ((entry.record.pk, entity.pk, now) for entry, entity in zip(staged, entities, strict=True)),
    )
    return entities


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
    """What a newer row says differently; its own date of change where it has one."""
    record = entry.record
    happened_at = moment(record.values.get("modified_at")) or record.recorded_at
    return [
        FieldChange(
            **{f"{field}_id": entity_of[record.pk]},
            field=name[:40],
            old=text(entry.before.get(name)),
            new=text(value),
            happened_at=min(happened_at, record.recorded_at),
            recorded_at=record.recorded_at,
            row_id=record.row_id,
        )
        for name, value in record.values.items()
        if value != entry.before.get(name) and name not in ("modified_at", "stage_dates")
    ]


def text(value: object) -> str:
    """A value as the history keeps it."""
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def moment(value: object) -> datetime | None:
    """An ISO instant of a record's values."""
    return datetime.fromisoformat(str(value)) if value else None
