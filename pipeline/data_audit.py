"""What a run finds before its first question: per source how complete, double, old and readable its records are, and
how many of them the rules decide."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from governance.plan_checks import SourceFacts
from pipeline.pipeline import Case

# From this probability on, another record of the same source counts as the same thing twice.
DOUBLE_FROM = 0.9
_WORST_FIELDS = 3


@dataclass(frozen=True, kw_only=True)
class SourceAudit:
    """One source; percents 0..100, None where there is nothing to take a share of or no import on record.

    `filled_percent` is the mean over all fields, `empty_fields` those filled least often (field, percent filled);
    `doubles` records have another one like them in the same source; of the `due` records rules decide `by_rules`.
    """

    source: str
    records: int
    filled_percent: float | None
    empty_fields: tuple[tuple[str, float], ...]
    doubles: int
    age_days: int | None
    error_percent: float | None
    due: int
    by_rules: int


def audit(
    cases: Sequence[Case], *, due: Collection[int], by_rules: Collection[int], imports: Sequence[SourceFacts]
) -> list[SourceAudit]:
    """The sources of the cases by name; `due` and `by_rules` are object ids."""
    by_source: dict[str, list[Case]] = {}
    for case in cases:
        by_source.setdefault(case.source, []).append(case)
    last = {one.name: one for one in imports}
    due, by_rules = set(due), set(by_rules)
    return [_audit(name, by_source[name], due, by_rules, last.get(name)) for name in sorted(by_source)]


def _audit(
    name: str, cases: Sequence[Case], due: set[int], by_rules: set[int], last: SourceFacts | None
) -> SourceAudit:
    ids = {case.object_id for case in cases}
    filled = _filled(cases)
    return SourceAudit(
        source=name,
        records=len(cases),
        filled_percent=round(sum(filled.values()) / len(filled), 1) if filled else None,
        empty_fields=tuple(sorted(filled.items(), key=lambda one: (one[1], one[0]))[:_WORST_FIELDS]),
        doubles=sum(_is_double(case) for case in cases),
        age_days=last.age_days if last else None,
        error_percent=round(last.error_percent, 1) if last else None,
        due=len(ids & due),
        by_rules=len(ids & by_rules),
    )


def _filled(cases: Sequence[Case]) -> dict[str, float]:
    """Field → percent of the cases that have a value there."""
    # "No" and 0 are said; an empty text or list is not.
    number = Counter(
        field for case in cases for field, value in case.values.items() if value or isinstance(value, int | float)
    )
    fields = dict.fromkeys(field for case in cases for field in case.values)
    return {field: round(100 * number[field] / len(cases), 1) for field in fields}


def _is_double(case: Case) -> bool:
    return any(other.source == case.source and other.probability >= DOUBLE_FROM for other in case.candidates)
