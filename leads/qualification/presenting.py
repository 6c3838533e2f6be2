"""What a person sees who is asked about a lead: who it is, its points, what is open, and what each answer does."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from leads.qualification.fit import LEARNED
from pipeline.models import Record
from pipeline.people import full_name
from pipeline.pipeline import Case, Choice, Origin, Passage, Presentation

_NAMES = {"industry": "Industry", "employees": "Employees", "country": "Country", "seniority": "Seniority",
          "function": "Function", "triggers": "Triggers"}  # fmt: skip
CHOICES = (
    Choice(label="A", words="A", effect="Goes to its owner, introduced where somebody knows them.", key="1"),
    Choice(label="B", words="B", effect="Goes to its owner while it is warm or hot.", key="2"),
    Choice(label="C", words="C", effect="Is nurtured; one in twenty is worked all the same.", key="3"),
    Choice(label="D", words="D", effect="Nothing is done.", key="4"),
    Choice(label="disqualified", words="Rule out", effect="Leaves the list, with your word as the reason.", key="x"),
)  # fmt: skip


def present(case: Case, anchor: int | None = None) -> Presentation:
    """The lead as it was judged; whether two leads are one is asked on the lead's own page."""
    name = full_name(case.values) or str(case.values.get("company") or "This lead")
    passages = [_who(case, name)]
    if found := case.context.get("assessment"):
        passages += [_fit(found), _heat(found["heat"])]
    return Presentation(
        question=f"How good a fit is {name} ({case.source})?",
        pairs=(),
        on_same="",
        on_new="",
        passages=tuple(passages),
        choices=CHOICES,
    )


def _who(case: Case, name: str) -> Passage:
    values = {**case.values, **case.values.get("merged", {})}
    about = [str(values.get(part)) for part in ("title", "company", "country", "description") if values.get(part)]
    record = Record.objects.select_related("row__file").filter(pk=case.object_id).first()
    origin = None
    if record is not None:
        url = reverse("admin:pipeline_row_change", args=[record.row_id])
        origin = Origin(text=f"{record.row.file.name}, line {record.row.line}", url=url)
    return Passage(title=name, text=" · ".join(about), origin=origin)


def _fit(found: Mapping[str, Any]) -> Passage:
    lines = "; ".join(
        f"{named(line['criterion'])} {line['earned']}{_open(line)}: {line['because']}" for line in found["lines"]
    )
    return Passage(title=f"Fit {found['low']} to {found['high']}, {found['coverage']} % known", text=lines)


def named(criterion: str) -> str:
    """A criterion in words; a learned rule's is the head of its column."""
    return _NAMES.get(criterion) or criterion.removeprefix(LEARNED)


def _open(line: Mapping[str, Any]) -> str:
    return f" ({line['unknown']} open)" if line["unknown"] > 0 else ""


def _heat(found: Mapping[str, Any]) -> Passage:
    lines = "; ".join(f"{line['points']} {line['kind']} {line['day'] or ''}".strip() for line in found["lines"])
    return Passage(title=f"Heat {found['points']}, {found['band']}", text=lines or "Nothing it did counts at present.")
