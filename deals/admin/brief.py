"""The brief on the deal page: marking and correcting sentences, answering suggestions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from deals.briefs import acts
from deals.briefs.panel import panel_of
from deals.models import Deal, Sentence, Suggestion
from governance.pages import may, page, person, require

SEEING = "deals.view_deal"
ACTING = "deals.change_deal"
TEMPLATE = "admin/deals/_brief.html"


def context(request: HttpRequest, deal: Deal) -> dict[str, Any]:
    """What the panel's template needs."""
    return {"panel": panel_of(deal, person(request)), "may_act": may(request, ACTING)}


@require_POST
@page(SEEING)
def answer_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, refuse or reopen a suggestion."""
    require(request, ACTING)
    suggestion = get_object_or_404(Suggestion, pk=pk, deal__in=Deal.objects.visible_to(request.user))
    act, by, now = request.POST.get("act", ""), person(request), timezone.now()
    try:
        if act == "accept":
            acts.accept(suggestion, by=by, now=now)
        elif act == "refuse":
            acts.refuse(suggestion, by=by, now=now)
        else:
            acts.reopen(suggestion, now=now)
    except acts.NotTaken as error:
        return _again(request, suggestion.deal, str(error))
    said = {"accept": "Accepted: it counts as your entry.", "refuse": "Refused: it is not proposed again."}
    return _again(request, suggestion.deal, said.get(act, "Taken back; the suggestion is open again."), is_good=True)


@require_POST
@page(SEEING)
def mark_sentence(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a sentence useful, generic or wrong (with what is right), or take the mark back."""
    require(request, ACTING)
    deals = Deal.objects.visible_to(request.user)
    sentence = get_object_or_404(Sentence.objects.select_related("brief__deal"), pk=pk, brief__deal__in=deals)
    chosen, by, now = request.POST.get("mark", ""), person(request), timezone.now()
    try:
        if chosen:
            acts.mark(sentence, chosen, by=by, correction=request.POST.get("correction", ""), now=now)
        else:
            acts.unmark(sentence, by=by, now=now)
    except acts.NotTaken as error:
        return _again(request, sentence.brief.deal, str(error))
    corrected = chosen == "wrong" and request.POST.get("correction", "").strip()
    said = "Corrected; the next brief is told." if corrected else "Noted." if chosen else "Taken back."
    return _again(request, sentence.brief.deal, said, is_good=True)


def _again(request: HttpRequest, deal: Deal, said: str, *, is_good: bool = False) -> HttpResponse:
    """The panel anew: alone for a script, with the whole page for a plain form."""
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, TEMPLATE, {**context(request, deal), "told": said, "is_good": is_good})
    messages.add_message(request, messages.SUCCESS if is_good else messages.WARNING, said)
    return redirect(f"{reverse('admin:deals_deal_change', args=[deal.pk])}#brief")
