"""What a call's end means: what it cost, whether it is asked again, and how the user is told."""

import random
from dataclasses import dataclass, field

from django.utils import timezone

from governance import budgets
from governance.answers import Judged, judge
from governance.budgets import Settlement
from governance.models import Attempt, AttemptState, Price
from governance.pricing import Usage, cost_microusd, read_usage
from governance.providers.wire import MAYBE_BILLED, WORTH_RETRYING, Ending, Sent
from governance.questions import Outcome, Question
from governance.routes import rates_of
from governance.service_tiers import billed_tier

# A time-out may be billed each time, so it is tried once more only.
_MOST_RETRIES = {Ending.TIMEOUT: 1}
_USUAL_RETRIES = 2
_FIRST_BACKOFF_S = 0.5


@dataclass(frozen=True, kw_only=True)
class Landed:
    """A call in the books: how its answer was judged (None: there is none), its usage and its cost so far."""

    judged: Judged | None = None
    usage: Usage = field(default_factory=Usage)
    cost_microusd: int = 0


def book(attempt: Attempt, sent: Sent, question: Question) -> Landed:
    """Settle an attempt by what came of it; what may have been billed unseen stays held."""
    if sent.ending is Ending.ANSWER:
        return _book_answer(attempt, sent, judge(sent, question.reply_type))
    if sent.ending in MAYBE_BILLED:
        budgets.mark_unknown(attempt, sent.ending.value, now=timezone.now(), duration_ms=sent.duration_ms)
    else:
        failed = Settlement(state=AttemptState.FAILED, error=sent.ending.value, duration_ms=sent.duration_ms)
        budgets.settle(attempt, failed, now=timezone.now())
    return Landed()


def _book_answer(attempt: Attempt, sent: Sent, judged: Judged) -> Landed:
    usage = read_usage(sent.usage)
    price = _price(attempt, billed_tier(sent.service_tier, attempt.service_tier))
    cost = cost_microusd(usage, rates_of(price)) if usage and price else None
    is_valid = judged.outcome is Outcome.ANSWERED
    settlement = Settlement(
        cost_microusd=cost,
        usage=usage or Usage(),
        raw_usage=sent.usage,
        answer=sent.refusal or sent.text,
        is_valid=is_valid,
        error="" if is_valid else judged.outcome.value,
        finish_reason=sent.finish_reason or "none",
        response_model=sent.response_model,
        response_service_tier=sent.service_tier,
        price_id=price.pk if price else None,
        duration_ms=sent.duration_ms,
    )
    budgets.settle(attempt, settlement, now=timezone.now())
    booked = attempt.reserved_microusd if cost is None else cost
    return Landed(judged=judged, usage=settlement.usage, cost_microusd=booked)


def _price(attempt: Attempt, tier: str) -> Price | None:
    """The price of the service tier a call was served at; None where it is unknown: never taken for the usual one."""
    if tier == attempt.service_tier:
        return attempt.price
    return Price.objects.on(attempt.model, attempt.day, tier) if tier else None


def retry_delay_s(sent: Sent, retry_number: int) -> float | None:
    """Seconds to wait before trying again after `retry_number` retries, or None when it is not worth it."""
    if sent.ending not in WORTH_RETRYING or retry_number >= _MOST_RETRIES.get(sent.ending, _USUAL_RETRIES):
        return None
    backoff = _FIRST_BACKOFF_S * 2**retry_number * random.uniform(0.5, 1.5)
    return max(backoff, sent.retry_after_s or 0.0)


def in_words(sent: Sent, model: object) -> tuple[Outcome, str]:
    """The outcome and the sentence of a question that got no answer."""
    outcome = Outcome.TIMEOUT if sent.ending is Ending.TIMEOUT else Outcome.FAILED
    return outcome, _SENTENCES[sent.ending].format(model=model, status=sent.status)


_HELD = "; the call counts at its worst case until more is known."
_SENTENCES = {
    Ending.TIMEOUT: "{model} did not answer in time" + _HELD,
    Ending.DISCONNECTED: "The connection to {model} broke" + _HELD,
    Ending.SERVER_ERROR: "{model} failed (HTTP {status})" + _HELD,
    Ending.RATE_LIMITED: "{model} is asked too often (HTTP 429).",
    Ending.REJECTED: "{model} rejected the question (HTTP {status}).",
    Ending.UNREACHABLE: "{model} can't be reached.",
}
