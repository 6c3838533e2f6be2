"""The worker: takes tasks from the queue, stops cleanly on any signal and leaves no process behind."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

import psutil
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections, connections

from pipeline import tasks
from pipeline.guard import SPOILT, start_guard
from pipeline.orphans import end_forks_with_their_parent

log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0
TICK_S = 0.2


class Command(BaseCommand):
    help = "Do the background work until SIGTERM or Ctrl-C."
    # The pages are the web process's business: a worker loads none of them.
    requires_system_checks = ["settings", Tags.models, Tags.security]

    # Set by the signal handler: a plain attribute, because an Event's lock may be held by what was interrupted.
    is_stopping = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--grace", type=float, default=20.0, metavar="SECONDS", help="time for running tasks to end (default 20)"
        )

    def handle(self, *args: Any, grace: float, **options: Any) -> None:
        end_forks_with_their_parent()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self._ask_to_stop)
        code: int | None = SPOILT
        while code == SPOILT and not self.is_stopping:
            code = self._work(grace)
        if not self.is_stopping:
            raise CommandError(f"The guard of the workers ended by itself (exit code {code}); start the worker again.")

    def _ask_to_stop(self, *_: Any) -> None:
        self.is_stopping = True

    def _work(self, grace: float) -> int | None:
        """Guard and workers until the guard is gone or we were asked to stop; the guard's exit code."""
        connections.close_all()  # a fork must not share its parent's connection
        guard, stop = start_guard()
        log.info("Worker started")
        look_at = 0.0
        while not self.is_stopping and guard.is_alive():
            if time.monotonic() >= look_at:
                _look_for_work()
                look_at = time.monotonic() + LOOK_EVERY_S
            time.sleep(TICK_S)
        family = psutil.Process().children(recursive=True)
        # Setting the event waits until the guard has woken up, which a dead one never does: hence a thread, a deadline.
        threading.Thread(target=stop.set, daemon=True).start()
        guard.join(grace)
        _end(family)
        log.info("Worker stopped")
        return guard.exitcode


def _look_for_work() -> None:
    try:
        tasks.wake()
    except DatabaseError:
        log.exception("Could not look for work")
    close_old_connections()


def _end(family: list[psutil.Process]) -> None:
    left = psutil.wait_procs(family, timeout=0.5)[1]
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, timeout=2)
