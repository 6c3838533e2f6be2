"""Which leads (or deals) were won or lost, and what their lists said of them before that was known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count, Min, Q

from deals.models import Deal, DealLink
from leads.learning.study import MOST_LEADS
from leads.learning.table import Table
from leads.models import ColumnChoice, Conversion, Lead, LeadLink, OutcomeStudy, Rejection
from pipeline.ingest.reading import format_of_file
from pipeline.models import ImportFile, Record, Row, Version

# Who somebody is, and the outcome itself: nothing to learn from.
_ASIDE = {
    "lead": frozenset({
        "key", "number", "given_name", "family_name", "full_name", "email", "phone", "mobile", "linkedin", "outcome",
        "description",
    }),
    "deal": frozenset({"key", "name", "stage", "is_closed", "is_won"}),
}  # fmt: skip
_ORDERED = 0.9  # of the outcomes that need a date (a number) to be ordered by it
_AT_ONCE = 5_000


@dataclass(frozen=True, kw_only=True)
class Known:
    """An outcome: the entity, whether it was won, the record that tells of it, and what it may be ordered by."""

    entity: int
    won: bool
    record: int
    day: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """The table to learn from, and the entity of each of its rows."""

    table: Table
    entities: Sequence[int]
    is_sample: bool


def basis(subject: str) -> str:
    """Changes when there is something new to learn: outcomes, records, what people said of columns."""
    if subject == "lead":
        leads = Lead.objects.filter(is_current=True).aggregate(
            won=Count("id", filter=Q(outcome="won")), lost=Count("id", filter=Q(outcome="lost"))
        )
        parts = [*leads.values(), Rejection.objects.filter(withdrawn_at=None).count(),
                 Conversion.objects.filter(undone_at=None, deal__is_closed=True).count()]  # fmt: skip
    else:
        parts = list(Deal.objects.filter(is_current=True, is_closed=True).aggregate(
            n=Count("id"), won=Count("id", filter=Q(is_won=True))).values())  # fmt: skip
    newest = Record.objects.filter(kind=subject).order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    choices = ColumnChoice.objects.filter(subject=subject).order_by("-made_at").values_list("made_at", flat=True)
    stamps = [f"{moment.timestamp():.3f}" for moment in (newest, choices.first()) if moment]
    return "-".join([*map(str, parts), str(choices.count()), *stamps])[:64]


def counted(subject: str) -> tuple[int, int]:
    """(outcomes, won) known at present."""
    found = _known(subject)[0]
    return len(found), sum(one.won for one in found)


def outcomes(subject: str) -> Outcomes:
    """Everything to learn from, oldest first."""
    known, is_sample = _known(subject)
    ordered, ordered_by = _ordered(known)
    ordered = ordered[-MOST_LEADS:]
    columns, edited = _columns(subject, [one.record for one in ordered])
    won = np.array([one.won for one in ordered], dtype=bool)
    return Outcomes(
        table=Table(columns=columns, won=won, ordered_by=ordered_by, edited=edited),
        entities=[one.entity for one in ordered], is_sample=is_sample,
    )  # fmt: skip


def open_leads() -> tuple[list[int], dict[str, list[str | None]]]:
    """Leads nobody knows the outcome of, and the columns of their lists."""
    leads = Lead.objects.filter(is_current=True, outcome="").exclude(pk__in=[one.entity for one in _of_leads()])
    first = LeadLink.objects.filter(closed_at=None, record__is_withdrawn=False, lead__in=leads.values("pk"))
    record_of = dict(first.order_by("lead").values("lead").annotate(first=Min("record")).values_list("lead", "first"))
    return list(record_of), _columns(OutcomeStudy.Subject.LEAD, list(record_of.values()))[0]


def cells_of(record: Record) -> dict[str, str | None]:
    """Head of column → cell of the row a record was last read from."""
    return dict(record.row.labelled())


def _known(subject: str) -> tuple[list[Known], bool]:
    """What is known of entities that are no sample; of the sample where there is nothing else."""
    found = _of_leads() if subject == OutcomeStudy.Subject.LEAD else _of_deals()
    sample = set(Record.objects.filter(kind=subject, source__is_sample=True).values_list("id", flat=True))
    own = [one for one in found if one.record not in sample]
    return (own, False) if own else (found, bool(found))


def _of_leads() -> list[Known]:
    """What a converted lead's deal came to, else that sales handed it back, else what its list says."""
    lost = set(Rejection.objects.filter(withdrawn_at=None).values_list("lead_id", flat=True))
    deals = Conversion.objects.filter(undone_at=None, deal__is_closed=True)
    ended = dict(deals.values_list("lead_id", "deal__is_won"))
    leads = Lead.objects.filter(is_current=True).filter(~Q(outcome="") | Q(pk__in=[*lost, *ended]))
    first = LeadLink.objects.filter(closed_at=None, record__is_withdrawn=False, lead__in=leads.values("pk"))
    record_of = dict(first.order_by().values("lead").annotate(first=Min("record")).values_list("lead", "first"))
    found = []
    for pk, outcome, created, number in leads.values_list("id", "outcome", "created_on", "number").iterator(
        chunk_size=_AT_ONCE
    ):
        if pk in record_of:
            won = ended.get(pk, pk not in lost and outcome == Lead.Outcome.WON)
            found.append(Known(entity=pk, won=won, record=record_of[pk], day=_day(created), number=number))
    return found


def _of_deals() -> list[Known]:
    deals = Deal.objects.filter(is_current=True, is_closed=True)
    first = DealLink.objects.filter(closed_at=None, record__is_withdrawn=False, deal__in=deals.values("pk"))
    record_of = dict(first.order_by().values("deal").annotate(first=Min("record")).values_list("deal", "first"))
    return [
        Known(entity=pk, won=won, record=record_of[pk], day=_day(closed), number="")
        for pk, won, closed in deals.values_list("id", "is_won", "close_date").iterator(chunk_size=_AT_ONCE)
        if pk in record_of
    ]


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _ordered(known: Sequence[Known]) -> tuple[list[Known], str]:
    """By date where most have one, else by number where most have one, else as they were imported."""
    dated = sum(bool(one.day) for one in known)
    numbered = sum(one.number.isdecimal() for one in known)
    if known and dated >= _ORDERED * len(known) and len({one.day for one in known}) > 1:
        return sorted(known, key=lambda one: (one.day, one.record)), "date"
    if known and numbered >= _ORDERED * len(known):
        key = lambda one: (int(one.number) if one.number.isdecimal() else 0, one.record)  # noqa: E731
        return sorted(known, key=key), "number"
    return sorted(known, key=lambda one: one.record), "import"


def _columns(subject: str, records: Sequence[int]) -> tuple[dict[str, list[str | None]], dict[str, tuple[int, int]]]:
    """Columns of the records' rows as they stood before the outcome was known, and in how many leads each changed
    with it. A person's list is read in its own words: the head of a column names it."""
    before, edits = _rows_before(subject, records)
    row_of = dict(_chunked(Record.objects.values_list("id", "row_id"), records)) | before
    heads = _Heads(subject)
    columns: dict[str, list[str | None]] = {}
    rows = dict(_cells(set(row_of.values()) | {row for pair in edits for row in pair}))
    for place, record in enumerate(records):
        file, cells = rows[row_of[record]]
        for name, cell in heads.named(file, cells):
            columns.setdefault(name, [None] * len(records))[place] = cell
    changed: dict[str, list[int]] = {}
    for early, late in edits:
        former = dict(heads.named(*rows[early]))
        for name, cell in heads.named(*rows[late]):
            if name in former:
                seen = changed.setdefault(name, [0, 0])
                seen[0] += cell != former[name]
                seen[1] += 1
    return columns, {name: (number, seen) for name, (number, seen) in changed.items()}


def _rows_before(subject: str, records: Sequence[int]) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """Record → the last row read of it before its outcome was known, where there is one; (that row, the first with the
    outcome)."""
    outcome = "outcome" if subject == OutcomeStudy.Subject.LEAD else "is_won"
    several = Version.objects.filter(record__kind=subject).order_by().values("record").annotate(n=Count("id"))
    repeated = set(several.filter(n__gt=1).values_list("record", flat=True)) & set(records)
    told: dict[int, list[tuple[int, bool]]] = {}
    for record, row, values in _chunked(
        Version.objects.order_by("id").values_list("record_id", "row_id", "values"), sorted(repeated), "record_id"
    ):
        told.setdefault(record, []).append((row, bool(values.get(outcome))))
    before, edits = {}, []
    for record, versions in told.items():
        first = next((place for place, (_, is_known) in enumerate(versions) if is_known), None)
        if first:
            before[record] = versions[first - 1][0]
            edits.append((versions[first - 1][0], versions[first][0]))
    return before, edits


class _Heads:
    """The columns of each file that may be learned from."""

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._of_file: dict[int, list[tuple[int, str]]] = {}
        self._spelled: dict[str, str] = {}

    def named(self, file: int, cells: Sequence[str]) -> Iterable[tuple[str, str]]:
        if file not in self._of_file:
            self._of_file[file] = list(self._read(ImportFile.objects.get(pk=file)))
        return ((name, cells[place] if place < len(cells) else "") for place, name in self._of_file[file])

    def _read(self, file: ImportFile) -> Iterable[tuple[int, str]]:
        aside = self._aside(file)
        for place, head in enumerate(file.header):
            folded = head.casefold()
            if head and folded not in aside:
                # Two lists may spell one head differently.
                yield place, self._spelled.setdefault(folded, head)

    def _aside(self, file: ImportFile) -> set[str]:
        try:
            emits = [emit for emit in format_of_file(file).emits if emit.kind == self._subject]
        except LookupError:
            return set()
        named = {head for emit in emits for field in _ASIDE[self._subject] for head in emit.columns.get(field, ())}
        return {head.casefold() for head in (*named, *(emit.key for emit in emits)) if head}


def _cells(rows: Iterable[int]) -> Iterable[tuple[int, tuple[int, list[str]]]]:
    from_rows = Row.objects.values_list("id", "file_id", "cells")
    for pk, file, cells in _chunked(from_rows, sorted(rows)):
        yield pk, (file, cells)


def _chunked(queryset: Any, ids: Sequence[int], field: str = "id") -> Iterable[Any]:
    """Rows of a query for these ids, few enough at a time for every database."""
    for start in range(0, len(ids), _AT_ONCE):
        yield from queryset.filter(**{f"{field}__in": ids[start : start + _AT_ONCE]})
