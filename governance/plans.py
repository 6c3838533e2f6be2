"""The plan a task runs under, as facts for the checks; and the record of what the checks found."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Q

from governance.models import Organisation, PlanFinding, PlanState, PlanVersion
from governance.models.findings import Moment
from governance.plan_answers import plan_facts
from governance.plan_checks import At, Facts, Finding, PlanFacts, failures

__all__ = ["check", "facts_for", "failing", "governing", "in_force", "other_plans", "plan_facts", "record"]


def governing(task: str, day: date) -> tuple[PlanVersion | None, PlanFacts | None]:
    """The plan version a task runs under on a day, and the same as facts."""
    version = PlanVersion.objects.governing(task, day)
    return version, plan_facts(version)


def in_force(day: date) -> list[PlanVersion]:
    """The last decided version of each plan, as far as it is approved and has begun."""
    last: dict[int, PlanVersion] = {}
    decided = PlanVersion.objects.exclude(state=PlanState.DRAFT).filter(valid_from__lte=day)
    for version in decided.select_related("plan").order_by("approved_at"):
        last[version.plan_id] = version
    return [version for version in last.values() if version.state == PlanState.APPROVED]


def other_plans(version: PlanVersion, day: date) -> dict[str, str]:
    """Task → the name of another plan in force that covers it."""
    others = [other for other in in_force(day) if other.plan_id != version.plan_id and other.valid_until >= day]
    return {task: other.plan.name for other in others for task in other.tasks}


def facts_for(version: PlanVersion | None, *, at: At, day: date, task: str = "", **observed: object) -> Facts:
    """The facts of a moment; `observed` are further fields of `Facts`."""
    return Facts(at=at, day=day, plan=plan_facts(version), task=task, **observed)  # type: ignore[arg-type]


def failing(version: PlanVersion | None, *, at: At, day: date, task: str = "", **observed: object) -> list[Finding]:
    """What would be found, without writing it down."""
    return failures(facts_for(version, at=at, day=day, task=task, **observed))


def check(version: PlanVersion, facts: Facts, *, run_key: str = "", subject: str = "", now: datetime) -> list[Finding]:
    """Check a version at the moment of `facts`; failures are written down, and that a line holds again."""
    found = failures(facts)
    record(version, found, at=facts.at, task=facts.task, run_key=run_key, subject=subject, now=now)
    if facts.at in (At.RUN, At.NIGHTLY, At.SAVING):
        _record_recovered(version, {finding.line for finding in found}, facts)
    return found


def open_findings(version: PlanVersion, at: At) -> list[PlanFinding]:
    """The last finding of each line that did not hold when it was last checked at this moment, in order."""
    last = {finding.line: finding for finding in version.findings.filter(moment=at.value).order_by("pk")}
    return [last[line] for line in sorted(last) if not last[line].is_passed]


def failing_lines(version: PlanVersion, at: At) -> set[int]:
    """The lines that did not hold when they were last checked at this moment."""
    return {finding.line for finding in open_findings(version, at)}


def record(
    version: PlanVersion | None,
    findings: Iterable[Finding],
    *,
    at: At = At.CALL,
    task: str,
    run_key: str = "",
    subject: str = "",
    now: datetime | None = None,
) -> None:
    """Write a row per finding; the same thing seen is written once per run and task, without a run once a day."""
    known = PlanFinding.objects.filter(moment=at.value, task=task, run_key=run_key, is_passed=False)
    if version is not None:
        known = known.filter(plan_version=version)
    if not run_key and now is not None:
        known = known.filter(recorded_at__gte=_begin_of_day(now))
    seen = set(known.values_list("line", "observed"))
    rows = {
        (finding.line, finding.observed[:300]): PlanFinding(
            plan_version=version,
            line=finding.line,
            moment=Moment(at.value),
            task=task,
            run_key=run_key,
            subject=subject[:200],
            observed=finding.observed[:300],
            limit=finding.limit[:300],
            action=finding.action[:300],
            sentence=finding.sentence[:600],
        )
        for finding in findings
        if (finding.line, finding.observed[:300]) not in seen
    }
    PlanFinding.objects.bulk_create(rows.values())


def _record_recovered(version: PlanVersion, failing: set[int], facts: Facts) -> None:
    """A row for each line that failed when last checked at this moment and holds now."""
    last: dict[int, bool] = {}
    of_moment = version.findings.filter(moment=facts.at.value).filter(Q(task=facts.task) | Q(task=""))
    for line, is_passed in of_moment.order_by("pk").values_list("line", "is_passed"):
        last[line] = is_passed
    PlanFinding.objects.bulk_create(
        PlanFinding(
            plan_version=version,
            line=line,
            moment=Moment(facts.at.value),
            task=facts.task,
            is_passed=True,
            sentence=f"Line {line} holds again.",
        )
        for line, is_passed in last.items()
        if not is_passed and line not in failing and not _is_unknown(line, facts)
    )


def _is_unknown(line: int, facts: Facts) -> bool:
    # What can't be measured tonight is neither reached nor missed.
    unmeasured = {25: facts.metric_value is None, 23: facts.silent_error_percent is None}
    return unmeasured.get(line, False)


def _begin_of_day(now: datetime) -> datetime:
    organisation = Organisation.current()
    return datetime.combine(organisation.day(now), time.min, tzinfo=organisation.zone)
