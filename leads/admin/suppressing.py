"""Do not contact: the list, a way onto it and off it, erasing a person, and the proof that it was done."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance.pages import draw, may, page, person, require
from leads import erasure, profile_versions, suppression
from leads.models import Erasure, Lead, Suppression, SuppressionKey
from pipeline.csv_export import csv_response

SEEING = "leads.view_suppression"
ERASING = "leads.add_erasure"
PER_PAGE = 50
_REASONS = [one for one in Suppression.Reason.choices if one[0] not in ("opted_out", "erased")]
# More at once would keep the page waiting for minutes.
MOST_EXPIRED = 500


@require_safe
@page(SEEING)
def lead_suppression(request: HttpRequest) -> HttpResponse:
    return _draw(request, request.GET.get("who", "").strip())


def _draw(request: HttpRequest, looked_for: str = "", *, error: str = "") -> HttpResponse:
    """The list, or what of it recognises `looked_for`; after an `error` with what was entered."""
    listed = Suppression.objects.select_related("by", "lifted_by")
    if looked_for:
        listed = listed.filter(_matching(looked_for))
    pages = Paginator(listed, PER_PAGE)
    return draw(
        request,
        "admin/leads/suppression.html",
        title="Do not contact",
        listed=pages.get_page(request.GET.get("page")),
        number=Suppression.objects.filter(lifted_at=None).count(),
        who=looked_for,
        given=request.POST,
        error=error,
        traces=erasure.traces(looked_for) if looked_for and may(request, ERASING) else None,
        kinds=Suppression.Kind.choices,
        reasons=_REASONS,
        erasures=Erasure.objects.select_related("by")[:20],
        may_add=may(request, "leads.add_suppression"),
        may_lift=may(request, "leads.change_suppression"),
        may_erase=may(request, ERASING),
        expired=len(_expired()) if may(request, ERASING) else 0,
        months=_months(),
        most_expired=MOST_EXPIRED,
    )


def _matching(text: str) -> Q:
    """Entries an address, number, profile or domain is recognised by: the list itself tells nobody's."""
    secret, found = SuppressionKey.current(), Q(pk=0)
    for kind in Suppression.Kind.values:
        normal = suppression.normalised(kind, text)
        if normal:
            found |= Q(kind=kind, keyed_hash=suppression.keyed_hash(kind, normal, secret))
    return found


@require_POST
@page(SEEING)
def lead_suppress(request: HttpRequest) -> HttpResponse:
    """Put one on the list; leads already here are ruled out at the next qualification."""
    require(request, "leads.add_suppression")
    kind, value = request.POST.get("kind", ""), request.POST.get("value", "")
    reason = request.POST.get("reason", "")
    if kind not in Suppression.Kind.values or reason not in dict(_REASONS):
        return _draw(request, error="Choose what it is and why.")
    found = suppression.suppress(
        kind, value, reason=reason, now=timezone.now(), by=person(request), source="entered here",
        note=request.POST.get("note", ""),
    )  # fmt: skip
    if found is None:
        words = Suppression.Kind(kind).label.lower()
        return _draw(request, error=f"“{value[:60]}” is no {words}; nothing was put on the list.")
    messages.success(request, "On the list. It holds for every later import, and is kept as a code only.")
    return redirect("lead_suppression")


@require_POST
@page(SEEING)
def lead_suppression_lift(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, "leads.change_suppression")
    found = get_object_or_404(Suppression, pk=pk)
    if suppression.lift(found, by=person(request), now=timezone.now()):
        messages.success(request, "Taken off the list. Who did so and when stays on record.")
    else:
        messages.info(request, "It was taken off the list already.")
    return redirect("lead_suppression")


@require_POST
@page(SEEING)
def lead_erase(request: HttpRequest) -> HttpResponse:
    """Erase the person with the address that was looked for, after it was typed once more."""
    require(request, ERASING)
    who = request.POST.get("who", "").strip()
    if request.POST.get("again", "").strip().lower() != who.lower():
        messages.error(request, "The second entry differs from the first; nothing was erased.")
        return redirect(f"{reverse('lead_suppression')}?{urlencode({'who': who})}")
    found = erasure.traces(who)
    if found.is_empty:
        messages.info(request, "Nothing is kept of anybody with that address, number or profile.")
        return redirect("lead_suppression")
    proof = erasure.erase(found, by=person(request), now=timezone.now(),
                          requested_by=request.POST.get("requested_by", ""))  # fmt: skip
    messages.success(request, f"Erased, and on the list from now on. The proof is {proof.digest[:12]}….")
    return redirect("lead_suppression")


@require_POST
@page(SEEING)
def lead_erase_expired(request: HttpRequest) -> HttpResponse:
    """Erase leads past their time."""
    require(request, ERASING)
    due = _expired()[:MOST_EXPIRED]
    if not due:
        messages.info(request, "No lead is past its time.")
        return redirect("lead_suppression")
    now = timezone.now()
    proof = erasure.erase(erasure.traces_of(due), by=person(request), now=now, is_retention=True)
    messages.success(request, f"{proof.counts['leads']:,} leads past their time are erased.")
    return redirect("lead_suppression")


@require_safe
@page(SEEING)
def lead_erasure_proof(request: HttpRequest, pk: int) -> Any:
    """One proof as a file to hand over: what was erased, when, by whom; not who it was."""
    found = get_object_or_404(Erasure.objects.select_related("by"), pk=pk)
    rows = [
        ("erasure", found.pk), ("done at", found.created_at.isoformat(timespec="seconds")),
        ("done by", found.by.get_full_name() or found.by.get_username()), ("request", found.requested_by),
        *((f"erased: {name}", number) for name, number in found.counts.items()),
        *((f"code {n}", digest) for n, digest in enumerate(found.hashes, start=1)), ("proof", found.digest),
    ]  # fmt: skip
    return csv_response(f"erasure-{found.pk}", ("what", "value"), rows)


def _months() -> int:
    return profile_versions.current(timezone.now())[1].retention_months


def _expired() -> list[int]:
    return erasure.expired(_months(), timezone.now()) if Lead.objects.exists() else []
