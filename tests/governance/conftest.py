"""A practice endpoint over real HTTP, on a port of its own."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from random import Random

import pytest

from governance import landing
from governance.practice_model import PracticeServer, PracticeState
from tests import processes

BURST = str(Path(__file__).with_name("burst.py"))


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch):
    """Retries after hundredths of a second instead of half ones."""
    monkeypatch.setattr(landing, "_FIRST_BACKOFF_S", 0.02)


@pytest.fixture
def practice_endpoint():
    """The practice model's server: `base_url`, `state.set_faults({...})`, `state.report()`."""
    server = PracticeServer(0, PracticeState(random=Random(1), hang_s=1.5, slow_ms=300))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def burst():
    """`burst("name", calls, threads)` starts a process that waits for a line before it asks."""
    yield from _bursts()


@pytest.fixture(scope="module")
def crowd_of_module():
    """Starts such processes for a module's tests in turn; money they leave unattended is held for two seconds only."""
    bursts = _bursts(WINNOW_CALL_LEASE_S="2")
    yield [], next(bursts)
    bursts.close()


@pytest.fixture
def crowd(transactional_db, crowd_of_module):
    """Four of them, ready to be told what to ask; one that a test killed is replaced."""
    alive, start = crowd_of_module
    alive[:] = [process for process in alive if process.poll() is None]
    started = [start(f"p{number}", 16, 16) for number in range(4 - len(alive))]
    assert [process.stdout.readline() for process in started] == ["ready\n"] * len(started)
    alive += started
    return alive


def _bursts(**settings):
    started = []

    def start(name, calls, threads, max_output=32):
        environment = {"DATABASE_URL": processes.database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings", **settings}
        process = subprocess.Popen(
            [sys.executable, BURST, name, str(calls), str(threads), str(max_output)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )
        started.append(process)
        return process

    try:
        yield start
    finally:
        for process in started:
            process.kill()
            process.communicate()
