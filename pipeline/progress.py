"""A progress bar on a terminal for work that happens in chunks."""

import sys
import time
from collections.abc import Callable

_WIDTH = 30


def wait_for(state: Callable[[], tuple[int, int, bool]], *, quiet: bool, pause_s: float = 0.2) -> None:
    """Poll `state() -> (done, total, is_over)` until it is over, drawing a bar unless `quiet` or not on a terminal."""
    draws = not quiet and sys.stderr.isatty()
    while True:
        done, total, is_over = state()
        if draws:
            print(f"\r{bar(done, total)}", end="\n" if is_over else "", file=sys.stderr, flush=True)
        if is_over:
            return
        time.sleep(pause_s)


def bar(done: int, total: int) -> str:
    """ "[######------] 512 of 1,000", or a bare count while the total is not known."""
    if total <= 0:
        return f"{done:,}"
    filled = min(_WIDTH, _WIDTH * done // total)
    return f"[{'#' * filled}{'-' * (_WIDTH - filled)}] {done:,} of {total:,}"
