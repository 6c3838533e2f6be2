"""The weekly report on one page, and the same as an e-mail to those who asked for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from deals.admin.deals import money
from deals.admin.findings import tone_of
from deals.models import ReportReader
from deals.signals.reassessing import judged_day
from deals.signals.week import Week, week_of
from governance.pages import draw, page, person


@page("deals.view_deal")
def weekly_page(request: HttpRequest) -> HttpResponse:
    """The week; a POST asks for its e-mail, or for no more of them."""
    user = person(request)
    if request.method == "POST":
        if request.POST.get("mail") == "1":
            ReportReader.objects.get_or_create(user=user)
        else:
            ReportReader.objects.filter(user=user).delete()
        return redirect("weekly_report")
    now = timezone.now()
    week = week_of(judged_day(now), now)
    return draw(
        request,
        "admin/deals/week.html",
        title="The week",
        week=week,
        worst=rows(week),
        is_reader=ReportReader.objects.filter(user=user).exists(),
        address=user.email,
    )


def rows(week: Week) -> list[dict[str, Any]]:
    """The deals at risk as the page and the e-mail show them."""
    return [
        {
            "deal": item.assessment.deal,
            "sentence": item.finding.sentence,
            "amount": money(item.assessment.deal),
            "health": item.assessment.health,
            "band": item.assessment.get_band_display(),
            "tone": tone_of(item.assessment.band),
        }
        for item in week.worst
    ]
