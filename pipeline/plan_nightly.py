"""What plans are checked against at night and only their tasks know: shares, answers, waiting questions, success."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from governance.models import Organisation, PlanVersion
from governance.plan_mail import tell
from governance.plan_nightly import check_night
from governance.plan_spending import plan_spending
from governance.plans import in_force, plan_facts
from pipeline import audits, registry
from pipeline.layers import Aliases
from pipeline.models import Decision, Review, Run, Subject
from pipeline.plan_changes import changes
from pipeline.plan_drill import age_days, drill_all
from pipeline.plan_facts import reviewers, task_titles
from pipeline.plan_history import judged, stop_facts
from pipeline.plan_month import tell_month
from pipeline.runner.memory import freeze, recall
from pipeline.worth import overturned

_WEEK = timedelta(days=7)
_QUARTER = timedelta(days=90)
# Fewer answers than these say nothing about success.
_ENOUGH_ANSWERS = 30


def check_plans(now: datetime | None = None) -> int:
    """Check every plan in force; how many findings there were."""
    now = now or timezone.now()
    versions = in_force(Organisation.current().day(now))
    for version in versions:
        drill_all(version, now)
    found = 0
    for version in versions:
        found += len(check_night(version, now, **observe(version, now)))
        tell(version, now)
        tell_month(version, now)
    return found


def observe(version: PlanVersion, now: datetime) -> dict[str, Any]:
    """The facts of a version's tasks; None where too little happened to say."""
    tasks = version.tasks
    week = Decision.objects.filter(subject__pipeline__in=tasks, run__isnull=False, created_at__gte=now - _WEEK)
    # A case a model was asked about counts as AI's, also where a person had to decide it in the end.
    asked = week.filter(Q(is_model=True) | Q(reason__in=("models_unsure", "below_threshold")))
    answers = judged(tasks)
    return {
        "known_tasks": frozenset(task_titles()),
        "items": week.count(),
        "ai_items": asked.count(),
        "reviewers": reviewers(),
        "overdue_reviews": _overdue(version, now),
        "metric_value": _metric(version, answers, now),
        "is_stopped": Organisation.current().is_ai_stopped,
        **stop_facts(tasks, now),
        **_checks(version, now),
        "drill_age_days": age_days(version, now),
        "repeated_corrections": _disputed(version, now),
        "changes": changes(version),
    }


def _checks(version: PlanVersion, now: datetime) -> dict[str, Any]:
    """Blind checks: of the task that lags behind most, and the worst bound that enough of them prove."""
    facts = plan_facts(version)
    if facts is None or facts.audit_percent is None or not version.tasks:
        return {}
    for task in version.tasks:
        audits.draw(task, now)
    lagging = max((audits.due_by(task, facts, now) for task in version.tasks), key=lambda one: one.due - one.checked)
    proven = audits.checked(version.tasks, now).values()
    bounds = [one.most_percent for one in proven if one.checked >= audits.ENOUGH and one.most_percent is not None]
    return {
        "audits_due": lagging.accepted,
        "audits_drawn": lagging.checked,
        "silent_error_percent": max(bounds, default=None),
    }


def _disputed(version: PlanVersion, now: datetime) -> int:
    """Pairs of names that were corrected alike often enough for an alias, but otherwise too."""
    known = registry.pipelines()
    return sum(
        layer.disputed(recall(Run(pipeline=task, memory=freeze(known[task], now), created_at=now), known[task]))
        for task in version.tasks if task in known
        for layer in known[task].layers if isinstance(layer, Aliases)
    )  # fmt: skip


def _overdue(version: PlanVersion, now: datetime) -> int:
    facts = plan_facts(version)
    if facts is None or facts.review_days is None:
        return 0
    since = now - timedelta(days=facts.review_days)
    return Review.objects.filter(pipeline__in=version.tasks, closed_at=None, opened_at__lt=since).count()


def success_now(version: PlanVersion, now: datetime) -> float | None:
    """The success measure's value, in its unit; None where too little happened to say."""
    return _metric(version, judged(version.tasks), now)


def _metric(version: PlanVersion, answers: list[bool], now: datetime) -> float | None:
    facts = plan_facts(version)
    metric = facts.metric if facts else ""
    standing = Subject.objects.filter(pipeline__in=version.tasks, decision__is_model=True)
    if metric == "acceptance" and len(answers) >= _ENOUGH_ANSWERS:
        return 100 * (1 - sum(answers) / len(answers))
    if metric == "cost_per_result" and (accepted := standing.count()) >= _ENOUGH_ANSWERS:
        day = Organisation.current().day(now)
        return plan_spending(version.tasks, day).month / accepted / 1_000_000
    if metric == "minutes_saved":
        minutes = version.fields.get("before_minutes")
        week = Decision.objects.filter(
            subject__pipeline__in=version.tasks, run__isnull=False, created_at__gte=now - _WEEK
        )
        return week.exclude(layer="person").count() * minutes if isinstance(minutes, int | float) else None
    if metric == "false_links":
        return _false_links(version, now)
    known = registry.pipelines()
    return next(
        (
            known[task].measures[metric](now)
            for task in version.tasks
            if task in known and metric in known[task].measures
        ),
        None,
    )


def _false_links(version: PlanVersion, now: datetime) -> float | None:
    """Percent of the links made without a person in the last 90 days that a person undid."""
    made = Decision.objects.filter(
        subject__pipeline__in=version.tasks, by=None, label="same", created_at__gte=now - _QUARTER
    )
    number = made.count()
    return 100 * overturned(made).count() / number if number >= _ENOUGH_ANSWERS else None
