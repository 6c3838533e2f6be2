"""The quarter: commit and best case by owner beside what the evidence lets expect."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from deals.models import Deal
from deals.signals.assessing import current_settings
from deals.signals.backdrop import backdrop_of, load_rates
from deals.signals.case import DealCase
from deals.signals.quarter import Promise, quarter_of, totals
from deals.signals.reassessing import judged_day
from deals.signals.rules.forecast_mismatch import category_of
from governance.models import Organisation
from governance.pages import draw, page


@page("deals.view_deal")
def quarter_page(request: HttpRequest) -> HttpResponse:
    day = judged_day(timezone.now())
    first, last = quarter_of(_asked(request.GET.get("from", "")) or day)
    found = promises(first, last, day)
    return draw(
        request,
        "admin/deals/quarter.html",
        title=f"Quarter {(first.month + 2) // 3} of {first.year}",
        lines=totals(found) if found else [],
        first=first,
        last=last,
        before=first - timedelta(days=1),
        after=last + timedelta(days=1),
        day=day,
        base_currency=Organisation.current().base_currency,
    )


def promises(first: date, last: date, day: date) -> list[Promise]:
    """Deals that close, or were closed, in these days, as they stand now."""
    deals = Deal.objects.filter(is_current=True, close_date__range=(first, last))
    rows = deals.values_list(
        "owner__name", "forecast_category", "amount", "currency", "is_won", "is_closed", "stage", "pipeline", "pk"
    )
    health = dict(deals.filter(assessments__is_latest=True).values_list("pk", "assessments__health"))
    backdrop, rates = backdrop_of(day, current_settings()), load_rates()

    def rate(pk: int, stage: str, pipeline: str) -> float | None:
        state = backdrop.states.get(pk)
        if state is None:
            return None
        stages, peers = backdrop.stages_of(pipeline), backdrop.peers_of(state)
        return DealCase(deal_id=pk, as_of=day, stage=stage, stages=stages, peers=peers).stage_rate

    return [
        Promise(
            owner=owner or "Nobody",
            category=category_of(category),
            base_amount=rates.convert(float(amount) if amount is not None else None, currency, day),
            is_won=is_won,
            is_lost=is_closed and not is_won,
            rate=rate(pk, stage, pipeline),
            health=health.get(pk),
        )
        for owner, category, amount, currency, is_won, is_closed, stage, pipeline, pk in rows
    ]


def _asked(text: str) -> Any:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
