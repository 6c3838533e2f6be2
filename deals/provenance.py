"""Where each value of an account, a contact or a deal comes from, and which other values its records hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst

from deals.imports.fields import FIELDS
from deals.models import Entity
from pipeline.entity_values import typed
from pipeline.models import Record
from pipeline.survivorship import Chosen, Mention, survive

# More other values than this say nothing more at a glance; the records hold them all.
MAX_OTHERS = 6
# Fields that are read from values of another name, the first that is there.
READ_FROM = {
    "created_on": ("created_at",),
    "is_closed": ("is_closed", "stage"),
    "is_won": ("is_won", "stage"),
    "account": ("account_key", "account", "company"),
}
# Files give percents, deals keep shares.
_LABELS = {"probability": "Probability (0 to 1)"}


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The line of a file that a value stands in, and when that file was imported."""

    record_id: int
    row_id: int
    file: str
    line: int
    source: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class Held:
    """Who entered a value by hand, and when."""

    by: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A value that some record holds and the entity does not show."""

    value: Any
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Line:
    """One field of an entity: what it shows, where from (a record or a person), and what else was seen."""

    name: str
    label: str
    value: Any = None
    origin: Origin | None = None
    held: Held | None = None
    others: tuple[Seen, ...] = ()

    @property
    def is_filled(self) -> bool:
        return self.value not in (None, "")

    @property
    def is_blank(self) -> bool:
        """Nothing to tell: no value, nobody's choice, no other value. False counts as nothing said."""
        return (not self.is_filled or self.value is False) and self.held is None and not self.others


def linked_records(entity: Entity) -> list[Record]:
    """The entity's present records with source, row and file, newest first."""
    linked = entity.links.filter(closed_at=None).values("record")  # type: ignore[attr-defined]
    found = Record.objects.filter(pk__in=linked, is_withdrawn=False).select_related("source", "row__file")
    return list(found.order_by("-recorded_at", "-pk"))


def mentions_of(records: Iterable[Record]) -> list[Mention]:
    return [
        Mention(
            values=record.values,
            recorded_at=record.recorded_at,
            record_id=record.pk,
            source_id=record.source_id,
            origin=origin_of(record),
        )
        for record in records
    ]


def origin_of(record: Record) -> Origin:
    """`record` with its source, row and file loaded."""
    return Origin(
        record_id=record.pk,
        row_id=record.row_id,
        file=record.row.file.name,
        line=record.row.line,
        source=record.source.name,
        recorded_at=record.recorded_at,
    )


def holders(entity: Entity, records: Sequence[Record]) -> list[Entity]:
    """The entity, and those that were joined into it and have values a person entered there."""
    entities: Any = type(entity).objects
    joined = entities.filter(links__record__in=records, is_current=False).exclude(held={}).exclude(pk=entity.pk)
    present = {record.pk for record in records}
    # An entity is made for its first record: what was entered there belongs to that record.
    home = [one for one in joined.distinct().order_by("pk") if one.links.order_by("id").first().record_id in present]
    return [entity, *home]


def held_of(entity: Entity, records: Sequence[Record]) -> dict[str, Mapping[str, Any]]:
    """What people entered, here or at an entity that was joined into this one; what was entered here goes first."""
    gathered: dict[str, Mapping[str, Any]] = {}
    for holder in reversed(holders(entity, records)):
        gathered |= holder.held
    return gathered


def lines(
    model: type[Entity],
    records: Sequence[Record],
    held: Mapping[str, Mapping[str, Any]],
    *,
    shown: Entity | None = None,
    more: Sequence[str] = (),
) -> list[Line]:
    """One line per field `more` and computed field of `model`, as `records` and the `held` values add up.

    Values are those that `shown` has; without it those that would be computed.
    """
    mentions = mentions_of(records)
    wanted = {read for name in (*more, *model.COMPUTED) for read in _read_from(name)}
    chosen = survive(mentions, held, sorted(wanted))
    return [_line(model, name, chosen, mentions, held.get(name), shown) for name in (*more, *model.COMPUTED)]


def _read_from(name: str) -> tuple[str, ...]:
    return READ_FROM.get(name, (name,))


def _line(
    model: type[Entity],
    name: str,
    survivors: Mapping[str, Chosen],
    mentions: Sequence[Mention],
    held: Mapping[str, Any] | None,
    shown: Entity | None,
) -> Line:
    chosen = next((survivors[read] for read in _read_from(name) if read in survivors), None)
    value = getattr(shown, name) if shown is not None else _computed(model, name, chosen)
    return Line(
        name=name,
        label=label_of(model, name),
        value=None if value == "" else value,
        origin=chosen.mention.origin if chosen and chosen.mention else None,
        held=Held(by=str(held.get("by", "")), at=parse_datetime(str(held.get("at", "")))) if held else None,
        others=_others(model, name, value, [one for one in mentions if chosen is None or one is not chosen.mention]),
    )


def _computed(model: type[Entity], name: str, chosen: Chosen | None) -> Any:
    return typed(model._meta.get_field(name), chosen.value) if chosen else None


def _others(model: type[Entity], name: str, shown: Any, mentions: Sequence[Mention]) -> tuple[Seen, ...]:
    if name not in model.COMPUTED:
        return ()
    found: dict[str, Seen] = {}
    for mention in mentions:
        value = typed(model._meta.get_field(name), mention.values.get(name))
        if value not in (None, "", False, shown):
            found.setdefault(str(value), Seen(value=value, origin=mention.origin))
    return tuple(found.values())[:MAX_OTHERS]


def label_of(model: type[Entity], name: str) -> str:
    """A field as the import page calls it."""
    known = {field.name: field.label for field in FIELDS.get(str(model._meta.model_name), ())}
    return (
        _LABELS.get(name)
        or known.get(name)
        or capfirst(str(getattr(model._meta.get_field(name), "verbose_name", name)))
    )
