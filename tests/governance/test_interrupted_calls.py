"""A worker killed in the middle of a call: its money is closed at an estimate and the question asked once more."""

import time

import pytest

from governance import gateway
from governance.models import Attempt
from tests.governance.factories import make_model, make_plan, question, sums

pytestmark = pytest.mark.django_db(transaction=True)


def wait_for(condition, within_s=30):
    ends = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)


def test_an_attempt_in_flight_at_a_kill_is_asked_once_more_and_shown_as_estimated(
    practice_endpoint, burst, settings, monkeypatch
):
    monkeypatch.setenv("WINNOW_CALL_LEASE_S", "1")
    settings.CALL_LEASE_S = 1
    practice_endpoint.state.latency_ms = 700
    make_model(practice_endpoint.base_url)
    make_plan()
    worker = burst("p0", 1, 1)
    assert worker.stdout.readline() == "ready\n"
    worker.stdin.write("go\n")
    worker.stdin.flush()
    wait_for(lambda: practice_endpoint.state.report()["calls"] == 1)
    worker.kill()

    again = question("Same? p0-0", subject_key="p0-0", max_output_tokens=32)
    reply = gateway.ask([again], gateway.CallContext(run_key="burst:p0", deadline_s=20))[0]

    first, second = Attempt.objects.order_by("pk")
    assert reply.is_answered
    assert (first.state, first.error, first.is_estimated) == ("settled", "lost", True)
    assert (second.state, second.is_estimated) == ("settled", False)
    assert practice_endpoint.state.report()["calls"] == 2
    ledger, budgets = sums()
    assert ledger == budgets


def test_two_processes_with_the_same_question_buy_it_once(practice_endpoint, burst):
    practice_endpoint.state.latency_ms = 1000
    make_model(practice_endpoint.base_url)
    make_plan()
    worker = burst("p0", 1, 1)
    assert worker.stdout.readline() == "ready\n"
    worker.stdin.write("go\n")
    worker.stdin.flush()
    wait_for(lambda: practice_endpoint.state.report()["calls"] == 1)

    same = question("Same? p0-0", max_output_tokens=32)
    reply = gateway.ask([same], gateway.CallContext(run_key="other", deadline_s=20))[0]

    assert (reply.is_answered, reply.is_cached) == (True, True)
    assert practice_endpoint.state.report()["calls"] == 1
