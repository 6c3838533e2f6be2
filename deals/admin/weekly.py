"""The weekly report on one page, and the same as an e-mail to those who asked for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from deals.models import ReportReader
from deals.signals.reassessing import judged_day
from deals.signals.week import rows, week_of
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
