"""What questions will cost before they are asked: an expectation from history and a ceiling that can't be passed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, Sum

from governance.models import Rollup
from governance.pending import Pending
from governance.pricing import Usage, cost_microusd
from governance.recorded import recorded_answers
from governance.tokens import expected_input_tokens

# Of the longest answer allowed, while a task has no history with a model.
_USUAL_OUTPUT_SHARE = 0.25


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """`to_ask` of the questions are neither on record nor repeated. Money in micro-dollars for one call each, without
    repairs and retries; `why_not` is a sentence when some can't be asked now."""

    questions: int = 0
    to_ask: int = 0
    expected_microusd: int = 0
    ceiling_microusd: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    why_not: str = ""


def total(pendings: Sequence[Pending], run_key: str) -> Estimate:
    """Add up what the open ones of checked questions will cost; nothing is asked."""
    reasons = [pending.reply.detail for pending in pendings if pending.reply]
    distinct = {pending.fingerprint_at(pending.route): pending for pending in pendings if pending.reply is None}
    recorded = recorded_answers(distinct, run_key)
    asked = [pending for key, pending in distinct.items() if key not in recorded]
    usages = [_expected(pending, mean) for pending, mean in zip(asked, _mean_outputs(asked), strict=True)]
    priced = zip(asked, usages, strict=True)
    return Estimate(
        questions=len(pendings),
        to_ask=len(asked),
        expected_microusd=sum(cost_microusd(usage, pending.route.rates) for pending, usage in priced),
        ceiling_microusd=sum(pending.worst_case(pending.output_tokens_wanted) for pending in asked),
        input_tokens=sum(usage.input_tokens for usage in usages),
        output_tokens=sum(usage.output_tokens for usage in usages),
        why_not=reasons[0] if reasons else "",
    )


def _expected(pending: Pending, mean_output: float) -> Usage:
    longest = pending.output_tokens_wanted
    output = round(mean_output) or round(longest * _USUAL_OUTPUT_SHARE)
    tokens = expected_input_tokens(pending.messages, pending.schema)
    return Usage(input_tokens=tokens, output_tokens=min(output, longest))


def _mean_outputs(pendings: Sequence[Pending]) -> list[float]:
    """Mean output tokens per attempt so far of each question's task and model; 0 where there is no history."""
    keys = {(pending.question.task, pending.route.model.pk) for pending in pendings}
    means: dict[tuple[str, int], float] = {}
    for task, model_id in keys:
        sums = Rollup.objects.filter(task=task, model=model_id).aggregate(
            tokens=Sum("output_tokens"), attempts=Sum("attempts", filter=Q(output_tokens__gt=0))
        )
        means[task, model_id] = (sums["tokens"] or 0) / (sums["attempts"] or 1)
    return [means[pending.question.task, pending.route.model.pk] for pending in pendings]
