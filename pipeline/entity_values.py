"""Brings entities' values up to date with their records, many at once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from pipeline import bulk
from pipeline.models import Entity, Link, Record
from pipeline.survivorship import Chosen, Mention, said, survive

E = TypeVar("E", bound=Entity)

# Values that name other things; `complete` finds what they mean.
REFERENCES = ("owner", "account_key", "account", "full_name", "parent_key", "parent", "created_at")

# Sets what is not a plain copy of a value (a full name, an owner); gets the entity and what survived.
Complete = Callable[[Any, Mapping[str, Chosen]], None]


def mentions_of(link: type[Link], field: str, entity_ids: Collection[int]) -> dict[int, list[Mention]]:
    """Entity id → what its records say; `origin` is the id of the row that said it."""
    open_links = link._default_manager.filter(**{f"{field}__in": list(entity_ids)}, closed_at=None)
    rows = open_links.exclude(record__is_withdrawn=True).values_list(
        field, "record_id", "record__source_id", "record__values", "record__recorded_at", "record__row_id"
    )
    found: dict[int, list[Mention]] = {}
    for entity, record, source, values, recorded_at, row in rows:
        mention = Mention(values=values, recorded_at=recorded_at, record_id=record, source_id=source, origin=row)
        found.setdefault(entity, []).append(mention)
    return found


def refresh(
    model: type[Entity], link: type[Link], field: str, entity_ids: Collection[int], complete: Complete, now: datetime
) -> None:
    """Recompute the entities from their open links and store them. Without records an entity keeps its last values."""
    mentions = mentions_of(link, field, entity_ids)
    emptied = [pk for pk in entity_ids if pk not in mentions]
    model._default_manager.filter(pk__in=emptied).update(record_count=0, is_current=False, updated_at=now)
    entities = list(model._default_manager.filter(pk__in=list(mentions)))
    for entity in entities:
        entity.record_count, entity.is_current = len(mentions[entity.pk]), True
    strays = _held_elsewhere(model, link, field, entities)
    for entity in entities:
        told = mentions[entity.pk]
        held = {**_gathered(told, strays), **entity.held}
        assign(entity, survive(told, held, (*model.COMPUTED, *REFERENCES)), complete)
    store(model, entities)


def create(model: type[E], link: type[Link], field: str, records: Sequence[Record], complete: Complete) -> list[E]:
    """One provisional entity per new record, so that lists are never empty before matching."""
    entities = []
    for record in records:
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
        ((record.pk, entity.pk, now) for record, entity in zip(records, entities, strict=True)),
    )
    return entities


def assign(entity: Entity, chosen: Mapping[str, Chosen], complete: Complete) -> None:
    """Set the computed fields of an entity, read into the fields' types; a field nobody filled becomes empty."""
    for name, field, empty in _computed(type(entity)):
        found = chosen.get(name)
        setattr(entity, name, typed(field, found.value) if found else empty)
    complete(entity, chosen)


@cache
def _computed(model: type[Entity]) -> tuple[tuple[str, Any, Any], ...]:
    """Name, field and empty value of what is computed."""
    fields = [model._meta.get_field(name) for name in model.COMPUTED]
    return tuple((field.name, field, typed(field, None)) for field in fields)


def store(model: type[Entity], entities: Sequence[Entity]) -> None:
    """Write what was computed; what people hold is theirs and may have changed since it was read."""
    bulk.update(entities, [f.name for f in model._meta.concrete_fields if f.name not in model.KEPT])


def typed(field: Any, value: Any) -> Any:
    """A record's JSON value as the field's type; what does not fit becomes empty, text is cut to its length."""
    empty = "" if isinstance(field, models.CharField | models.TextField) else None
    if isinstance(field, models.BooleanField):
        return value is True
    if value is None or value == "":
        return empty
    try:
        return _read(field, value)
    except (ValueError, InvalidOperation, OverflowError):
        return empty


def _read(field: Any, value: Any) -> Any:
    if isinstance(field, models.CharField):
        return str(value)[: field.max_length]
    if isinstance(field, models.TextField):
        return str(value)
    if isinstance(field, models.DecimalField):
        amount = Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places))
        return amount if amount.adjusted() < field.max_digits - field.decimal_places else None
    if isinstance(field, models.PositiveIntegerField):
        number = int(Decimal(str(value)))
        return number if 0 <= number < 2**31 else None
    if isinstance(field, models.FloatField):
        return float(value)
    if isinstance(field, models.DateTimeField):
        moment = datetime.fromisoformat(str(value))
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date.fromisoformat(str(value)[:10])
    return value


def _held_elsewhere(
    model: type[Entity], link: type[Link], field: str, fresh: Sequence[Entity]
) -> dict[int, Mapping[str, Any]]:
    """Record → values a person entered at that record's first home, where the home is merged away at present.

    `fresh` are current, whatever the table still says.
    """
    homes = model._default_manager.filter(is_current=False).exclude(pk__in=[entity.pk for entity in fresh])
    by_home = dict(homes.exclude(held={}).values_list("pk", "held"))
    if not by_home:
        return {}
    # An entity is made for its first record; what joined it later has its home elsewhere.
    links = link._default_manager.filter(**{f"{field}__in": list(by_home)})
    rows = links.order_by("-pk").values_list(field, "record_id")
    return {record: by_home[home] for home, record in dict(rows).items()}


def _gathered(said: Sequence[Mention], strays: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    gathered: dict[str, Any] = {}
    for mention in said:
        gathered |= strays.get(mention.record_id, {})
    return gathered
