"""Match one list with itself or two lists with each other: normalise, block, compare, weigh, judge together."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.matching import blocking, collective, contradictions, remembered
from pipeline.matching.blocking import Blocking, Lists
from pipeline.matching.comparison import MISSING, SCALES, compare_all
from pipeline.matching.decision import Known, decide, share_compared, tempered
from pipeline.matching.fields import Field, encode
from pipeline.matching.learned import NAME, Labels, with_reviews
from pipeline.matching.matches import Matches, top_candidates
from pipeline.matching.scoring import Judge, Pairs, learn
from pipeline.matching.table import Table

__all__ = ["Labels", "Matches", "Settings", "match", "top_candidates"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`country` (ISO 3166) reads national phone numbers; pairs below `least_bits` are not returned; `accept_bits` is
    the weight from which on a pair counts as the same where nobody decides; `seed` draws the random pairs.

    `required` maps columns to the least level of agreement of which a pair must reach one (unless it says nothing on
    all of them): colleagues share company, city and switchboard, and where they outnumber the matches they would else
    be learnt as matches.

    `known` are parameters learnt earlier from more rows (`remembered.to_json`): nothing is learnt from these few then.
    """

    country: str = "US"
    least_bits: float = -7.0
    accept_bits: float = 0.0
    seed: int = 20260101
    blocking: Blocking = field(default_factory=Blocking)
    required: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Any] | None = None


def match(
    left: Table,
    right: Table | None = None,
    *,
    settings: Settings | None = None,
    labels: Labels | None = None,
    progress: Callable[[str], None] | None = None,
) -> Matches:
    """All pairs of rows that may be one entity, weighed. Columns of two lists pair up by name; any size, also empty.

    Reviewed pairs (`labels`, from about 50) correct the weights where they improve on them. `progress` hears the name
    of each stage as it ends.
    """
    settings = settings or Settings()
    clock = _Clock(progress)
    fields = encode(left, right, settings.country)
    lists = Lists(left=len(left), right=len(right) if right is not None else 0)
    if right is not None and not len(right):
        lists = Lists(left=0, right=0)
    clock.stage("normalise")
    a, b = blocking.candidates(fields, lists, settings.blocking)
    clock.stage("block")
    candidates = len(a)
    levels = compare_all(fields, a, b)
    fit = _fit(levels, fields, settings.required)
    a, b, levels = a[fit], b[fit], levels[fit]
    clock.stage("compare")
    before = remembered.from_json(settings.known, fields) if settings.known else None
    judge = learn(fields, lists, a, b, levels, settings.seed, before)
    pairs = judge.weigh(a, b, levels, settings.least_bits)
    if not lists.right:
        pairs = _completed(judge, lists, pairs, settings)
    apart = contradictions.still_apart(pairs.left, pairs.right, pairs.apart, pairs.proven, lists.rows)
    pairs = replace(pairs, apart=apart)
    clock.stage("weigh")
    known = None
    if labels:
        pairs, known = with_reviews(judge, pairs, labels, lists, settings.accept_bits)
    clock.stage("learn")
    return _judged(judge, lists, pairs, known, settings, clock, candidates)


def _fit(levels: npt.NDArray[np.int8], fields: Sequence[Field], required: Mapping[str, str]) -> npt.NDArray[np.bool_]:
    """Which pairs [pairs] reach a required level in one column, or have none of the columns to compare."""
    wanted = [
        (f, 1 + SCALES[one.kind].names.index(required[one.name]))
        for f, one in enumerate(fields)
        if one.name in required
    ]
    if not wanted:
        return np.ones(len(levels), dtype=bool)
    reached = np.logical_or.reduce([levels[:, f] >= least for f, least in wanted])
    unknown = np.logical_and.reduce([levels[:, f] == MISSING for f, _ in wanted])
    return reached | unknown


def _judged(
    judge: Judge, lists: Lists, pairs: Pairs, known: Known | None, settings: Settings, clock: "_Clock", candidates: int
) -> Matches:
    """The pairs judged together, best first."""
    names = tuple(one.name for one in judge.fields)
    level_names = tuple(("missing", *SCALES[one.kind].names) for one in judge.fields)
    if known is not None:
        names, level_names = (*names, NAME), (*level_names, ("missing", "learnt"))
    order = np.lexsort((pairs.right, pairs.left, -pairs.weight))
    pairs, known = pairs.take(order), known[order] if known is not None else None
    compared = share_compared(pairs.levels[:, : len(judge.fields)])
    found = decide(pairs.left, pairs.right, pairs.weight, lists, settings.accept_bits, known, pairs.apart, compared)
    chance = found.probability if known is not None else tempered(found.probability, judge.fields, pairs.levels)
    clock.stage("judge")
    return Matches(
        names=names, level_names=level_names,
        left=pairs.left, right=pairs.right - lists.left if lists.right else pairs.right, weight=pairs.weight,
        probability=chance, levels=pairs.levels, points=pairs.points,
        prior_bits=judge.parameters.prior_bits, gap=found.standing.gap, is_best=found.standing.is_best,
        rivals=found.standing.rivals, is_same=found.is_same, cluster=found.cluster, parameters=judge.parameters,
        stats={"candidates": float(candidates), **clock.seconds},
    )  # fmt: skip


def _completed(judge: Judge, lists: Lists, pairs: Pairs, settings: Settings) -> Pairs:
    """Also the pairs whose rows share a likely partner: clusters must know them, for or against."""
    likely = np.flatnonzero(pairs.weight > 0)
    extra = collective.shared_partners(pairs.left[likely], pairs.right[likely], lists.rows)
    known = pairs.left.astype(np.int64) * lists.rows + pairs.right
    new = np.setdiff1d(extra, known, assume_unique=True)
    if not len(new):
        return pairs
    more = judge.compare_and_weigh((new // lists.rows).astype(np.int32), (new % lists.rows).astype(np.int32))
    return pairs.joined(more.take(np.flatnonzero(_fit(more.levels, judge.fields, settings.required))))


class _Clock:
    def __init__(self, progress: Callable[[str], None] | None) -> None:
        self._progress = progress
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def stage(self, name: str) -> None:
        now = time.perf_counter()
        self.seconds[name] = now - self._last
        self._last = now
        if self._progress:
            self._progress(name)
