"""A case beside its candidates for the review page: values contrasted, each side with the file and line it is from."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from pipeline.models import Record
from pipeline.pipeline import Candidate, Case, Contrast, Origin, Pair, Side

Title = Callable[[Mapping[str, Any]], str]


def present_pairs(case: Case, anchor: int | None, labels: Mapping[str, str], title: Title) -> tuple[Pair, ...]:
    """One pair per candidate, best first, the anchor (if given) before all; a record that is gone keeps its values."""
    ordered = sorted(case.candidates, key=lambda c: (c.object_id != anchor, -c.weight))
    wanted = [case.object_id, *(candidate.object_id for candidate in ordered)]
    records = Record.objects.select_related("row__file", "source").in_bulk(wanted)
    left = _side(case.object_id, case.values, case.source, records, title)
    return tuple(
        Pair(
            left=left,
            right=_side(candidate.object_id, candidate.values, candidate.source, records, title),
            contrasts=_contrasts(case, candidate, labels),
            probability=candidate.probability,
            guards=candidate.guards,
        )
        for candidate in ordered
    )


def _side(object_id: int, values: Mapping[str, Any], source: str, records: Mapping[int, Record], title: Title) -> Side:
    record = records.get(object_id)
    origin = None
    if record is not None:
        source = record.source.name
        row_url = reverse("admin:pipeline_row_change", args=[record.row_id])
        origin = Origin(text=f"{record.row.file.name}, line {record.row.line}", url=row_url)
    url = reverse("admin:pipeline_record_change", args=[object_id]) if record else ""
    return Side(object_id=object_id, title=title(values) or "(no name)", source=source, origin=origin, url=url)


def _contrasts(case: Case, candidate: Candidate, labels: Mapping[str, str]) -> tuple[Contrast, ...]:
    """Fields that either side fills, in the order of `labels`."""
    found = []
    for name, label in labels.items():
        left, right = _text(case.values.get(name)), _text(candidate.values.get(name))
        if left or right:
            level = _level(left, right, candidate.levels.get(name))
            points = candidate.points.get(name)
            found.append(Contrast(label=label, left=left, right=right, level=level, points=points, name=name))
    return tuple(found)


def _level(left: str, right: str, compared: str | None) -> str:
    """same, close, different or missing; by the comparison where the field was compared, else by the text."""
    if not left or not right:
        return "missing"
    if left.casefold() == right.casefold() or compared == "equal":
        return "same"
    if compared is not None and compared not in ("different", "missing"):
        return "close"
    return "different"


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)
