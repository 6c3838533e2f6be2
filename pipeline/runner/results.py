"""A model's verdict that would be accepted, against the plan: whether a person has to see it after all, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from governance import plans
from governance.models import Organisation, PlanVersion
from governance.plan_checks import At, Facts, Finding, failures
from governance.plan_limits import unread_by
from pipeline.models import Answer, Decision, Run
from pipeline.pipeline import Case, Pipeline, Verdict

FIRST = "first_20"
_FIRST_RESULTS = 20
# What does not keep a result back: it is noted, and that is all.
_NOTED = frozenset({"notice", "removed"})


@dataclass(kw_only=True)
class Results:
    """The plan's word on the results of one chunk. `first_left` of them are the first of a new version of the plan."""

    run: Run
    pipeline: Pipeline
    version: PlanVersion | None
    facts: Facts
    first_left: int = 0
    found: list[Finding] = field(default_factory=list)

    @property
    def tasks(self) -> list[str]:
        """The tasks that share this plan."""
        return self.version.tasks if self.version else [self.pipeline.name]

    def objection(self, case: Case, verdict: Verdict, observed: Mapping[str, Any] | None = None) -> str:
        """The reason code with which an accepted verdict goes to a person; empty where the plan lets it stand."""
        traits = self.pipeline.traits(case, verdict)
        facts = replace(
            self.facts,
            score_percent=100 * verdict.score,
            traits=traits | {FIRST} if self.first_left > 0 else traits,
            amount=self.pipeline.amount(case),
            **(observed or {}),
        )
        found = failures(facts)
        self.found += found
        stops = [one for one in found if one.action not in _NOTED]
        if not stops:
            return ""
        is_first = self.first_left > 0 and stops[0].line == 21
        self.first_left -= is_first
        return FIRST if is_first and not traits else f"plan:{stops[0].line}"

    def note(self, now: datetime) -> None:
        """Write down what was found, once per run."""
        if self.found:
            task = self.pipeline.name
            plans.record(self.version, self.found, at=At.OUTPUT, task=task, run_key=self.run.key, now=now)


def results_of(run: Run, pipeline: Pipeline, now: datetime) -> Results:
    """The plan as it stands now, and how many of its version's first results a person has yet to see."""
    day = Organisation.current().day(now)
    version = plans.governing(pipeline.name, day)[0]
    facts = plans.facts_for(
        version,
        at=At.OUTPUT,
        day=day,
        task=pipeline.name,
        is_accepted=True,
        purposes=pipeline.purposes,
        written_fields=pipeline.suggests,
        action=pipeline.action,
    )
    plan = facts.plan
    if plan is None:
        return Results(run=run, pipeline=pipeline, version=None, facts=facts)
    has_limits = bool(plan.known_limits.strip())
    unread = unread_by(version, _judges(version)) if has_limits and version else None
    facts = replace(facts, are_limits_shown=has_limits, limits_unread_by=unread)
    is_counted = FIRST in (plan.always_review or frozenset())
    return Results(
        run=run, pipeline=pipeline, version=version, facts=facts, first_left=_first_left(run) if is_counted else 0
    )


def _judges(version: PlanVersion) -> set[int]:
    """Who answered about the tasks' cases since the version was approved."""
    answers = Answer.objects.filter(pipeline__in=version.tasks, created_at__gte=version.approved_at)
    return set(answers.order_by().values_list("by", flat=True).distinct())


def _first_left(run: Run) -> int:
    same_version = Run.objects.filter(pipeline=run.pipeline, memory__plan=run.memory.get("plan", ""))
    seen = Decision.objects.filter(run__in=same_version.values("pk"), layer="person", reason=FIRST)
    return max(0, _FIRST_RESULTS - seen.count())
