"""Telling a budget's owner in time: at 80 % of a limit, when nothing further fits, and when the forecast passes it.

Each alert is a row that exists at most once per budget, so settling, refusing and the job by the clock may all find the
same thing at once. E-mail goes out from the job, never from a settlement.
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db.models import Min, Sum
from django.utils import timezone

from governance import forecast
from governance.models import Alert, AlertKind, Budget, Organisation, Rollup
from governance.months import following_month

logger = logging.getLogger(__name__)

_NEAR_PERCENT = 80
_DAYS_LOOKED_AT = 14
# A mail server that is down for longer than this is somebody else's alert.
_MAIL_TRIED_FOR = timedelta(days=2)
_CLAIM_LASTS = timedelta(minutes=10)


def after_spending(budget_id: int, *, spent: int, limit: int, added: int) -> None:
    """Raise what a settlement has crossed: `spent` is the budget's sum after `added` micro-dollars were booked."""
    for kind in _reached(spent, limit):
        if kind not in _reached(spent - added, limit):
            Alert.objects.record(budget_id, kind, spent=spent, limit=limit)


def refused(budget: Budget) -> None:
    """A question did not fit and will not this month."""
    Alert.objects.record(budget.pk, AlertKind.FULL, spent=budget.spent_microusd, limit=budget.limit_microusd)


def watch(now: datetime) -> int:
    """Raise what settlements can't see: lowered limits and forecasts that pass them. Returns how many are new."""
    day = Organisation.current().day(now)
    budgets = list(Budget.objects.filter(month=day.replace(day=1)))
    known = set(Alert.objects.filter(budget__in=budgets).values_list("budget", "kind"))
    expected = month_ends(budgets, day)
    before = Alert.objects.count()
    for budget in budgets:
        kinds = _reached(budget.spent_microusd, budget.limit_microusd)
        end = expected.get(budget.pk)
        if end is not None and end > budget.limit_microusd > budget.spent_microusd:
            kinds = [*kinds, AlertKind.FORECAST]
        for kind in kinds:
            if (budget.pk, kind.value) not in known:
                Alert.objects.record(
                    budget.pk,
                    kind,
                    spent=budget.spent_microusd,
                    limit=budget.limit_microusd,
                    expected=end if kind is AlertKind.FORECAST else None,
                )
    return Alert.objects.count() - before


def month_ends(budgets: Sequence[Budget], day: date) -> dict[int, int]:
    """Micro-dollars that budgets of `day`'s month will come to at the pace of the last two weeks, where it is known."""
    first = day - timedelta(days=_DAYS_LOOKED_AT)
    rows = Rollup.objects.filter(day__gte=first, day__lt=day).order_by().values_list("model", "day")
    by_model: dict[int | None, dict[date, int]] = {}
    for model_id, on, cost in rows.annotate(cost=Sum("cost_microusd")):
        for whose in (model_id, None):
            days = by_model.setdefault(whose, {})
            days[on] = days.get(on, 0) + cost
    begun = _first_days()
    days_left = (following_month(day.replace(day=1)) - day).days
    ends = {}
    for budget in budgets:
        costs, since = by_model.get(budget.model_id, {}), max(first, begun.get(budget.model_id, day))
        daily = [costs.get(since + timedelta(days=n), 0) for n in range((day - since).days)]
        end = forecast.month_end(budget.spent_microusd, daily, days_left)
        if end is not None:
            ends[budget.pk] = end
    return ends


def _first_days() -> dict[int | None, date]:
    """The first day of spending on record per model, and of all (None)."""
    found: dict[int | None, date] = dict(Rollup.objects.order_by().values_list("model").annotate(first=Min("day")))
    return found | ({None: min(found.values())} if found else {})


def _reached(spent: int, limit: int) -> list[AlertKind]:
    if not limit or 100 * spent < _NEAR_PERCENT * limit:
        return []
    return [AlertKind.NEAR, AlertKind.FULL] if spent >= limit else [AlertKind.NEAR]


def of(user: Any, month: date) -> list[Alert]:
    """What a user is to be shown of a month: alerts about budgets that are theirs, or nobody's and theirs to set."""
    if not user.has_perm("governance.change_budget"):
        return []
    alerts = Alert.objects.undismissed().filter(budget__month=month)
    return [alert for alert in alerts if _owner(alert.budget) in (None, user)]


def dismiss(alert: Alert, by: Any) -> None:
    """Show it no more; that it was given stays on record."""
    Alert.objects.filter(pk=alert.pk, dismissed_at=None).update(dismissed_at=timezone.now(), dismissed_by=by)


def deliver(now: datetime) -> int:
    """Send the e-mails that are due, each by one worker; none where no mail server is set. Returns how many went."""
    if not settings.EMAIL_HOST:
        return 0
    due = Alert.objects.undismissed().filter(mailed_at=None, created_at__gt=now - _MAIL_TRIED_FOR)
    return sum(_mail(alert, now) for alert in due)


def _mail(alert: Alert, now: datetime) -> bool:
    to = _addresses(alert.budget)
    unclaimed = Alert.objects.filter(pk=alert.pk, mailed_at=None)
    free = unclaimed.filter(claimed_at=None) | unclaimed.filter(claimed_at__lt=now - _CLAIM_LASTS)
    if not to or not free.update(claimed_at=now):
        return False
    text = f"{alert.sentence}\n\nLimits are set in Winnow under Money."
    try:
        send_mail(f"Winnow: {alert.get_kind_display()} ({alert.budget})", text, None, to)
    except OSError as err:  # smtplib's errors are OSErrors; the next round tries again
        logger.warning("The alert about %s could not be sent: %s", alert.budget, err)
        return False
    return bool(Alert.objects.filter(pk=alert.pk).update(mailed_at=now))


def _addresses(budget: Budget) -> list[str]:
    owner = _owner(budget)
    if owner is not None:
        return [owner.email] if owner.email else []
    people = get_user_model().objects.with_perm("governance.change_budget", include_superusers=False)
    return sorted({person.email for person in people if person.email})


def _owner(budget: Budget) -> Any:
    """Who set the limit last, if that person is still here; else None: whoever may set it."""
    return budget.owner if budget.owner is not None and budget.owner.is_active else None
