"""The owner's ten own records: one at a time, and at the end how often the draft agrees."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from governance import plan_drafts
from governance.models import PlanDryRun, PlanVersion
from governance.pages import draw, page
from governance.plan_own_records import UNSURE, OwnRecord, agreement, answer, own_records
from pipeline import registry
from pipeline.cases import from_json
from pipeline.wording import label_words, layer_words, title_of


@dataclass(frozen=True, kw_only=True)
class Row:
    """One of the ten in words."""

    record: OwnRecord
    title: str
    said: str
    draft: str


@page("governance.view_plan")
def plan_own_records(request: HttpRequest, pk: int) -> HttpResponse:
    """Show or take an answer about the ten records of the draft's dry run."""
    version = get_object_or_404(PlanVersion.objects.select_related("plan"), pk=pk)
    back = f"{reverse('plan_page', args=[version.plan_id])}?version={version.number}"
    dry_run = plan_drafts.current_dry_run(version)
    if dry_run is None or dry_run.state != PlanDryRun.State.DONE:
        messages.info(request, "The ten records come from the dry run; run it first.")
        return redirect(back)
    records = own_records(dry_run)
    is_owner = version.fields.get("owner") == request.user.pk
    if request.method == "POST" and is_owner:
        _take(request, version, records)
        return redirect("plan_own_records", version.pk)
    shown = _asked_for(request, records) or next((one for one in records if one.said is None), None)
    return draw(
        request,
        "admin/governance/plan/own_records.html",
        title=f"Ten records: {version.plan.name}, version {version.number}",
        back=back,
        shown=shown,
        agreement=agreement(records),
        is_owner=is_owner,
        owner=_owner(version),
        rows=[_row(one) for one in records] if shown is None else (),
        **(_presented(shown) if shown else {}),
    )


def _asked_for(request: HttpRequest, records: list[OwnRecord]) -> OwnRecord | None:
    named = (request.GET.get("task"), request.GET.get("record"))
    return next((one for one in records if (one.task, str(one.object_id)) == named), None)


def _take(request: HttpRequest, version: PlanVersion, records: list[OwnRecord]) -> None:
    named = (request.POST.get("task"), request.POST.get("record"))
    record = next((one for one in records if (one.task, str(one.object_id)) == named), None)
    label, _, anchor = request.POST.get("answer", "").partition("-")
    known = {str(candidate["object_id"]) for candidate in record.case["candidates"]} if record else set()
    if record is None or label not in ("same", "new", UNSURE) or (label == "same" and anchor not in known):
        messages.error(request, "That is no answer to one of the ten records.")
        return
    answer(version, record, label, int(anchor) if label == "same" else None, request.user)


def _presented(shown: OwnRecord) -> dict[str, Any]:
    pipeline = registry.get(shown.task)
    found = pipeline.present(from_json(dict(shown.case)), None)
    return {"question": found.question, "pairs": found.pairs}


def _row(record: OwnRecord) -> Row:
    pipeline = registry.pipelines().get(record.task)
    names = {one["object_id"]: title_of(one["values"], one["object_id"]) for one in record.case["candidates"]}
    by = layer_words(record.layer, pipeline)
    draft = f"{_in_words(record.label, record.anchor, names)}, by {by}" if record.label else _OPEN.get(record.layer, by)
    said = _in_words(record.said.label, record.said.anchor, names) if record.said else ""
    return Row(record=record, title=title_of(record.case["values"], record.object_id), said=said, draft=draft)


_OPEN = {"asked": "would ask a model", "person": "would ask a person"}


def _in_words(label: str, anchor: int | None, names: dict[int, str]) -> str:
    if label == "new":
        return "Not the same"
    if label == "same":
        return f"The same as {names.get(anchor or 0, 'another')}"
    return label_words(label) if label == UNSURE else f"Not the same: {label_words(label)}"


def _owner(version: PlanVersion) -> str:
    owner = User.objects.filter(pk=version.fields.get("owner") or 0).first()
    return (owner.get_full_name() or owner.get_username()) if owner else ""
