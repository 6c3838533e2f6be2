"""Which deals deserve a look today: the heaviest finding of each that nobody put aside, in the order of attention."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from deals.models import Assessment, Colleague, Snooze
from deals.signals.finding import Finding
from deals.signals.health import health_of

MOST = 7
# More than this many of the list are done or snoozed only where somebody has worked through it: enough to look at.
_LOOKED_AT = 60


@dataclass(frozen=True, kw_only=True)
class Item:
    """A deal of the list with the finding that is told about it."""

    assessment: Assessment
    finding: Finding
    points: int


@dataclass(frozen=True, kw_only=True)
class Mine:
    """At most seven items, and how many more open deals have something to tell."""

    items: tuple[Item, ...]
    more: int
    without_rate: int


def colleague_of(user: Any) -> Colleague | None:
    """Whose deals are the user's: the colleague tied to the login, else the one with the same address."""
    tied = Colleague.objects.filter(user=user).first()
    if tied is None and user.email:
        tied = Colleague.objects.filter(user=None, email__iexact=user.email).first()
    return tied


def open_assessments(owner: Colleague | None = None) -> QuerySet[Assessment]:
    """The latest assessments of open deals, those that need a look first in front."""
    found = Assessment.objects.filter(is_latest=True, deal__is_current=True, deal__is_closed=False)
    if owner is not None:
        found = found.filter(deal__owner=owner)
    return found.order_by("-attention", "health", "-pk")


def look_at(owner: Colleague | None, today: date) -> Mine:
    """The list for one colleague, or for everybody."""
    standing = open_assessments(owner).filter(health__lt=100)
    rows = list(standing.select_related("deal__account", "deal__owner", "decision")[:_LOOKED_AT])
    aside = _put_aside([row.deal_id for row in rows], today)
    items = [item for row in rows if (item := _item(row, aside.get(row.deal_id, frozenset()))) is not None]
    return Mine(
        items=tuple(items[:MOST]),
        more=max(0, standing.count() - len(items[:MOST])),
        without_rate=open_assessments(owner).filter(base_amount=None, deal__amount__isnull=False).count(),
    )


def _put_aside(deal_ids: Collection[int], today: date) -> Mapping[int, frozenset[str]]:
    rows = Snooze.objects.filter(deal__in=deal_ids, ended_at=None, since__lte=today, until__gt=today)
    found: dict[int, set[str]] = {}
    for deal, code in rows.values_list("deal_id", "code"):
        found.setdefault(deal, set()).add(code)
    return {deal: frozenset(codes) for deal, codes in found.items()}


def _item(assessment: Assessment, aside: frozenset[str]) -> Item | None:
    health = health_of(Finding.from_json(one) for one in assessment.decision.evidence["findings"])
    line = next((line for line in health.lines if line.code not in aside), None)
    return Item(assessment=assessment, finding=line.finding, points=line.full) if line else None
