"""What joining two accounts or two contacts would do, before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from deals.models import Account, Contact, Entity
from deals.provenance import Line, held_of, label_of, lines, linked_records
from pipeline.models import PairFact, Record
from pipeline.review.groups import edges_around
from pipeline.survivorship import ADDRESS, SAID_ONCE

MAX_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two: its records (newest first) and its values as they are shown now."""

    entity: Entity
    records: Sequence[Record]
    held: Mapping[str, Mapping[str, Any]]
    lines: Sequence[Line]

    @property
    def record_ids(self) -> list[int]:
        return [record.pk for record in self.records]


@dataclass(frozen=True, kw_only=True)
class FieldPreview:
    """A field on both sides, what the joined entity would show, and why just that."""

    label: str
    stays: Line
    goes: Line
    result: Line
    why: str

    @property
    def is_different(self) -> bool:
        return self.stays.value != self.goes.value and self.stays.is_filled and self.goes.is_filled


@dataclass(frozen=True, kw_only=True)
class Preview:
    """`stays` is the page that lives on; `conflicts` and `moves` are sentences."""

    stays: Side
    goes: Side
    fields: Sequence[FieldPreview]
    conflicts: Sequence[str]
    moves: Sequence[str]
    record_id: int
    anchor_id: int


class NothingToJoin(Exception):
    """The two can't be joined; the message says why."""


def preview(pipeline: str, one: Entity, other: Entity) -> Preview:
    """Raises NothingToJoin where both are the same, or one of them has no records."""
    if one.pk == other.pk:
        raise NothingToJoin("These are one and the same already.")
    sides = [_side(entity) for entity in (one, other)]
    for side in sides:
        if not side.records:
            raise NothingToJoin(f"“{side.entity}” has no records any more; join what its records belong to now.")
    # A group lives where its oldest record lives.
    stays, goes = sorted(sides, key=lambda side: min(side.record_ids))
    joined = lines(type(one), [*stays.records, *goes.records], {**goes.held, **stays.held})
    fields = [
        FieldPreview(label=result.label, stays=left, goes=right, result=result, why=why(left, right, result))
        for left, right, result in zip(stays.lines, goes.lines, joined, strict=True)
        if not (left.is_blank and right.is_blank)
    ]
    return Preview(
        stays=stays,
        goes=goes,
        fields=fields,
        conflicts=_conflicts(stays, goes),
        moves=_moves(goes.entity),
        record_id=joining_record(pipeline, goes.record_ids),
        anchor_id=min(stays.record_ids),
    )


def why(stays: Line, goes: Line, result: Line) -> str:
    """Why the joined entity shows just this value, in words; the rules are those of `survive`."""
    if result.held is not None:
        return "entered by hand; imports leave it"
    if not result.is_filled:
        return "the address is taken whole, from the newest record that has one" if result.others else ""
    if result.name in SAID_ONCE:
        return "said once is enough" if result.value is True else ""
    if stays.is_filled and goes.is_filled and stays.value == goes.value and not result.others:
        return "both say so"
    if result.name in ADDRESS:
        return "the address is taken whole, from the newest record that has one"
    return "the newest import" if result.others else "the only one filled"


def joining_record(pipeline: str, record_ids: Sequence[int]) -> int:
    """The record of a group whose decision may be replaced by "same as that one" without tearing the group apart.

    Following the anchors ends at a record with none, or in a circle; either end can be turned elsewhere.
    """
    edges = edges_around(pipeline, record_ids)
    record, seen = min(record_ids), set[int]()
    while record in edges and record not in seen:
        seen.add(record)
        record = edges[record]
    return record


def _side(entity: Entity) -> Side:
    records = linked_records(entity)
    held = held_of(entity, records)
    return Side(entity=entity, records=records, held=held, lines=lines(type(entity), records, held, shown=entity))


def _conflicts(stays: Side, goes: Side) -> list[str]:
    return [*_said_apart(stays, goes), *_two_ids(stays, goes), *_held_twice(stays, goes), *_about_people(stays, goes)]


def _said_apart(stays: Side, goes: Side) -> list[str]:
    pairs = {tuple(sorted(pair)) for pair in product(stays.record_ids, goes.record_ids)}
    facts = PairFact.objects.filter(withdrawn_at=None, low__in=stays.record_ids + goes.record_ids)
    return [
        f"{_person(fact.answer.by) if fact.answer else 'Somebody'} said on {fact.created_at:%-d %b %Y} that records of "
        "these two are not the same. Joining overrules that."
        for fact in facts.select_related("answer__by")
        if (fact.low_id, fact.high_id) in pairs
    ][:MAX_NAMED]


def _two_ids(stays: Side, goes: Side) -> list[str]:
    found = []
    for source in {record.source for record in stays.records} & {record.source for record in goes.records}:
        left = next(record.key for record in stays.records if record.source == source)
        right = next(record.key for record in goes.records if record.source == source)
        found.append(f"{source} holds both as different records ({left[:40]} and {right[:40]}).")
    return sorted(found)[:MAX_NAMED]


def _held_twice(stays: Side, goes: Side) -> list[str]:
    model = type(stays.entity)
    return [
        f"{label_of(model, name)} was entered by hand on both sides; “{stays.held[name]['value']}” is kept."
        for name in sorted(stays.held.keys() & goes.held.keys())
        if stays.held[name]["value"] != goes.held[name]["value"]
    ]


def _about_people(stays: Side, goes: Side) -> list[str]:
    left, right = stays.entity, goes.entity
    if not (isinstance(left, Contact) and isinstance(right, Contact)):
        return []
    found = []
    if left.account_id and right.account_id and left.account_id != right.account_id:
        found.append(f"They work for different accounts: “{left.account}” and “{right.account}”.")
    if left.opted_out != right.opted_out:
        found.append("One of them opted out; the joined contact counts as opted out.")
    return found


def _moves(entity: Entity) -> list[str]:
    """What refers to the page that goes, counted."""
    if isinstance(entity, Account):
        counts = [
            (entity.contacts.count(), "contact", "contacts"),
            (entity.deals.count(), "deal", "deals"),
            (entity.activities.count(), "activity", "activities"),
        ]
    elif isinstance(entity, Contact):
        counts = [
            (entity.roles.values("deal").distinct().count(), "deal", "deals"),
            (entity.participations.values("activity").distinct().count(), "activity", "activities"),
        ]
    else:
        counts = []
    return [f"{number:,} {one if number == 1 else many}" for number, one, many in counts if number]


def home_of(record_id: int, model: type[Entity]) -> Entity | None:
    """The entity a record belongs to now."""
    entities: Any = model.objects
    return entities.filter(links__record=record_id, links__closed_at=None).first()  # type: ignore[no-any-return]


def _person(user: Any) -> str:
    return user.get_full_name() or user.get_username()
