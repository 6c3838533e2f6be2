"""The budget is a wall, also for many processes at once: counted by the endpoint itself."""

import json
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from governance import budgets
from governance.models import Attempt
from tests.governance.factories import make_model, make_plan, sums

pytestmark = pytest.mark.django_db(transaction=True)

# The practice model answers a burst's question in 8 tokens: 8 micro-dollars at this price.
MICROUSD_PER_MILLION, COST_OF_ONE = 1_000_000, 8


def test_64_threads_in_4_processes_with_a_budget_for_10_calls_make_at_most_10(practice_endpoint, crowd):
    practice_endpoint.state.latency_ms = 50
    make_model(
        practice_endpoint.base_url,
        limit_microusd=10 * COST_OF_ONE,
        input_rate=0,
        output_rate=MICROUSD_PER_MILLION,
    )
    make_plan()
    start_together(crowd, "wall")

    outputs = [process.stdout.readline() for process in crowd]

    counted = practice_endpoint.state.report()
    answered = [json.loads(output).get("answered", 0) for output in outputs]
    ledger, of_budgets = sums()
    assert 9 <= counted["calls"] <= 10
    assert sum(answered) == Attempt.objects.count() == counted["calls"]
    assert ledger == of_budgets == {"spent": 8 * counted["calls"], "held": 0}


def test_with_faults_and_a_killed_process_nothing_passes_the_wall_and_nothing_stays_held(practice_endpoint, crowd):
    practice_endpoint.state.latency_ms = 50
    practice_endpoint.state.set_faults({"disconnect": 0.1, "500": 0.1})
    limit = 10 * COST_OF_ONE
    make_model(practice_endpoint.base_url, limit_microusd=limit, input_rate=0, output_rate=MICROUSD_PER_MILLION)
    make_plan()
    start_together(crowd, "faults")
    killed, *others = crowd
    while not practice_endpoint.state.report()["calls"]:
        assert killed.poll() is None, "it ended before its first call"
        time.sleep(0.01)
    killed.kill()
    killed.wait()
    assert all(process.stdout.readline() for process in others)
    budgets.sweep(timezone.now() + timedelta(days=1))

    ledger, of_budgets = sums()
    assert practice_endpoint.state.report()["output_tokens"] <= limit
    assert 0 < ledger["spent"] <= limit
    assert ledger == of_budgets == {"spent": ledger["spent"], "held": 0}
    assert Attempt.objects.count() >= practice_endpoint.state.report()["calls"]


def start_together(crowd, name):
    """Every process asks 16 questions of its own, 16 at once."""
    for number, process in enumerate(crowd):
        process.stdin.write(f"go {name}-{number} 16 16 32\n")
        process.stdin.flush()
