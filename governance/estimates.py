"""What questions will cost before they are asked: an expectation from history and a ceiling that can't be passed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from governance.models import AttemptState, Exchange
from governance.pending import Pending
from governance.pricing import Usage, cost_microusd
from governance.recorded import recorded_answers
from governance.tokens import expected_input_tokens

# Of the longest answer allowed, while a task has no history with a model.
_USUAL_OUTPUT_SHARE = 0.25
# Calls that tell how many tokens a task's bytes make and how long its answers get.
_CALLS_LOOKED_AT = 200
_ENOUGH_CALLS = 5


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
    habits = {key: _habits(*key) for key in {_key(pending) for pending in asked}}
    usages = [_expected(pending, habits[_key(pending)]) for pending in asked]
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


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What a task's calls at a model were like: tokens per byte of prompt, tokens of an answer; 0 while unknown."""

    tokens_per_byte: float = 0.0
    output_tokens: float = 0.0


def _key(pending: Pending) -> tuple[str, int]:
    return pending.question.task, pending.route.model.pk


def _expected(pending: Pending, habits: Habits) -> Usage:
    longest = pending.output_tokens_wanted
    output = round(habits.output_tokens) or round(longest * _USUAL_OUTPUT_SHARE)
    tokens = round(habits.tokens_per_byte * _text_bytes(message.text for message in pending.messages))
    tokens = tokens or expected_input_tokens(pending.messages, pending.schema)
    return Usage(input_tokens=tokens, output_tokens=min(output, longest))


def _habits(task: str, model_id: int) -> Habits:
    """From the last answered calls whose words are still kept. The schema's tokens count as the words' own."""
    answered = Exchange.objects.filter(
        attempt__task=task, attempt__model=model_id, attempt__state=AttemptState.SETTLED, attempt__is_estimated=False
    )
    calls = list(
        answered.order_by("-attempt").values_list("messages", "attempt__input_tokens", "attempt__output_tokens")[
            :_CALLS_LOOKED_AT
        ]
    )
    sent = sum(_text_bytes(message["text"] for message in messages) for messages, _, _ in calls)
    if len(calls) < _ENOUGH_CALLS or not sent:
        return Habits()
    tokens = sum(input_tokens for _, input_tokens, _ in calls) / sent
    return Habits(tokens_per_byte=tokens, output_tokens=sum(output for _, _, output in calls) / len(calls))


def _text_bytes(texts: Iterable[str]) -> int:
    return sum(len(text.encode()) for text in texts)
