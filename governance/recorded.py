"""Answers already on record, so that none is bought twice."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db.models import Q

from governance.answers import judge
from governance.models import Attempt, AttemptState
from governance.pending import Pending
from governance.providers.wire import Ending, Sent
from governance.questions import Outcome

_FINGERPRINTS_PER_QUERY = 400


def recorded_answers(fingerprints: Iterable[str], run_key: str) -> dict[str, Attempt]:
    """The newest stored answer per fingerprint, with its exchange and model.

    A valid answer counts for ever (until its words are purged); an unfit one only within the run that bought it, where
    asking again would give the same.
    """
    found: dict[str, Attempt] = {}
    unique = iter(dict.fromkeys(fingerprints))
    while batch := list(islice(unique, _FINGERPRINTS_PER_QUERY)):
        for attempt in _settled(batch, run_key):
            known = found.get(attempt.fingerprint)
            if known is None or attempt.exchange.is_valid >= known.exchange.is_valid:
                found[attempt.fingerprint] = attempt
    return found


def _settled(fingerprints: list[str], run_key: str) -> Iterator[Attempt]:
    usable = Q(exchange__is_valid=True) | (Q(run_key=run_key) & ~Q(finish_reason=""))
    attempts = Attempt.objects.filter(usable, fingerprint__in=fingerprints, state=AttemptState.SETTLED)
    return attempts.select_related("exchange", "model").order_by("pk").iterator()


def use_recorded(pendings: Sequence[Pending], run_key: str) -> None:
    """Finish what was answered before; an unfit recorded answer leads to its repair, which may be recorded too."""
    keys = [(pending, route, pending.fingerprint_at(route)) for pending in pendings for route in pending.routes]
    found = recorded_answers((key for _, _, key in keys), run_key)
    repaired: list[Pending] = []
    for pending, route, key in keys:
        attempt = found.get(key)
        if attempt is None or pending.reply is not None or any(pending is other for other in repaired):
            continue
        _use(pending, attempt)
        if pending.reply is None:
            pending.routes = [route, *(other for other in pending.routes if other is not route)]
            repaired.append(pending)
    if repaired:
        use_recorded(repaired, run_key)


def _use(pending: Pending, attempt: Attempt) -> None:
    pending.count(attempt)
    text, is_refusal = attempt.exchange.answer, attempt.error == Outcome.REFUSED.value
    sent = Sent(
        ending=Ending.ANSWER, text=text, refusal=text if is_refusal else "", finish_reason=attempt.finish_reason
    )
    judged = judge(sent, pending.question.reply_type)
    if judged.is_repairable and not pending.is_repair:
        pending.start_repair(text, judged.problem)
        return
    model = attempt.model
    pending.finish(
        judged.outcome, judged.problem, judged.answer, model=model.name, is_practice=model.is_practice, is_cached=True
    )
