"""The plan's checks every night: people, dates, money, errors, success; suspension where a line says so."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from governance import plan_drafts, plans
from governance.models import Attempt, Exchange, LanguageModel, Organisation, PlanVersion, Price, Rollup
from governance.models.findings import Moment
from governance.plan_checks import At, Finding
from governance.plan_checks.people import ACTION as OWNER_NOTICE
from governance.plan_checks.success import MISSED
from governance.plan_spending import plan_spending

NOTICE = timedelta(days=14)
BETWEEN_MISSES = timedelta(days=28)
_DAYS_LOOKED_AT = 14
# A purge runs once a day; only what two nights left over is overdue.
_PURGE_SLACK = timedelta(days=2)


def check_night(version: PlanVersion, now: datetime | None = None, **observed: Any) -> list[Finding]:
    """Check one version in force; `observed` are the facts that only its tasks' owner knows. Suspends it after 14 days
    without an active owner and after two missed targets, four weeks apart."""
    now = now or timezone.now()
    day = Organisation.current().day(now)
    known = _facts(version, day, now)
    changes = known["changes"] | observed.get("changes", frozenset())
    facts = plans.facts_for(version, at=At.NIGHTLY, day=day, **{**known, **observed, "changes": changes})
    is_counted = _is_target_due(version, now)
    found = plans.check(version, facts, now=now)
    if _has_lasted(version, now) or (is_counted and _misses(version, now) >= 2):
        version.suspend()
    return found


def _facts(version: PlanVersion, day: date, now: datetime) -> dict[str, Any]:
    spent = plan_spending(version.tasks, day)
    return {
        "members": plan_drafts.members(day),
        "other_plans": plans.other_plans(version, day),
        "month_microusd": spent.month,
        "month_forecast_microusd": _month_end(version, day, spent.month),
        "overdue_purges": Exchange.objects.filter(purge_after__lt=now - _PURGE_SLACK).count(),
        "changes": _changes(version),
    }


def _month_end(version: PlanVersion, day: date, spent: int) -> int:
    """What the month will come to at the pace of the last two weeks."""
    since = day - timedelta(days=_DAYS_LOOKED_AT)
    recent = Rollup.objects.filter(task__in=version.tasks, day__gt=since, day__lte=day)
    pace = (recent.aggregate(cost=Sum("cost_microusd", default=0))["cost"] or 0) / _DAYS_LOOKED_AT
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return spent + round(pace * (following - day).days)


def _changes(version: PlanVersion) -> frozenset[str]:
    """What differs from when the version was approved."""
    approved = version.approved_at
    if approved is None:
        return frozenset()
    named = version.fields.get("models")
    used = LanguageModel.objects.filter(name__in=named) if isinstance(named, list) else _asked(version)
    changes = set()
    if Price.objects.filter(model__in=used, valid_from__gt=approved.date()).exists():
        changes.add("price")
    if used.filter(is_enabled=False).exists():
        changes.add("retirement")
    return frozenset(changes)


def _asked(version: PlanVersion) -> QuerySet[LanguageModel]:
    """The models that were asked under a version that names none."""
    return LanguageModel.objects.filter(pk__in=Attempt.objects.filter(plan_version=version).values("model"))


def _has_lasted(version: PlanVersion, now: datetime) -> bool:
    """Whether line 2 has failed for fourteen days without holding in between."""
    of_line = version.findings.filter(line=2, moment=Moment.NIGHTLY)
    held = of_line.filter(is_passed=True).order_by("-pk").first()
    failing = of_line.filter(is_passed=False, action=OWNER_NOTICE, pk__gt=held.pk if held else 0)
    first = failing.order_by("pk").first()
    return first is not None and now - first.recorded_at >= NOTICE


def _is_target_due(version: PlanVersion, now: datetime) -> bool:
    """Whether the target's date has come: before it nothing is a miss."""
    facts = plans.plan_facts(version)
    return bool(facts and facts.target_date and facts.target_date <= Organisation.current().day(now))


def _misses(version: PlanVersion, now: datetime) -> int:
    """Misses of line 25 at least four weeks apart since it held last."""
    of_line = version.findings.filter(line=25, moment=Moment.NIGHTLY)
    held = of_line.filter(is_passed=True).order_by("-pk").first()
    failing = of_line.filter(is_passed=False, action=MISSED, pk__gt=held.pk if held else 0)
    counted = 0
    last: datetime | None = None
    for at in failing.order_by("pk").values_list("recorded_at", flat=True):
        if last is None or at - last >= BETWEEN_MISSES:
            counted, last = counted + 1, at
    return counted
