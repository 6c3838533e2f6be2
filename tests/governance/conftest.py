"""A practice endpoint over real HTTP, on a port of its own."""

import threading
from random import Random

import pytest

from governance import landing
from governance.practice_model import PracticeServer, PracticeState


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
