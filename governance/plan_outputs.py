"""What came back, checked against the plan: who answered, and in what form."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from governance.models import Attempt, Organisation, PlanVersion
from governance.pending import Pending
from governance.plan_checks import At, Facts, Finding, PlanFacts, failures
from governance.plans import plan_facts, record
from governance.questions import Outcome


def check_outputs(version: PlanVersion | None, pendings: Sequence[Pending], *, task: str, run_key: str) -> None:
    """Write down what the answers of this call to the gateway break. An answer from the records was checked then."""
    plan = plan_facts(version)
    bought = {key: pending for pending in pendings if _is_fresh(pending) for key in pending.attempt_ids}
    if plan is None or not bought:
        return
    now = timezone.now()
    day = Organisation.current().day(now)
    found = _returned_models(plan, bought, task, day)
    facts = Facts(at=At.OUTPUT, day=day, plan=plan, task=task)
    for pending in bought.values():
        reply = pending.reply
        if reply is not None and reply.outcome in (Outcome.ANSWERED, Outcome.MALFORMED):
            found += failures(_form(facts, pending, is_wellformed=reply.outcome is Outcome.ANSWERED))
    if found:
        record(version, found, at=At.OUTPUT, task=task, run_key=run_key, now=now)


def _is_fresh(pending: Pending) -> bool:
    return pending.reply is not None and not pending.reply.is_cached and bool(pending.attempt_ids)


def _returned_models(plan: PlanFacts, bought: Iterable[int], task: str, day: date) -> list[Finding]:
    told = Attempt.objects.filter(pk__in=list(bought)).exclude(response_model="")
    pairs = told.order_by().values_list("model__request_model", "response_model").distinct()
    return [
        finding
        for requested, returned in pairs
        for finding in failures(
            Facts(at=At.OUTPUT, day=day, plan=plan, task=task, model=requested, response_model=returned)
        )
    ]


def _form(facts: Facts, pending: Pending, *, is_wellformed: bool) -> Facts:
    answer = pending.reply.answer if pending.reply else None
    characters = len(answer.model_dump_json()) if answer is not None else None
    return Facts(
        at=facts.at, day=facts.day, plan=facts.plan, task=facts.task, is_wellformed=is_wellformed,
        output_characters=characters,
    )  # fmt: skip
