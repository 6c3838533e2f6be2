"""Cases to cases with candidates: the matching toolkit applied to records of one kind, old and new together."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.matching import remembered
from pipeline.matching.kinds import Kind
from pipeline.matching.learned import NAME as REVIEWS
from pipeline.matching.match import Labels, Matches, Settings, match
from pipeline.matching.table import Column, Table
from pipeline.matching.weights import probability
from pipeline.pipeline import Candidate, Case, Memory, Work

# Guards say what forbids linking two cases without a person; the number is how many candidates the case has.
Guards = Callable[[Case, Case, int], tuple[str, ...]]
# What of a record's values a candidate shows.
Shown = Callable[[Mapping[str, Any]], Mapping[str, Any]]

MOST = 3
LEAST_BITS = -7.0
LEAST_REVIEWED = 50  # pairs


def prepare(
    cases: Sequence[Case],
    memory: Memory,
    *,
    columns: Mapping[str, Kind],
    required: Mapping[str, str],
    guards: Guards,
    country: str = "US",
    shown: Shown | None = None,
) -> Work:
    """Compare all cases with each other; each gets its best three candidates among the records before it.

    Looking back only means that of two records one asks and the other answers, and that a new file never re-opens what
    was settled. A pair that reaches none of the `required` levels is no candidate. Pairs a person kept apart are left
    out, and so is every record of a group that holds such a record. Enough reviewed pairs teach the weights. A
    candidate brings along what is `shown` of its record's values, by default all of them.
    """
    ordered = sorted(cases, key=lambda case: case.object_id)
    matches = match(
        _table(ordered, columns),
        settings=Settings(country=country, least_bits=LEAST_BITS, required=required, known=memory.learned),
        labels=_labels(ordered, memory),
    )
    found = _earlier(matches, ordered, _kept_apart(ordered, memory))
    prepared = tuple(
        case.but(candidates=_candidates(case, found[i], ordered, matches, guards, shown))
        for i, case in enumerate(ordered)
    )
    learned = {"rows": len(cases), **remembered.to_json(matches.names, matches.parameters)}
    facts = {"candidates": int(matches.stats["candidates"]), "prior_bits": matches.prior_bits, "learned": learned}
    return Work(cases=prepared, memory=memory, facts=facts)


def _table(cases: Sequence[Case], columns: Mapping[str, Kind]) -> Table:
    return Table(
        ids=[case.object_id for case in cases],
        columns=tuple(
            Column(name=name, kind=kind, values=[_text(case.values.get(name)) for case in cases])
            for name, kind in columns.items()
        ),
        sources=[case.source for case in cases],
    )


def _labels(cases: Sequence[Case], memory: Memory) -> Labels | None:
    """What people said about pairs of these cases, from so many on that it can teach."""
    row = {case.object_id: place for place, case in enumerate(cases)}
    known = [(row[a], row[b], is_same) for a, b, is_same in memory.reviewed if a in row and b in row]
    if len(known) < LEAST_REVIEWED:
        return None
    left, right, is_match = zip(*known, strict=True)
    return Labels(left=left, right=right, is_match=is_match)


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return None if value is None or value == "" else str(value)


def _kept_apart(cases: Sequence[Case], memory: Memory) -> set[tuple[int, int | None]]:
    """(case, group) pairs that hold a pair of records a person kept apart."""
    group = {case.object_id: case.group for case in cases}
    apart: set[tuple[int, int | None]] = set()
    for low, high in memory.never_same:
        if low in group and high in group:
            apart |= {(low, group[high]), (high, group[low])}
    return apart


def _earlier(
    matches: Matches, cases: Sequence[Case], apart: set[tuple[int, int | None]]
) -> list[list[tuple[int, int]]]:
    """Per case (row of the earlier record, number of the pair), best first, also those beyond the best three."""
    found: list[list[tuple[int, int]]] = [[] for _ in cases]
    for pair, (i, j) in enumerate(zip(matches.left.tolist(), matches.right.tolist(), strict=True)):
        early, late = (i, j) if i < j else (j, i)
        if (cases[late].object_id, cases[early].group) not in apart:
            found[late].append((early, pair))
    return found


def _candidates(
    case: Case,
    found: Sequence[tuple[int, int]],
    cases: Sequence[Case],
    matches: Matches,
    guards: Guards,
    shown: Shown | None,
) -> tuple[Candidate, ...]:
    if not found:
        return ()
    likely = sum(matches.weight[pair] >= 0 for _, pair in found)
    return tuple(
        Candidate(
            object_id=other.object_id,
            values=shown(other.values) if shown else other.values,
            source=other.source,
            group=other.group,
            weight=round(sum(points.values()), 4),
            probability=round(float(probability(matches.weight[pair])), 6),
            levels=matches.level_words(pair),
            points=points,
            features=_features(matches, pair),
            guards=guards(case, other, likely),
        )
        for early, pair in found[:MOST]
        for other, points in ((cases[early], _points(matches, pair)),)
    )


def _points(matches: Matches, pair: int) -> dict[str, float]:
    """Rounded first and added up then, so that the parts of the weight that is kept sum exactly to it."""
    return {name: round(bits, 4) for name, bits in matches.point_words(pair).items()}


def _features(matches: Matches, pair: int) -> dict[str, float]:
    """Per field how alike (0..1, ½ where missing): the shape of the comparison that examples are found by."""
    shape = {}
    for f, name in enumerate(matches.names):
        if name == REVIEWS:
            continue
        level, top = int(matches.levels[pair, f]), len(matches.level_names[f]) - 1
        shape[name] = round((level - 1) / max(top - 1, 1), 3) if level > 0 else 0.5
    return shape
