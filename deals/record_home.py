"""From a record to the page of the account, contact, deal or activity it belongs to now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from deals.models import AccountLink, Activity, ContactLink, DealLink
from governance.pages import page, require

LINKS = {"account": AccountLink, "contact": ContactLink, "deal": DealLink}


@page("pipeline.view_record")
def record_home(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """Leads on to the page; back to the record with a sentence where it belongs nowhere."""
    require(request, f"deals.view_{kind}")
    home = _home(kind, record_id)
    if home is None:
        messages.info(request, f"This record belongs to no {kind} now.")
        return redirect("admin:pipeline_record_change", record_id)
    return redirect(f"admin:deals_{kind}_change", home)


def _home(kind: str, record_id: int) -> int | None:
    if kind == "activity":
        return Activity.objects.filter(record=record_id).values_list("pk", flat=True).first()
    open_links = LINKS[kind]._default_manager.filter(record=record_id, closed_at=None)
    return open_links.values_list(f"{kind}_id", flat=True).first()
