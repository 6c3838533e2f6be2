"""The budget is a wall, also for many processes at once: counted by the endpoint itself."""

import json

import pytest

from governance.models import Attempt
from tests.governance.factories import make_model, make_plan, sums

pytestmark = pytest.mark.django_db(transaction=True)

# The practice model answers a burst's question in 8 tokens: 8 micro-dollars at this price.
MICROUSD_PER_MILLION, COST_OF_ONE = 1_000_000, 8


def test_64_threads_in_4_processes_with_a_budget_for_10_calls_make_at_most_10(practice_endpoint, burst):
    practice_endpoint.state.latency_ms = 50
    make_model(
        practice_endpoint.base_url,
        limit_microusd=10 * COST_OF_ONE,
        input_rate=0,
        output_rate=MICROUSD_PER_MILLION,
    )
    make_plan()
    waiting = [burst(f"p{number}", 16, 16) for number in range(4)]
    assert [process.stdout.readline() for process in waiting] == ["ready\n"] * 4

    outputs = [process.communicate(timeout=60)[0] for process in start_together(waiting)]

    counted = practice_endpoint.state.report()
    answered = [json.loads(output).get("answered", 0) for output in outputs]
    ledger, budgets = sums()
    assert 9 <= counted["calls"] <= 10
    assert sum(answered) == Attempt.objects.count() == counted["calls"]
    assert ledger == budgets == {"spent": 8 * counted["calls"], "held": 0}


def start_together(waiting):
    for process in waiting:
        process.stdin.write("go\n")
        process.stdin.flush()
    return waiting
