"""Which records belong together, read from the current decisions alone."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from pipeline.models import PairFact, Subject


def edges_around(pipeline: str, record_ids: Iterable[int]) -> dict[int, int]:
    """Record → anchor of every current "same" within the groups of these records."""
    same = Subject.objects.filter(pipeline=pipeline, decision__label="same")
    edges: dict[int, int] = {}
    seen: set[int] = set()
    wanted = set(record_ids)
    while wanted:
        seen |= wanted
        near = same.filter(Q(object_id__in=wanted) | Q(decision__anchor__in=wanted))
        pairs = near.values_list("object_id", "decision__anchor")
        found = {one: anchor for one, anchor in pairs if anchor is not None}
        edges |= found
        wanted = (found.keys() | set(found.values())) - seen
    return edges


def group_of(record_id: int, edges: dict[int, int]) -> set[int]:
    """The record and all it is joined with, directly or through others."""
    group, wanted = {record_id}, {record_id}
    while wanted:
        near = {a for a, b in edges.items() if b in wanted} | {b for a, b in edges.items() if a in wanted}
        wanted = near - group
        group |= wanted
    return group


def facts_between(lefts: Collection[int], rights: Collection[int]) -> list[int]:
    """Ids of what people said against joining any of the one with any of the other."""
    standing = PairFact.objects.filter(withdrawn_at=None)
    one_way = standing.filter(low__in=lefts, high__in=rights).values_list("id", flat=True)
    other_way = standing.filter(low__in=rights, high__in=lefts).values_list("id", flat=True)
    return sorted({*one_way, *other_way})
