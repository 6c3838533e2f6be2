"""Forked children that end when their parent is gone, however it went."""

import os
import threading
import time

CHECK_EVERY_S = 0.5


def end_forks_with_their_parent() -> None:
    """From now on every process forked from this one, and from those in turn, ends within a second of its parent.

    Without it a kill -9 of the main process leaves its workers taking tasks for ever. Polling works on every system,
    where the kernel's own signal (PR_SET_PDEATHSIG) is Linux only.
    """
    os.register_at_fork(after_in_child=_watch_parent)


def _watch_parent() -> None:
    threading.Thread(target=_end_with, args=[os.getppid()], name="parent-watch", daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(CHECK_EVERY_S)
    # Whatever task is under way is taken again when its lease ends; cleaning up could hang on the dead parent's locks.
    os._exit(1)
