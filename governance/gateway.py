"""The one door to language models: check plan → recorded answers → reserve → send → settle → record."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from governance import budgets, estimates
from governance.admission import Admission, admission, beyond_run_ceiling, checked, under_draft
from governance.dispatch import Dispatch, Progress
from governance.estimates import Estimate
from governance.ladder import Payer
from governance.models import Budget, Organisation, PlanVersion
from governance.money import dollars
from governance.pending import Pending
from governance.plan_outputs import check_outputs
from governance.questions import Outcome, Question, Reply, Tier
from governance.routes import find_routes

__all__ = ["CallContext", "Estimate", "Readiness", "ask", "estimate", "is_ready"]


@dataclass(frozen=True, kw_only=True)
class CallContext:
    """For whom questions are asked: the run, how many at once, how many seconds in all, whether the practice model may
    answer (never for records a user uploaded), and whether somebody consented to pass the plan's ceiling per run.

    `observed` are further facts for the plan's checks at each call (`plan_checks.Facts`) that only the caller knows.
    """

    run_key: str
    concurrency: int = 8
    deadline_s: float = 240.0
    allow_practice: bool = True
    has_consent: bool = False
    observed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """Whether a task's questions can be asked now; `reason` is a sentence when not, `model` its label when so."""

    is_ready: bool
    reason: str = ""
    model: str = ""
    is_practice: bool = False


def ask(questions: Sequence[Question], context: CallContext, on_progress: Progress | None = None) -> list[Reply]:
    """Ask many questions, of one or more tasks; the replies stand in the same order.

    Never raises for a single question's trouble. Not to be called inside a transaction: what is spent is spent.
    `on_progress(replies, questions)` is called about once a second.
    """
    budgets.sweep(timezone.now())
    groups = _checked(questions, context)
    pendings = [pending for _, group in groups for pending in group.values()]
    for rules, group in groups:
        _dispatch(rules, list(group.values()), pendings, context, on_progress)
    for rules, group in groups:
        check_outputs(rules.version, list(group.values()), task=rules.task, run_key=context.run_key)
    _word_shortage(pendings)
    places = {place: pending.reply for _, group in groups for place, pending in group.items() if pending.reply}
    return [places[place] for place in range(len(questions))]


def is_ready(task: str, tier: Tier, *, allow_practice: bool = True) -> Readiness:
    """Whether a question of a task could be asked of a tier now, and by which model; if not, why."""
    rules = _rules(task, "", allow_practice=allow_practice)
    reason = rules.closed_because(tier)
    if reason:
        return Readiness(is_ready=False, reason=reason)
    model = rules.usable(tier)[0][0].model
    return Readiness(is_ready=True, model=str(model), is_practice=model.is_practice)


def estimate(questions: Sequence[Question], context: CallContext, draft: PlanVersion | None = None) -> Estimate:
    """What the questions will cost together, without asking: expected and at most; under a draft where one is given."""
    rules = {task: _rules(task, context.run_key, allow_practice=context.allow_practice) for task in _tasks(questions)}
    if draft is not None:
        rules = {task: under_draft(known, draft) for task, known in rules.items()}
    return estimates.total([rules[question.task].check(question)[0] for question in questions], context.run_key)


def _tasks(questions: Sequence[Question]) -> list[str]:
    return list(dict.fromkeys(question.task for question in questions))


def _rules(task: str, run_key: str, *, allow_practice: bool) -> Admission:
    now = timezone.now()
    routes = {tier: find_routes(tier, now, allow_practice=allow_practice) for tier in Tier}
    return admission(task, now, Organisation.current().day(now), routes, run_key)


def _checked(questions: Sequence[Question], context: CallContext) -> list[tuple[Admission, dict[int, Pending]]]:
    """The questions by task, checked, each under its place."""
    groups: list[tuple[Admission, dict[int, Pending]]] = []
    for task in _tasks(questions):
        rules = _rules(task, context.run_key, allow_practice=context.allow_practice)
        rules = replace(rules, observed=context.observed)
        rules = beyond_run_ceiling(rules) if context.has_consent else rules
        places = [place for place, question in enumerate(questions) if question.task == task]
        pendings = checked(rules, [questions[place] for place in places], context.run_key)
        groups.append((rules, dict(zip(places, pendings, strict=True))))
    return groups


def _dispatch(
    rules: Admission,
    group: Sequence[Pending],
    everything: Sequence[Pending],
    context: CallContext,
    on_progress: Progress | None,
) -> None:
    """Ask each distinct open question of a task once; those that read the same share its reply."""
    distinct: dict[tuple[str, str], list[Pending]] = {}
    for pending in group:
        if pending.reply is None:
            key = (pending.question.tier.value, pending.fingerprint_at(pending.route))
            distinct.setdefault(key, []).append(pending)
    if rules.version is None or not distinct:
        return
    lease = timedelta(seconds=settings.CALL_LEASE_S)
    zone = Organisation.current().time_zone
    payer = Payer(plan_version=rules.version, run_key=context.run_key, lease=lease, time_zone=zone)
    dispatch = Dispatch(payer=payer, concurrency=context.concurrency, deadline_s=context.deadline_s)
    if on_progress is not None:
        dispatch.on_tick = lambda: on_progress(sum(item.reply is not None for item in everything), len(everything))
    dispatch.run([pendings[0] for pendings in distinct.values()])
    for first, *others in distinct.values():
        for other in others:
            if first.reply is not None:
                other.short_of = first.short_of
                other.reply = replace(first.reply, is_cached=True, input_tokens=0, output_tokens=0, cost_microusd=0)


def _word_shortage(pendings: Sequence[Pending]) -> None:
    """Name the limit and how many cases it stops, on each of their replies."""
    short = [pending for pending in pendings if pending.reply and pending.reply.outcome is Outcome.UNAFFORDABLE]
    counts = Counter(pending.short_of.pk for pending in short if pending.short_of)
    for pending in short:
        if pending.short_of and pending.reply:
            sentence = _shortage(pending.short_of, counts[pending.short_of.pk])
            pending.reply = replace(pending.reply, detail=sentence)


def _shortage(budget: Budget, waiting: int) -> str:
    whom = str(budget.model) if budget.model else "all models together"
    cases = "1 case waits" if waiting == 1 else f"{waiting:,} cases wait"
    left = f" ({dollars(budget.left_microusd)} left, too little for a question)" if budget.left_microusd else ""
    return f"The limit of {dollars(budget.limit_microusd)} for {whom} in {budget.month:%B} is used up{left}; {cases}."
