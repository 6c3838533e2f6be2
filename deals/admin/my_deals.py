"""My deals: at most seven that deserve a look, a sentence each; done, snoozed, or opened with one key."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from deals.admin.findings import Proof, proofs_of
from deals.models import Assessment, Colleague, Deal, Snooze
from deals.models.assessments import LONGEST_SNOOZE
from deals.shown import money, tone_of
from deals.signals import snoozing
from deals.signals.mine import Item, colleague_of, look_at, open_assessments
from deals.signals.reassessing import judged_day, reassess
from deals.signals.registry import BY_CODE
from governance.models import Organisation
from governance.pages import draw, may, page, person, require
from pipeline.models import Run

EVERYBODY = "all"


@page("deals.view_deal")
def my_deals(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    own = colleague_of(request.user)
    owner = _owner(request.GET.get("owner", ""), own)
    day = judged_day(now)
    mine = look_at(owner, day)
    proofs = proofs_of(item.finding for item in mine.items)
    return draw(
        request,
        "admin/deals/my_deals.html",
        title="My deals" if owner == own and own else f"Deals of {owner}" if owner else "Deals that need a look",
        items=[_shown(item, proofs) for item in mine.items],
        more=mine.more,
        without_rate=mine.without_rate,
        base_currency=Organisation.current().base_currency,
        day=day,
        is_today=day == timezone.localdate(),
        owner=owner,
        own=own,
        owners=_owners(),
        has_deals=Deal.objects.filter(is_current=True, is_closed=False).exists(),
        is_assessed=Assessment.objects.exists(),
        is_running=Run.objects.filter(pipeline="assess-deals", state__in=Run.ACTIVE).exists(),
        may_put_aside=may(request, "deals.add_snooze"),
        undo=_undo(request),
        days=_days(day),
        bands=_bands(owner),
    )


@require_POST
@page("deals.view_deal")
def put_aside(request: HttpRequest, deal_id: int, code: str) -> HttpResponse:
    """Mark a finding as done, or snooze it with a reason until a day."""
    require(request, "deals.add_snooze")
    deal = get_object_or_404(Deal.objects.visible_to(request.user), pk=deal_id)
    now = timezone.now()
    day = judged_day(now)
    if code not in BY_CODE:
        raise Http404("There is no such signal.")
    try:
        made = _put(request, deal, code, day)
    except snoozing.CannotSnooze as error:
        messages.error(request, str(error))
        return redirect(_back(request))
    reassess([deal.pk], now)
    return redirect(f"{_back(request)}{'&' if '?' in _back(request) else '?'}undo={made.pk}")


@require_POST
@page("deals.view_deal")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, "deals.change_snooze")
    ended = snoozing.take_back(pk, timezone.now())
    if ended is not None:
        reassess([ended.deal_id], timezone.now())
        messages.success(request, "Taken back.")
    return redirect(_back(request))


def _put(request: HttpRequest, deal: Deal, code: str, day: date) -> Snooze:
    user = person(request)
    now = timezone.now()
    if request.POST.get("act") == "done":
        return snoozing.done(deal.pk, code, by=user, today=day, now=now)
    until = request.POST.get("until", "")
    try:
        chosen = date.fromisoformat(until)
    except ValueError:
        raise snoozing.CannotSnooze(f"“{until[:20]}” is no day; write it as 2026-03-31.") from None
    return snoozing.snooze(
        deal.pk, code, until=chosen, reason=request.POST.get("reason", ""), by=user, today=day, now=now
    )


def _back(request: HttpRequest) -> str:
    """Where the form was sent from: a deal's page or the list."""
    deal = request.POST.get("deal", "")
    if deal.isdecimal():
        return reverse("admin:deals_deal_change", args=[int(deal)])
    owner = request.POST.get("owner", "")
    kept = f"?owner={owner}" if owner.isdecimal() or owner == EVERYBODY else ""
    return reverse("deals") + kept


def _owner(asked: str, own: Colleague | None) -> Colleague | None:
    """Whose deals are asked for: one's own by default, everybody's where nothing connects the login to a colleague."""
    if asked == EVERYBODY:
        return None
    if asked.isdecimal():
        return Colleague.objects.filter(pk=int(asked)).first()
    return own


def _owners() -> list[Colleague]:
    open_deals = Deal.objects.filter(is_current=True, is_closed=False, owner__isnull=False)
    return list(Colleague.objects.filter(pk__in=open_deals.values("owner")).order_by("name"))


def _undo(request: HttpRequest) -> Snooze | None:
    asked = request.GET.get("undo", "")
    if not asked.isdecimal():
        return None
    user = person(request)
    return Snooze.objects.filter(pk=int(asked), ended_at=None, by=user).select_related("deal").first()


def _days(day: date) -> dict[str, date]:
    return {"first": day + timedelta(days=1), "usual": day + timedelta(days=7), "last": day + LONGEST_SNOOZE}


def _bands(owner: Colleague | None) -> list[tuple[str, str, int]]:
    """(label, tone, number) of open deals in each band."""
    counts = dict.fromkeys(Assessment.Band.values, 0)
    for band in open_assessments(owner).order_by().values_list("band", flat=True):
        counts[band] += 1
    return [(label, tone_of(value), counts[value]) for value, label in Assessment.Band.choices]


def _shown(item: Item, proofs: dict[str, Proof]) -> dict[str, Any]:
    assessment, finding = item.assessment, item.finding
    return {
        "deal": assessment.deal,
        "account": assessment.deal.account,
        "amount": money(assessment.deal),
        "stage": assessment.deal.stage,
        "closes": assessment.deal.close_date,
        "owner": assessment.deal.owner,
        "health": assessment.health,
        "band": assessment.get_band_display(),
        "tone": tone_of(assessment.band),
        "code": finding.code,
        "sentence": finding.sentence,
        "step": finding.suggested_step,
        "is_red": finding.is_red,
        "proofs": [proofs[ref] for ref in finding.evidence if ref in proofs][:2],
    }
