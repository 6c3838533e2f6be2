"""The process that keeps the queue's workers alive, mended where django-q2's own can wait for ever."""

import logging
import os
import uuid
from multiprocessing import Event
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from django_q.cluster import Sentinel, get_mp_context

log = logging.getLogger(__name__)

# How the guard ends when its queues can no longer be trusted; whoever started it starts a new one.
SPOILT = 75


class Guard(Sentinel):
    """django-q2's sentinel, except that it gives up when a process died that may have held the lock of a queue.

    A waiting worker holds the reading end's lock. Killed there, it takes the lock along and every other worker, also
    the one started in its place, waits for it without end. A worker killed amid a task holds nothing.
    """

    def reincarnate(self, process: Any) -> None:
        is_worker = process not in (self.monitor, self.pusher)
        was_idle = not is_worker or process.timer.value == -1
        if was_idle and not process.is_alive() and (process.exitcode or 0) < 0:
            log.error("Process %s was killed while it waited; starting all over", process.pid)
            os._exit(SPOILT)
        super().reincarnate(process)


def start_guard() -> tuple[BaseProcess, Any]:
    """The running guard process and the event that asks it to let running tasks end and to stop."""
    context: BaseContext = get_mp_context()
    stop, started = Event(), Event()
    guard = context.Process(target=Guard, name="guard", args=(stop, started, uuid.uuid4()))  # type: ignore[attr-defined]
    guard.start()
    return guard, stop
