"""Many questions at once: one thread pays, settles and decides; the others only send.

No other thread touches the database: reserving and settling are durable transactions of the calling thread.
"""

import heapq
import itertools
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from os import environ

from django.utils import timezone

from governance import alerts, budgets
from governance.answers import Judged
from governance.ladder import Payer, Place
from governance.landing import Landed, book, in_words, retry_delay_s
from governance.logs import logging_about
from governance.models import Attempt
from governance.pending import Pending
from governance.providers import openai_compatible
from governance.providers.presets import sent_tier
from governance.providers.wire import Call, Ending, Sent
from governance.questions import Outcome
from governance.recorded import use_recorded
from governance.routes import why_stopped

logger = logging.getLogger(__name__)

_POLL_S = 0.25
_TICK_S = 1.0
# A reply that drips in slower than this beyond the model's time-out is given up; it may still correct its estimate.
_GRACE_S = 5.0

Progress = Callable[[int, int], object]
Tick = Callable[[], object]


@dataclass(kw_only=True)
class Flight:
    """A call that is out: who waits for it, and since when (monotonic seconds)."""

    pending: Pending
    attempt: Attempt
    started: float
    is_given_up: bool = False


@dataclass(kw_only=True)
class Dispatch:
    """Brings every pending question to a reply.

    After `deadline_s` nothing new is sent; after half of it nobody waits for money that others hold. `on_tick` is
    called about once a second.
    """

    payer: Payer
    concurrency: int
    deadline_s: float
    on_tick: Tick | None = None
    _flights: dict[Future[Sent], Flight] = field(default_factory=dict)
    _queue: deque[Pending] = field(default_factory=deque)
    _later: list[tuple[float, int, Pending]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=itertools.count)
    # Models whose budget is held by calls on their way: until when not to try (monotonic seconds).
    _short_until: dict[int, float] = field(default_factory=dict)
    _started: float = field(default_factory=time.monotonic)
    _next_tick: float = 0.0
    _next_renewal: float = 0.0

    def run(self, pendings: Sequence[Pending]) -> None:
        """Work until every pending question has its reply."""
        use_recorded(pendings, self.payer.run_key)
        self._queue.extend(pending for pending in pendings if pending.reply is None)
        pool = ThreadPoolExecutor(max_workers=self.concurrency, thread_name_prefix="ask")
        try:
            while self._queue or self._later or any(not flight.is_given_up for flight in self._flights.values()):
                self._wake()
                self._launch(pool)
                self._land()
                self._tick()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        _tell_of_refusals(pendings)
        if self.on_tick is not None:
            self.on_tick()

    def _has_passed(self, share: float) -> bool:
        return time.monotonic() - self._started >= self.deadline_s * share

    def _wake(self) -> None:
        while self._later and (self._later[0][0] <= time.monotonic() or self._has_passed(1)):
            self._queue.append(heapq.heappop(self._later)[2])

    def _sleep(self, pending: Pending, seconds: float) -> None:
        heapq.heappush(self._later, (time.monotonic() + seconds, next(self._order), pending))

    def _launch(self, pool: ThreadPoolExecutor) -> None:
        """Send what is ready, as far as hands and money reach."""
        for _ in range(len(self._queue)):
            if len(self._flights) >= self.concurrency and not self._has_passed(1):
                return
            pending = self._queue.popleft()
            is_short = time.monotonic() < self._short_until.get(pending.route.model.pk, 0)
            if is_short and not self._has_passed(1):
                self._queue.append(pending)
            else:
                self._attempt(pending, pool)

    def _attempt(self, pending: Pending, pool: ThreadPoolExecutor) -> None:
        if self._has_passed(1):
            outcome = Outcome.TIMEOUT if pending.attempt_ids else Outcome.UNAVAILABLE
            return pending.finish(outcome, "The time for this step ran out before an answer came.")
        place, attempt = self.payer.pay(pending, timezone.now(), is_last_call=self._has_passed(0.5))
        if attempt is not None:
            self._send(pending, attempt, pool)
        elif place is Place.HELD_BY_OTHERS:
            pending.facts["waited_for_money"] = True
            self._short_until[pending.route.model.pk] = time.monotonic() + _POLL_S
            self._queue.append(pending)
        elif place is Place.ON_ITS_WAY:
            use_recorded([pending], self.payer.run_key)
            if pending.reply is None:
                self._sleep(pending, _POLL_S)
        elif place is Place.STOPPED:
            self._stop(pending)
        else:
            pending.finish(Outcome.UNAFFORDABLE, "The month's budget does not cover this question.")
        return None

    def _stop(self, pending: Pending) -> None:
        """Somebody threw a switch since the question was checked: the next model, or the reason."""
        stopped, label = why_stopped(pending.route.model, self.payer.plan_version), str(pending.route.model)
        if stopped == "everything":
            pending.finish(Outcome.UNAVAILABLE, "All AI was stopped.")
        elif stopped == "plan":
            pending.finish(Outcome.BLOCKED, f"{self.payer.plan_version} is no longer the approved plan.")
        elif stopped == "model" and not pending.step_down():
            pending.finish(Outcome.UNAVAILABLE, f"{label} was switched off.")
        else:
            self._queue.appendleft(pending)

    def _send(self, pending: Pending, attempt: Attempt, pool: ThreadPoolExecutor) -> None:
        pending.count(attempt)
        model = pending.route.model
        call = Call(
            base_url=model.base_url,
            request_model=model.request_model,
            messages=pending.messages,
            schema=pending.schema,
            max_output_tokens=attempt.max_output_tokens,
            timeout_s=model.timeout_s,
            api_key=model.key(environ),
            key_header=model.key_header,
            length_parameter=model.length_parameter,
            has_schema=model.has_schema,
            service_tier=sent_tier(attempt.service_tier, model.base_url),
        )
        future = pool.submit(openai_compatible.send, call)
        self._flights[future] = Flight(pending=pending, attempt=attempt, started=time.monotonic())

    def _land(self) -> None:
        """Wait for the next thing to happen and settle every call that has ended."""
        if not self._flights:
            time.sleep(self._idle_s())
            return
        done, _ = wait(self._flights, timeout=self._idle_s(), return_when=FIRST_COMPLETED)
        for future in done:
            self._settle(self._flights.pop(future), _result(future))
        if done:
            self._short_until.clear()
        for flight in self._flights.values():
            self._give_up_if_late(flight)

    def _idle_s(self) -> float:
        """Seconds until something is due: a sleeper, money asked for again, or the tick."""
        due = [self._next_tick, *(when for when, _, _ in self._later[:1])]
        if self._queue and len(self._flights) < self.concurrency:
            due.append(min(self._short_until.get(pending.route.model.pk, 0) for pending in self._queue))
        return max(0.0, min(due) - time.monotonic())

    def _settle(self, flight: Flight, sent: Sent) -> None:
        pending, attempt = flight.pending, flight.attempt
        with logging_about(run=attempt.run_key, layer=attempt.layer, case=attempt.subject_key):
            logger.debug("%s: %s %s", attempt.model, sent.ending.value, sent.detail)
            landed = book(attempt, sent, pending.question)
        _add(pending, landed)
        if flight.is_given_up or pending.reply is not None:
            return
        if landed.judged is None:
            self._after_failure(pending, attempt, sent)
        else:
            self._after_answer(pending, landed.judged, sent.text)

    def _after_answer(self, pending: Pending, judged: Judged, text: str) -> None:
        if not judged.is_repairable or pending.is_repair:
            return pending.finish(judged.outcome, judged.problem, judged.answer)
        pending.start_repair(text, judged.problem)
        use_recorded([pending], self.payer.run_key)
        if pending.reply is None:
            self._queue.appendleft(pending)
        return None

    def _after_failure(self, pending: Pending, attempt: Attempt, sent: Sent) -> None:
        delay = retry_delay_s(sent, pending.retry_number)
        if delay is None or time.monotonic() - self._started + delay >= self.deadline_s:
            outcome, sentence = in_words(sent, attempt.model)
            return pending.finish(outcome, sentence)
        pending.retry_number += 1
        pending.facts["retries"] = pending.facts.get("retries", 0) + 1
        return self._sleep(pending, delay)

    def _give_up_if_late(self, flight: Flight) -> None:
        waited = time.monotonic() - flight.started
        if flight.is_given_up or waited < flight.attempt.model.timeout_s * 1.5 + _GRACE_S:
            return
        flight.is_given_up = True
        late = Sent(ending=Ending.TIMEOUT, duration_ms=round(waited * 1000))
        book(flight.attempt, late, flight.pending.question)
        self._after_failure(flight.pending, flight.attempt, late)

    def _tick(self) -> None:
        now = time.monotonic()
        if now >= self._next_renewal:
            self._next_renewal = now + self.payer.lease.total_seconds() / 3
            waited_for = [flight.attempt.pk for flight in self._flights.values() if not flight.is_given_up]
            budgets.renew(waited_for, until=timezone.now() + self.payer.lease)
        if now >= self._next_tick:
            self._next_tick = now + _TICK_S
            budgets.sweep(timezone.now())
            if self.on_tick is not None:
                self.on_tick()


def _tell_of_refusals(pendings: Sequence[Pending]) -> None:
    refused = [pending for pending in pendings if pending.reply and pending.reply.outcome is Outcome.UNAFFORDABLE]
    for budget in {pending.short_of.pk: pending.short_of for pending in refused if pending.short_of}.values():
        alerts.refused(budget)


def _add(pending: Pending, landed: Landed) -> None:
    pending.input_tokens += landed.usage.input_tokens
    pending.output_tokens += landed.usage.output_tokens
    pending.cost_microusd += landed.cost_microusd


def _result(future: Future[Sent]) -> Sent:
    error = future.exception()
    if error is None:
        return future.result()
    logger.error("A call ended in %s", type(error).__name__, exc_info=error)
    return Sent(ending=Ending.DISCONNECTED, detail=type(error).__name__)
