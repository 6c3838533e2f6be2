"""Which entity a record belongs to, computed from the decisions: un-merge and undo are re-linking, not surgery.

Records joined by current "same" decisions form a group; a group lives in the home (first entity) of its oldest record.
So every state of the decisions has exactly one grouping, whatever the order in which they were taken or taken back.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.utils import timezone

from pipeline import bulk
from pipeline.models import Decision, Effect, Entity, Link, Subject


@dataclass(frozen=True, kw_only=True)
class Linkage:
    """How records of one kind hang on their entities.

    `field` is the link's foreign key to the entity; `recompute(entity_ids, now)` refreshes values;
    `repoint(record_ids)` moves what refers to an entity through one of its records.
    """

    pipeline: str
    entity: type[Entity]
    link: type[Link]
    field: str
    recompute: Callable[[Collection[int], datetime], None]
    repoint: Callable[[Collection[int]], None]


@dataclass(frozen=True, kw_only=True)
class Move:
    record_id: int
    before: int
    after: int


def apply(linkage: Linkage, decisions: Sequence[Decision], now: datetime) -> list[Move]:
    """Regroup what the decisions touch and keep, per decision, what moved (`Effect`)."""
    touched = {decision.subject.object_id: decision for decision in decisions}
    if not _may_move(linkage, touched):
        return []
    moves = regroup(linkage, touched, now)
    _keep_effects(moves, touched)
    return moves


def regroup(linkage: Linkage, record_ids: Iterable[int], now: datetime) -> list[Move]:
    """Bring the links of these records, and of all they are grouped with, in line with the current decisions."""
    entity_of, edges = _neighbourhood(linkage, set(record_ids))
    groups = _groups(entity_of, edges)
    homes = _homes(linkage, [min(group) for group in groups])
    moves = [
        Move(record_id=record, before=entity_of[record], after=homes[min(group)])
        for group in groups
        for record in group
        if entity_of[record] != homes[min(group)]
    ]
    if moves:
        _relink(linkage, moves, now)
        linkage.repoint([move.record_id for move in moves])
        linkage.recompute({move.before for move in moves} | {move.after for move in moves}, now)
    return moves


def _may_move(linkage: Linkage, touched: Mapping[int, Decision]) -> bool:
    """A batch of "new" decisions about records that stand alone changes nothing: the common case of a first run."""
    if any(decision.label == "same" for decision in touched.values()):
        return True
    grouped = {f"{linkage.field}__record_count__gt": 1}
    return linkage.link._default_manager.filter(record__among=touched, closed_at=None, **grouped).exists()


def _neighbourhood(linkage: Linkage, seeds: set[int]) -> tuple[dict[int, int], dict[int, int]]:
    """All records grouped with the seeds now or by decision: record → entity, and record → anchor."""
    entity_of: dict[int, int] = {}
    edges: dict[int, int] = {}
    wanted = set(seeds)
    while wanted:
        open_links = linkage.link._default_manager.filter(closed_at=None)
        entities = set(open_links.filter(record__in=wanted).values_list(linkage.field, flat=True))
        found = dict(open_links.filter(**{f"{linkage.field}__in": entities}).values_list("record", linkage.field))
        entity_of |= found
        joined = Subject.objects.filter(
            pipeline=linkage.pipeline, decision__label="same", decision__anchor__isnull=False
        )
        told = joined.filter(object_id__in=found).values_list("object_id", "decision__anchor")
        edges |= {record: anchor for record, anchor in told if anchor is not None}
        behind = set(joined.filter(decision__anchor__in=found).values_list("object_id", flat=True))
        wanted = ((set(edges.values()) | behind) - entity_of.keys()) if found else set()
    return entity_of, {record: anchor for record, anchor in edges.items() if anchor in entity_of}


def _groups(records: Iterable[int], edges: Mapping[int, int]) -> list[list[int]]:
    """Connected components (union-find with path halving)."""
    parent = {record: record for record in records}

    def root(record: int) -> int:
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    for record, anchor in edges.items():
        parent[root(record)] = root(anchor)
    groups: dict[int, list[int]] = {}
    for record in parent:
        groups.setdefault(root(record), []).append(record)
    return list(groups.values())


def _homes(linkage: Linkage, records: Sequence[int]) -> dict[int, int]:
    """The first entity each record was given: its own."""
    links = linkage.link._default_manager
    first = links.filter(record__in=records).values("record").annotate(first=Min("pk"))
    return dict(links.filter(pk__in=[row["first"] for row in first]).values_list("record", linkage.field))


def _relink(linkage: Linkage, moves: Sequence[Move], now: datetime) -> None:
    moved = [move.record_id for move in moves]
    linkage.link._default_manager.filter(record__in=moved, closed_at=None).update(closed_at=now)
    opened = timezone.now()
    bulk.insert(
        linkage.link,
        ("record_id", f"{linkage.field}_id", "opened_at"),
        ((move.record_id, move.after, opened) for move in moves),
    )


def _keep_effects(moves: Sequence[Move], touched: Mapping[int, Decision]) -> None:
    """A move is filed under the decision about that record, else under the first of the batch."""
    first = next(iter(touched.values()))
    filed: dict[int, list[Move]] = {}
    for move in moves:
        filed.setdefault(touched.get(move.record_id, first).pk, []).append(move)
    bulk.create(
        Effect(
            decision_id=decision,
            before={str(move.record_id): move.before for move in filed_moves},
            after={str(move.record_id): move.after for move in filed_moves},
        )
        for decision, filed_moves in filed.items()
    )
