"""Whether a question may be asked at all: the plan's checks, then the models that are left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from governance import plans
from governance.models import PlanState, PlanVersion
from governance.pending import Pending
from governance.plan_checks import Facts, Finding, PlanFacts, failures, gate, models, modes, stops, tokens
from governance.plan_spending import PlanSpending, plan_spending, recent_calls
from governance.questions import Outcome, Question, Tier
from governance.routes import Route, Routes
from governance.tokens import expected_input_tokens


@dataclass(frozen=True, kw_only=True)
class Admission:
    """The rules one task is under today: its plan version, also as facts, what its plan has cost, how its last calls
    went, the routes of each tier, and what the caller `observed`."""

    task: str
    day: date
    version: PlanVersion | None
    plan: PlanFacts | None
    routes: dict[Tier, Routes]
    spent: PlanSpending = field(default_factory=PlanSpending)
    calls: tuple[int, int] = (0, 0)
    observed: Mapping[str, Any] = field(default_factory=dict)

    def closed_because(self, tier: Tier) -> str:
        """A sentence when no question of the tier can be asked now, else empty."""
        found = failures(self._facts, (gate.check, modes.check, stops.check))
        if found:
            return found[0].sentence
        usable, why_none = self.usable(tier)
        return "" if usable else why_none

    def usable(self, tier: Tier) -> tuple[list[Route], str]:
        """The routes that the plan allows, the first to ask in front, or a sentence."""
        usable: list[Route] = []
        why_none = self.routes[tier].why_none
        for route in self.routes[tier].usable:
            asked = replace(self._facts, model=route.model.name, timeout_s=route.model.timeout_s)
            found = failures(asked, (models.check, tokens.check))
            if not found:
                usable.append(route)
            why_none = why_none or (found[0].sentence if found else "")
        return usable, why_none

    def check(self, question: Question, before_microusd: int = 0) -> tuple[Pending, list[Finding]]:
        """A question as far as the plan and the models allow it: open, or ended with the reason; and the findings.

        `before_microusd` is what the questions checked along with it can cost.
        """
        usable, why_none = self.usable(question.tier)
        longest = self._longest(question)
        pending = Pending(question=question, routes=usable, longest_output=longest)
        asked = self._asked(pending, before_microusd)
        # Too long an answer is shortened to what the plan allows, everything else stops the question.
        too_long = failures(replace(asked, max_output_tokens=question.max_output_tokens), (tokens.check_answer,))
        shortened = [replace(found, action="shortened") for found in too_long]
        found = failures(asked)
        if shortened:
            pending.facts["shortened_to_tokens"] = longest
        if found:
            pending.finish(Outcome.BLOCKED, found[0].sentence)
        elif not usable:
            pending.finish(Outcome.UNAVAILABLE, why_none)
        return pending, [*found, *shortened]

    @property
    def _facts(self) -> Facts:
        calls, failed = self.calls
        return Facts(task=self.task, day=self.day, plan=self.plan, calls=calls, failed_calls=failed, **self.observed)

    def _asked(self, pending: Pending, before_microusd: int) -> Facts:
        question = pending.question
        worst = pending.worst_case(pending.output_tokens_wanted) if pending.routes else None
        return replace(
            self._facts,
            sources=question.sources,
            fields=question.fields,
            # What the program itself says in a prompt is no secret of anybody's.
            text="\n".join(message.text for message in question.messages if message.role != "system"),
            examples=len(question.example_ids),
            oldest_example_months=question.oldest_example_months,
            is_opted_out=question.is_opted_out,
            input_tokens=expected_input_tokens(pending.messages, pending.schema),
            max_output_tokens=pending.longest_output,
            worst_case_microusd=worst,
            run_microusd=self.spent.run + before_microusd,
            day_microusd=self.spent.day + before_microusd,
            month_microusd=self.spent.month + before_microusd,
        )

    def _longest(self, question: Question) -> int:
        limit = self.plan.max_output_tokens if self.plan else None
        return question.max_output_tokens if limit is None else min(limit, question.max_output_tokens)


def admission(task: str, now: datetime, day: date, routes: dict[Tier, Routes], run_key: str) -> Admission:
    """The rules a task is under on a day."""
    version, plan = plans.governing(task, day)
    if plan is None:
        return Admission(task=task, day=day, version=version, plan=plan, routes=routes)
    tasks = plan.tasks
    return Admission(
        task=task,
        day=day,
        version=version,
        plan=plan,
        routes=routes,
        spent=plan_spending(tasks, day, run_key) if _has_ceiling(plan) else PlanSpending(),
        calls=recent_calls(tasks, now) if plan.max_provider_error_percent is not None else (0, 0),
    )


def under_draft(rules: Admission, draft: PlanVersion) -> Admission:
    """The same rules as if a draft were approved already: for what it would cost, never for asking."""
    facts = plans.plan_facts(draft)
    assert facts is not None
    begins = min(facts.valid_from, rules.day)
    approved = replace(facts, state=PlanState.APPROVED.value, is_unchanged=True, valid_from=begins)
    return replace(rules, version=draft, plan=approved, spent=PlanSpending(), calls=(0, 0))


def beyond_run_ceiling(rules: Admission) -> Admission:
    """The same rules for a run that somebody let pass the plan's ceiling per run; every other limit stands."""
    return replace(rules, plan=replace(rules.plan, max_run_microusd=None) if rules.plan else None)


def checked(rules: Admission, questions: Sequence[Question], run_key: str) -> list[Pending]:
    """Every question checked, in order; what the checks found is written down."""
    pendings: list[Pending] = []
    findings: list[Finding] = []
    before = 0
    is_counted = rules.plan is not None and _has_ceiling(rules.plan)
    for question in questions:
        pending, found = rules.check(question, before)
        if is_counted and pending.reply is None:
            before += pending.worst_case(pending.output_tokens_wanted)
        pendings.append(pending)
        findings += found
    if findings:
        plans.record(rules.version, findings, task=rules.task, run_key=run_key)
    return pendings


def _has_ceiling(plan: PlanFacts) -> bool:
    ceilings = (plan.max_run_microusd, plan.max_day_microusd, plan.monthly_microusd)
    return any(ceiling is not None for ceiling in ceilings)
