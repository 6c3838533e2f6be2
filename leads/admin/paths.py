"""Ways to an introduction: who of us knows a person, or somebody who does; asking, and what came of it."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from deals.models import Colleague, Contact
from governance.models import Organisation
from governance.pages import draw, may, page, person, require
from leads.models import Introduction
from leads.network import drafts, records
from leads.network.records import WarmPath

ASK = "leads.add_introduction"
ANSWER = "leads.change_introduction"


@dataclass(frozen=True, kw_only=True)
class Way:
    """A path with its request in words, and whether the colleague is asked already."""

    warm: WarmPath
    draft: str
    is_asked: bool


@require_http_methods(["GET", "HEAD", "POST"])
@page("deals.view_contact")
def warm_paths(request: HttpRequest, pk: int) -> HttpResponse:
    """The paths to a contact; a POST with a colleague keeps that they were asked."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user).select_related("account"), pk=pk)
    today = Organisation.current().day(timezone.now())
    found = records.paths_to(contact, today)
    if request.method == "POST":
        return _ask(request, contact, found, today)
    asked = list(contact.introductions.select_related("colleague", "via", "asked_by"))
    open_for = {one.colleague_id for one in asked if one.state in Introduction.OPEN}
    sender = person(request).get_full_name() or person(request).get_username()
    return draw(
        request,
        "admin/leads/paths.html",
        title=f"Ways to {contact}",
        contact=contact,
        ways=[
            Way(warm=one, draft=_draft(one, contact, sender), is_asked=one.colleague.pk in open_for) for one in found
        ],
        asked=asked,
        states=[state for state in Introduction.State if state != Introduction.State.ASKED],
        may_ask=may(request, ASK),
        may_answer=may(request, ANSWER),
        has_sharing=Colleague.objects.filter(is_sharing=True, is_active=True).exists(),
    )


@require_POST
@page("deals.view_contact")
def introduction_result(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, ANSWER)
    introduction = get_object_or_404(Introduction, pk=pk)
    try:
        records.record(introduction, request.POST.get("state", ""), timezone.now())
    except ValueError:
        messages.error(request, "Choose what came of the request.")
    return redirect("warm_paths", introduction.contact_id)


def _ask(request: HttpRequest, contact: Contact, found: list[WarmPath], today: date) -> HttpResponse:
    require(request, ASK)
    chosen = next((one for one in found if str(one.colleague.pk) == request.POST.get("colleague")), None)
    if chosen is None:
        messages.error(request, "That way is no longer open: the colleague opted out, or was asked often of late.")
    elif records.ask(chosen, contact, person(request), timezone.now(), today) is None:
        messages.warning(request, f"{chosen.colleague} is asked about {contact} already.")
    else:
        messages.success(request, f"Kept: {chosen.colleague} was asked. Say here what came of it.")
    return redirect("warm_paths", contact.pk)


def _draft(warm: WarmPath, contact: Contact, sender: str) -> str:
    return drafts.request(
        colleague=warm.colleague.name,
        person=str(contact),
        title=contact.title,
        company=str(contact.account or contact.company),
        via=str(warm.via) if warm.via else "",
        sender=sender,
    )
