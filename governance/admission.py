"""Whether a question may be asked at all: the plan's checks, then the models that are left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from governance import plans
from governance.models import PlanVersion
from governance.pending import Pending
from governance.plan_checks import Facts, Finding, PlanFacts, failures, gate, models, output_tokens
from governance.questions import Outcome, Question, Tier
from governance.routes import Route, Routes


@dataclass(frozen=True, kw_only=True)
class Admission:
    """The rules one task is under today: its plan version, also as facts, and the routes of each tier."""

    task: str
    day: date
    version: PlanVersion | None
    plan: PlanFacts | None
    routes: dict[Tier, Routes]

    def closed_because(self, tier: Tier) -> str:
        """A sentence when no question of the tier can be asked now, else empty."""
        found = failures(self._facts, (gate.check,))
        if found:
            return found[0].sentence
        usable, why_none = self.usable(tier)
        return "" if usable else why_none

    def usable(self, tier: Tier) -> tuple[list[Route], str]:
        """The routes that the plan allows, the first to ask in front, or a sentence."""
        usable: list[Route] = []
        why_none = self.routes[tier].why_none
        for route in self.routes[tier].usable:
            found = models.check(replace(self._facts, model=route.model.name))
            if found is None:
                usable.append(route)
            why_none = why_none or (found.sentence if found else "")
        return usable, why_none

    def check(self, question: Question) -> tuple[Pending, list[Finding]]:
        """A question as far as the plan and the models allow it: open, or ended with the reason; and the findings."""
        asked = replace(
            self._facts,
            sources=question.sources,
            fields=question.fields,
            max_output_tokens=question.max_output_tokens,
        )
        # Too long an answer is shortened to what the plan allows, everything else stops the question.
        shortened = [replace(found, action="shortened") for found in failures(asked, (output_tokens.check,))]
        longest = self._longest(question)
        found = failures(replace(asked, max_output_tokens=longest))
        usable, why_none = self.usable(question.tier)
        pending = Pending(question=question, routes=usable, longest_output=longest)
        if shortened:
            pending.facts["shortened_to_tokens"] = longest
        if found:
            pending.finish(Outcome.BLOCKED, found[0].sentence)
        elif not usable:
            pending.finish(Outcome.UNAVAILABLE, why_none)
        return pending, [*found, *shortened]

    @property
    def _facts(self) -> Facts:
        return Facts(task=self.task, day=self.day, plan=self.plan)

    def _longest(self, question: Question) -> int:
        limit = self.plan.max_output_tokens if self.plan else None
        return question.max_output_tokens if limit is None else min(limit, question.max_output_tokens)


def admission(task: str, day: date, routes: dict[Tier, Routes]) -> Admission:
    """The rules a task is under on a day."""
    version, plan = plans.governing(task, day)
    return Admission(task=task, day=day, version=version, plan=plan, routes=routes)


def checked(rules: Admission, questions: Sequence[Question], run_key: str) -> list[Pending]:
    """Every question checked, in order; what the checks found is written down."""
    results = [rules.check(question) for question in questions]
    findings = [finding for _, found in results for finding in found]
    if findings:
        plans.record(rules.version, findings, task=rules.task, run_key=run_key)
    return [pending for pending, _ in results]
