"""Worker, worker group and web killed with SIGKILL during a paid run: the same decisions as undisturbed."""

import os
import signal
import time
from collections import Counter

import psutil
import pytest
from django.utils import timezone

from governance import budgets
from governance.models import Attempt, Budget
from pipeline import tasks
from pipeline.models import Run
from pipeline.runner import start
from tests import flow
from tests.governance.conftest import practice_endpoint  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)

# Leases of seconds instead of half a minute: the test waits for them to run out.
SHORT = {"WINNOW_CHUNK_LEASE_S": "3", "WINNOW_CHUNK_RENEW_S": "1", "WINNOW_CALL_LEASE_S": "4", "WINNOW_WORKERS": "2"}
PATIENCE_S = 120


@pytest.fixture
def undisturbed(practice_endpoint, settings):  # noqa: F811
    """The decisions of a run nobody disturbs; afterwards everything is as after the import."""
    flow.import_people()
    flow.use_practice(practice_endpoint.server_address[1])
    start.start("match-contacts")
    tasks.drain()
    expected = flow.decisions()
    flow.forget_runs()
    practice_endpoint.state.latency_ms = 150
    return expected


def wait_until(condition, what):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen within {PATIENCE_S} s"
        time.sleep(0.1)


def is_finished(run):
    return Run.objects.filter(pk=run.pk, state="finished").exists()


def calls(endpoint):
    return endpoint.state.report()["calls"]


def asking_process(worker):
    """A process of the worker's family that is talking to the endpoint now."""
    for process in psutil.Process(worker.pid).children(recursive=True):
        if any(c.raddr and c.status == "ESTABLISHED" for c in process.net_connections("inet")):
            return process
    return None


def assert_nothing_lost_or_bought_twice(expected, endpoint):
    assert flow.decisions() == expected
    recorded = Attempt.objects.filter(state="settled", is_estimated=False).values_list("fingerprint", flat=True)
    assert max(Counter(recorded).values()) == 1
    again = Counter(Attempt.objects.values_list("fingerprint", flat=True))
    assert max(again.values()) <= 2
    assert not Attempt.objects.filter(state="open").exists()
    assert Budget.objects.get(model=None).reserved_microusd == 0
    assert Budget.objects.get(model=None).spent_microusd == flow.ledger_sum()


@pytest.mark.parametrize("target", ["one worker", "worker group"])
def test_a_killed_worker_loses_and_doubles_nothing(target, undisturbed, practice_endpoint, start_process):  # noqa: F811
    worker = start_process("worker", **SHORT)
    before = calls(practice_endpoint)
    run = start.start("match-contacts")
    wait_until(lambda: calls(practice_endpoint) >= before + 8, "asking")

    if target == "one worker":
        wait_until(lambda: asking_process(worker) is not None, "a call in flight")
        asking_process(worker).kill()
    else:
        os.killpg(worker.pid, signal.SIGKILL)
        start_process("worker", **SHORT)
    wait_until(lambda: is_finished(run), "the run's end")

    wait_until(is_settled, "settling")
    assert_nothing_lost_or_bought_twice(undisturbed, practice_endpoint)


def is_settled():
    """Whether the ledger is closed; the sweep is what a worker does every minute."""
    budgets.sweep(timezone.now())
    return not Attempt.objects.filter(state__in=("open", "unknown")).exists()


def test_a_killed_web_process_changes_nothing_for_a_run(undisturbed, practice_endpoint, start_process):  # noqa: F811
    web = start_process("runserver", "--noreload", "127.0.0.1:0", **SHORT)
    start_process("worker", **SHORT)
    before = calls(practice_endpoint)
    run = start.start("match-contacts")
    wait_until(lambda: calls(practice_endpoint) >= before + 8, "asking")

    os.killpg(web.pid, signal.SIGKILL)
    wait_until(lambda: is_finished(run), "the run's end")

    assert_nothing_lost_or_bought_twice(undisturbed, practice_endpoint)
