"""The worker process: takes tasks, ends cleanly on any signal, survives kills, leaves nothing behind."""

import os
import signal
import time
from collections.abc import Callable

import psutil
import pytest
from django_q.models import OrmQ, Success
from django_q.tasks import async_task

MEMBERS = 5  # the guard, two workers, the pusher, the monitor
PATIENCE_S = 60


def until(is_so: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(0.05)


def family(process) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def living(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def do_a_task() -> None:
    name = async_task("math.sqrt", 16)
    until(lambda: Success.objects.filter(id=name).exists(), "the task")


@pytest.fixture
def worker(start_process):
    OrmQ.objects.all().delete()
    process = start_process("worker", "--grace", "5")
    until(lambda: len(family(process)) == MEMBERS, "the start")
    do_a_task()
    return process


@pytest.mark.parametrize("send", [os.kill, os.killpg], ids=["main process", "whole group"])
def test_sigterm_ends_it_and_every_process_of_it(worker, send):
    members = family(worker)

    send(worker.pid, signal.SIGTERM)

    assert worker.wait(PATIENCE_S) == 0
    until(lambda: not living(members), "the end of its processes")


def test_killed_itself_it_leaves_no_process_that_goes_on_taking_tasks(worker):
    members = family(worker)

    worker.kill()

    until(lambda: not living(members), "the end of its processes")


def test_workers_killed_while_they_wait_do_not_stop_the_work(worker):
    guard = psutil.Process(worker.pid).children()[0]

    for member in guard.children():
        member.kill()
    until(lambda: not guard.is_running() or guard.status() == psutil.STATUS_ZOMBIE, "the guard's giving up")
    until(lambda: len(family(worker)) == MEMBERS, "the new start")

    do_a_task()


def test_it_leaves_with_an_error_when_its_guard_dies(worker):
    psutil.Process(worker.pid).children()[0].kill()

    assert worker.wait(PATIENCE_S) == 1
    assert "The guard of the workers ended by itself (exit code -9); start the worker again." in worker.stdout.read()
