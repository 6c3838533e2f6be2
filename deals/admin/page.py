"""The page of one account, contact or deal: its values with their origins, its records, and what hangs on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.forms import BoundField, ModelForm
from django.urls import reverse

from deals.models import Entity
from deals.provenance import Line, Origin, held_of, lines, linked_records, origin_of
from pipeline import registry
from pipeline.models import Decision, Record, Subject
from pipeline.wording import layer_words, reason_words


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a section: a value, and the page it leads to."""

    value: Any
    url: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A short table below the values: the first few rows, and where to see all."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    empty: str
    all_url: str = ""
    all_label: str = ""

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """Rows whose cells carry their head, for narrow screens."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, kw_only=True)
class LinkedRecord:
    """One record of the entity: what it is called, where it stands, since when and why it belongs here."""

    record: Record
    title: str
    origin: Origin
    since: datetime | None
    why: str
    case_url: str = ""
    undo: int | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the table of values; `bound` is the form field while it is edited."""

    line: Line
    bound: BoundField | None = None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of the page with a template of its own; `script` and `style` are static files it needs."""

    template: str
    context: Mapping[str, Any]
    script: str = ""
    style: str = ""


@dataclass(kw_only=True)
class EntityPage:
    """Everything the template shows; nothing is read before it is asked for."""

    entity: Entity
    linkage: str
    form: ModelForm | None = None
    sections: Sequence[Section] = ()
    panels: Sequence[Panel] = ()
    headline: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def linked(self) -> list[Record]:
        return linked_records(self.entity)

    @cached_property
    def lines(self) -> list[Line]:
        model = type(self.entity)
        more = [name for name in ("account", "owner") if hasattr(model, name)]
        held = held_of(self.entity, self.linked)
        return lines(model, self.linked, held, shown=self.entity, more=more)

    @property
    def rows(self) -> list[Row]:
        """While editing every field that can be entered, otherwise what there is to tell."""
        if self.form is None:
            return [Row(line=line) for line in self.lines if not line.is_blank]
        return [Row(line=line, bound=self.form[line.name]) for line in self.lines if line.name in self.form.fields]

    @property
    def blanks(self) -> list[str]:
        return [line.label for line in self.lines if line.is_blank]

    @property
    def sources(self) -> list[str]:
        return sorted({record.source.name for record in self.linked})

    @cached_property
    def records(self) -> list[LinkedRecord]:
        decided = decisions_of(self.linkage, [record.pk for record in self.linked])
        since = dict(self.entity.links.filter(closed_at=None).values_list("record", "opened_at"))  # type: ignore[attr-defined]
        is_group = len(self.linked) > 1
        return [
            _linked(record, since.get(record.pk), decided.get(record.pk), self.linkage, is_group)
            for record in self.linked
        ]

    @cached_property
    def successors(self) -> list[Entity]:
        """Where the records of an entity that has none any more are now."""
        if self.entity.is_current:
            return []
        once = self.entity.links.values("record")  # type: ignore[attr-defined]
        entities: Any = type(self.entity).objects
        return list(entities.filter(links__record__in=once, links__closed_at=None).distinct())


def decisions_of(pipeline: str, record_ids: Iterable[int]) -> dict[int, Subject]:
    """Record id → its subject with the decision that stands."""
    if not pipeline:
        return {}
    found = Subject.objects.filter(pipeline=pipeline, object_id__in=list(record_ids), decision__isnull=False)
    return {subject.object_id: subject for subject in found.select_related("decision__by")}


def _linked(
    record: Record, since: datetime | None, subject: Subject | None, pipeline: str, is_group: bool
) -> LinkedRecord:
    decision = subject.decision if subject else None
    is_joined_by_hand = bool(decision and decision.by_id and decision.label == "same")
    return LinkedRecord(
        record=record,
        title=title_of(record),
        origin=origin_of(record),
        since=since,
        why=why(pipeline, decision, is_group),
        case_url=case_url(subject),
        undo=decision.pk if decision and is_joined_by_hand else None,
    )


def title_of(record: Record) -> str:
    """What a record calls its person, company or deal."""
    names = (record.value("given_name"), record.value("family_name"))
    joined = " ".join(str(name) for name in names if name)
    return joined or str(record.value("name") or record.value("email") or record.key)


def why(pipeline: str, decision: Decision | None, is_group: bool) -> str:
    """Why a record belongs to its entity, in words."""
    if decision is None:
        return "Others were joined to it" if is_group else "As imported"
    if decision.by is not None:
        person = decision.by.get_full_name() or decision.by.get_username()
        return f"Joined by {person}" if decision.label == "same" else f"Kept apart by {person}"
    if decision.label != "same" and is_group:
        return "Others were joined to it"
    known = registry.pipelines().get(pipeline)
    layer, reason = layer_words(decision.layer, known), reason_words(decision.reason, known)
    return f"{layer}: {reason}" if decision.label == "same" else f"Of its own. {layer}: {reason}"


def case_url(subject: Subject | None) -> str:
    """Everything that was decided about a record, and by whom."""
    return reverse("case_page", args=[subject.pk]) if subject else ""
