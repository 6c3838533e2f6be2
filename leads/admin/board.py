"""Leads by owner: who has what, what is late, who has room."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from deals.models import Colleague
from governance.pages import draw, may, page
from leads.models import Lead, LeadSeat

_WORKED = (Lead.Status.OWNER, Lead.Status.PATH, Lead.Status.ACCEPTED)
SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Column:
    """One owner's leads, the most urgent first; `owner` None for those nobody has."""

    owner: Colleague | None
    leads: list[Lead]
    held: int
    late: int
    capacity: int | None

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.held / self.capacity)) if self.capacity else 0


@page("leads.view_lead")
def lead_board(request: HttpRequest) -> HttpResponse:
    here = Lead.objects.visible_to(request.user).filter(is_current=True, status__in=_WORKED)
    late = Q(due_at__lt=timezone.now())
    counted = {
        row["owner"]: (row["held"], row["late"])
        for row in here.order_by().values("owner").annotate(held=Count("id"), late=Count("id", filter=late))
    }
    seats = dict(LeadSeat.objects.filter(is_taking=True).values_list("colleague_id", "capacity"))
    owners = Colleague.objects.filter(pk__in={*counted, *seats} - {None}).order_by("name")
    columns = [_column(here, one, counted, seats) for one in (None, *owners)]
    return draw(
        request,
        "admin/leads/board.html",
        title="Leads by owner",
        columns=[one for one in columns if one.held or one.owner],
        has_leads=Lead.objects.filter(is_current=True).exists(),
        has_seats=bool(seats),
        may_seat=may(request, "leads.add_leadseat"),
        may_import=may(request, "pipeline.add_batch"),
        now=timezone.now(),
        more=SHOWN,
    )


def _column(here: Any, owner: Colleague | None, counted: Any, seats: Any) -> Column:
    key = owner.pk if owner else None
    held, late = counted.get(key, (0, 0))
    first = here.filter(owner=owner).order_by("due_at", "grade", "-heat", "id")[:SHOWN] if held else ()
    return Column(owner=owner, leads=list(first), held=held, late=late, capacity=seats.get(key))
