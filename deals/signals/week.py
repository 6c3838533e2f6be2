"""The week for the founder: three numbers, the deals at risk, and what AI cost and saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Subquery, Sum, Value, When

from deals.briefs.marks import Marks, marks_of
from deals.models import Assessment, Brief, Deal
from deals.shown import money, tone_of
from deals.signals.backdrop import load_rates
from deals.signals.mine import Item, look_at, open_assessments
from governance.models import Organisation
from governance.spending import month_of_spending
from pipeline.models import Decision

WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Week:
    """`moved` are open deals whose band fell or rose against the week before: (deal, band before, band now)."""

    day: date
    currency: str
    won: float
    won_deals: int
    open_amount: float
    open_deals: int
    at_risk: float
    at_risk_deals: int
    without_rate: int
    fell: Sequence[tuple[Deal, str, str]]
    worst: Sequence[Item]
    ai_microusd: int
    is_practice: bool
    by_rules: int
    by_models: int
    briefs: Marks


def week_of(day: date, now: datetime) -> Week:
    """The seven days up to `day`."""
    rates, organisation = load_rates(), Organisation.current()
    won = Deal.objects.filter(is_current=True, is_won=True, close_date__gt=day - WEEK, close_date__lte=day)
    amounts = [rates.convert(float(one.amount), one.currency, day) for one in won if one.amount is not None]
    standing = open_assessments()
    risky = standing.filter(band__in=(Assessment.Band.AT_RISK, Assessment.Band.CRITICAL))
    month = month_of_spending(organisation.month(now))
    decided = Decision.objects.filter(created_at__gt=now - WEEK, by=None).exclude(layer="person")
    real = month.total(is_practice=False)
    return Week(
        day=day,
        currency=organisation.base_currency,
        won=sum(one for one in amounts if one is not None),
        won_deals=won.count(),
        open_amount=standing.aggregate(sum=Sum("base_amount", default=0.0))["sum"],
        open_deals=standing.count(),
        at_risk=risky.aggregate(sum=Sum("base_amount", default=0.0))["sum"],
        at_risk_deals=risky.count(),
        without_rate=standing.filter(base_amount=None).count(),
        fell=_fell(day),
        worst=look_at(None, day).items,
        ai_microusd=real or month.total(is_practice=True),
        is_practice=not real and month.total(is_practice=True) > 0,
        by_rules=decided.filter(is_model=False).exclude(layer="signals").count(),
        by_models=decided.filter(is_model=True).count(),
        briefs=marks_of(Brief.objects.filter(written_at__gt=now - WEEK)),
    )


_ORDER = [Assessment.Band.GOOD, Assessment.Band.WATCH, Assessment.Band.AT_RISK, Assessment.Band.CRITICAL]
MOST_MOVED = 10


def _fell(day: date) -> list[tuple[Deal, str, str]]:
    """Open deals whose colour is worse than a week before, the worst first."""
    earlier = Assessment.objects.filter(deal=OuterRef("deal"), as_of__lte=day - WEEK).order_by("-as_of", "-pk")
    worse = (
        open_assessments()
        .annotate(before=Subquery(earlier.values("band")[:1]))
        .annotate(then=_rank("before"), now=_rank("band"))
        .filter(now__gt=F("then"))
    )
    found = worse.select_related("deal").order_by("health", "deal_id")[:MOST_MOVED]
    return [(one.deal, Assessment.Band(one.before).label, one.get_band_display()) for one in found]


def _rank(band: str) -> Case:
    """0 for the best colour; None where there was none."""
    ranks = (When(**{band: colour}, then=Value(place)) for place, colour in enumerate(_ORDER))
    return Case(*ranks, default=None, output_field=IntegerField())


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
