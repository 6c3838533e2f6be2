"""The plan a task runs under, as facts for the checks; and the record of what the checks found."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from governance.models import PlanFinding, PlanVersion
from governance.models.findings import Moment
from governance.plan_checks import Finding, PlanFacts


def plan_facts(version: PlanVersion | None) -> PlanFacts | None:
    """A stored version as the checks see it; None when there is none. A limit of the wrong type allows nothing."""
    if version is None:
        return None
    return PlanFacts(
        name=version.plan.name,
        number=version.number,
        state=version.state,
        is_unchanged=version.is_unchanged,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        tasks=frozenset(version.tasks),
        models=_names(version.fields.get("models")),
        sources=_names(version.fields.get("sources")),
        fields_out=_names(version.fields.get("fields_out")),
        max_output_tokens=_tokens(version.fields.get("max_output_tokens")),
    )


def governing(task: str, day: date) -> tuple[PlanVersion | None, PlanFacts | None]:
    """The plan version a task runs under on a day, and the same as facts."""
    version = PlanVersion.objects.governing(task, day)
    return version, plan_facts(version)


def record(version: PlanVersion | None, findings: Iterable[Finding], *, task: str, run_key: str) -> None:
    """Write a row per finding made before a question; the same line is written once per run and task."""
    known = set(PlanFinding.objects.filter(run_key=run_key, task=task).values_list("line", "observed"))
    rows = {
        (finding.line, finding.observed[:300]): PlanFinding(
            plan_version=version,
            line=finding.line,
            moment=Moment.CALL,
            task=task,
            run_key=run_key,
            observed=finding.observed[:300],
            limit=finding.limit[:300],
            action=finding.action,
            sentence=finding.sentence[:600],
        )
        for finding in findings
        if (finding.line, finding.observed[:300]) not in known
    }
    PlanFinding.objects.bulk_create(rows.values())


def _names(value: Any) -> frozenset[str] | None:
    if value is None:
        return None
    return frozenset(item for item in value if isinstance(item, str)) if isinstance(value, list) else frozenset()


def _tokens(value: Any) -> int | None:
    if value is None:
        return None
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
