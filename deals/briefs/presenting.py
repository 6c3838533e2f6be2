"""A brief that waits for a person, for the review page: what the question is about, and what each answer does."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from deals.briefs.case import suspicious
from deals.briefs.evidence import FREE_TEXT, Evidence
from pipeline.models import Record
from pipeline.pipeline import Case, Choice, Origin, Passage, Presentation

MOST_SHOWN = 12
_ORDERS = (
    Choice(label="cleared", words="Harmless, go on", effect="The next run asks a model, with this record.", key="a"),
    Choice(label="none", words="No brief", effect="No model reads this deal until its records change.", key="x"),
)
_SENTENCES = (
    Choice(label="brief", words="Show it", effect="The statements above stand on the deal's page.", key="a"),
    Choice(label="none", words="No brief", effect="None of it is shown; the facts by rule stay.", key="x"),
)


_FINDS = (
    Choice(label="found", words="They do", effect="They stay suggestions on the deal's page.", key="a"),
    Choice(label="none", words="They don't", effect="Nothing is suggested from them.", key="x"),
)


def present(case: Case, anchor: int | None = None, evidence: Mapping[str, Any] | None = None) -> Presentation:
    """The records that read like orders, or the statements that are left, each with the line it is from."""
    name = case.values.get("name") or "this deal"
    said = evidence or {}
    orders = suspicious(case)
    if orders and not said.get("claims"):
        question = f"May a model read this record of {name}? It reads like an order to a machine."
        return _presentation(question, [_record(one) for one in orders], _ORDERS)
    if said.get("claims") or not said.get("suggestions"):
        statements = [_statement(claim) for claim in said.get("claims") or ()]
        return _presentation(f"May this brief of {name} be shown?", statements, _SENTENCES)
    finds = [_find(one) for one in said["suggestions"]]
    return _presentation(f"Do the records of {name} say this?", finds, _FINDS)


def _presentation(question: str, found: Sequence["Placed"], choices: tuple[Choice, ...]) -> Presentation:
    passages = _placed(found[:MOST_SHOWN])
    return Presentation(question=question, pairs=(), on_same="", on_new="", passages=passages, choices=choices)


Placed = tuple[str, str, int | None]  # title, text, record


def _statement(claim: Mapping[str, Any]) -> Placed:
    quoted = next((one for one in claim["evidence"] if one["ref"] == claim["quoted"]), claim["evidence"][0])
    return claim["text"], f"“{claim['quote']}”" if claim["quote"] else "", quoted["record_id"]


def _find(found: Mapping[str, Any]) -> Placed:
    title = f"{found['element'].replace('_', ' ').capitalize()}: {found['value']}"
    return title, f"“{found['quote']}”", found["evidence"][0]["record_id"]


def _record(record: Evidence) -> Placed:
    text = " ".join(record.values[name] for name in FREE_TEXT if name in record.values)
    return f"{record.kind.capitalize()} {record.values.get('on', '')}".strip(), text, record.record_id


def _placed(found: Iterable[Placed]) -> tuple[Passage, ...]:
    shown = list(found)
    records = Record.objects.select_related("row__file").in_bulk([pk for _, _, pk in shown if pk])
    return tuple(Passage(title=title, text=text, origin=_origin(records.get(pk or 0))) for title, text, pk in shown)


def _origin(record: Record | None) -> Origin | None:
    if record is None:
        return None
    url = reverse("admin:pipeline_row_change", args=[record.row_id])
    return Origin(text=f"{record.row.file.name}, line {record.row.line}", url=url)
