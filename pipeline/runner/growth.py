"""New rows against many known ones: only what they can touch is loaded, compared and judged again.

A record looks back at earlier ones, so what was decided stands unless it is new, has changed, or has a candidate that
is. Weights are those of the last run over everything. A run judges everything again where there are few records, where
much has changed, or where the known have grown by a quarter since weights were learnt.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from pipeline.matching.near import near
from pipeline.models import Answer, Record, Run, Subject
from pipeline.pipeline import Case, Growth, Memory, Pipeline, Work

# Below this everything is judged within seconds.
FEWEST_KNOWN = 20_000
LARGEST_FRESH_SHARE = 0.1
LARGEST_GROWTH = 1.25
# More than a database takes in one list of ids.
MOST_NEAR = 30_000
# A candidate less likely than this is not what a decision rests on.
_COUNTED_FROM = 0.01
_MOST_REVIEWED = 4000


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a run has to look at: `fresh` object ids, among `total` records, with what the last full run learnt."""

    growth: Growth
    fresh: frozenset[int]
    total: int
    learned: Mapping[str, Any]
    anchored: frozenset[int] = frozenset()


def prepared(pipeline: Pipeline, memory: Memory, as_of: date | None) -> tuple[Work, int]:
    """The work of a run, and how many cases it leaves as they were without looking at them."""
    scope = scope_of(pipeline)
    work = _grown(pipeline, scope, memory, as_of) if scope else None
    if scope is None or work is None:
        return pipeline.prepare(pipeline.cases(None, as_of), memory), 0
    return work, scope.total - len(work.cases)


def scope_of(pipeline: Pipeline) -> Scope | None:
    """None where everything is to be judged."""
    if pipeline.growth is None:
        return None
    last = _last_run(pipeline)
    learned = last.summary.get("learned") if last else None
    known = Record.objects.filter(kind=pipeline.growth.kind, is_withdrawn=False)
    total = known.count()
    if last is None or not learned or total < FEWEST_KNOWN or total > LARGEST_GROWTH * learned["rows"]:
        return None
    fresh = _fresh(pipeline, known, last.created_at) | set(pipeline.growth.moved(last.created_at))
    if len(fresh) > LARGEST_FRESH_SHARE * total:
        return None
    anchored = _anchored(pipeline, fresh)
    return Scope(growth=pipeline.growth, fresh=frozenset(fresh), total=total, learned=learned, anchored=anchored)


def _last_run(pipeline: Pipeline) -> Run | None:
    finished = Run.objects.filter(pipeline=pipeline.name, state=Run.State.FINISHED, is_dry_run=False)
    return finished.order_by("-id").first()


def _fresh(pipeline: Pipeline, known: QuerySet[Record], since: datetime) -> set[int]:
    """Records imported since the last run began, and those without a decision or due to be asked again."""
    subjects = Subject.objects.filter(pipeline=pipeline.name, object_id=OuterRef("pk"))
    settled = subjects.exclude(case_hash="").filter(is_ask_due=False)
    ids = {*known.filter(recorded_at__gte=since).values_list("pk", flat=True)}
    return ids | {*known.filter(~Exists(settled)).values_list("pk", flat=True)}


def _anchored(pipeline: Pipeline, fresh: Collection[int]) -> frozenset[int]:
    """Records whose decision points at one that has changed or was withdrawn."""
    subjects = Subject.objects.filter(pipeline=pipeline.name)
    gone = Record.objects.filter(kind=pipeline.growth.kind if pipeline.growth else "", is_withdrawn=True)
    lost = subjects.filter(decision__anchor__in=gone.values("pk")).values_list("object_id", flat=True)
    return frozenset(lost) | frozenset(
        object_id
        for part in _parts(sorted(fresh), 5000)
        for object_id in subjects.filter(decision__anchor__in=part).values_list("object_id", flat=True)
    )


def _grown(pipeline: Pipeline, scope: Scope, memory: Memory, as_of: date | None) -> Work | None:
    """The affected cases beside all their candidates; None where they are too many."""
    ids, keys = _scan(scope.growth)
    present = set(ids.to_list())
    memory = replace(memory, learned=scope.learned)
    due = (scope.fresh | scope.anchored) & present
    while True:
        around = _with_ties(near(ids, keys, due, samples=scope.growth.samples), pipeline, memory) & present
        if len(around) > MOST_NEAR:
            return None
        work = pipeline.prepare(pipeline.cases(around, as_of), memory)
        touched = {case.object_id for case in work.cases if _has_fresh(case, scope.fresh)} - due
        if not touched:
            cases = tuple(case for case in work.cases if case.object_id in due)
            return replace(work, cases=cases, facts={**work.facts, "learned": scope.learned})
        # What has a changed candidate is judged again, and for that beside all its other candidates.
        due |= touched


def _scan(growth: Growth) -> tuple[pl.Series, Mapping[str, pl.Series]]:
    """All records' ids and coarse keys: the one thing that is read of every record."""
    known = Record.objects.filter(kind=growth.kind, is_withdrawn=False).order_by("id")
    rows = list(known.values_list("pk", Cast("values", TextField())))
    ids = pl.Series([pk for pk, _ in rows], dtype=pl.Int64)
    return ids, growth.keys(pl.Series([text for _, text in rows], dtype=pl.String))


def _with_ties(ids: set[int], pipeline: Pipeline, memory: Memory) -> set[int]:
    """Also what people said about: pairs kept apart bind whole groups, and weights are corrected by reviewed pairs."""
    kept_apart = {one for pair in memory.never_same if ids & set(pair) for one in pair}
    given = Answer.objects.filter(pipeline=pipeline.name, withdrawn_at=None).exclude(features={}).order_by("-id")
    reviewed = given.values_list("subject__object_id", "anchor")[:_MOST_REVIEWED]
    return ids | kept_apart | {one for pair in reviewed for one in pair if one is not None}


def _has_fresh(case: Case, fresh: frozenset[int]) -> bool:
    return any(one.object_id in fresh and one.probability >= _COUNTED_FROM for one in case.candidates)


def _parts(ids: list[int], size: int) -> list[list[int]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]
