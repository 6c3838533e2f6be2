"""The processes of a demo: each in a session of its own, watched together, ended together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress

import psutil

END_WITHIN_S = 6.0


def free_port(wanted: int) -> int:
    """`wanted`, or the next port here that nobody listens on. Raises OSError where the next 100 are taken."""
    for port in range(wanted, wanted + 100):
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"the ports from {wanted} to {wanted + 99} are all taken")


class Family:
    """Named child processes. A session each keeps Ctrl-C to the parent, who then ends them in order."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = {**os.environ, **environment}
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str], cwd: os.PathLike[str]) -> None:
        self._children[name] = subprocess.Popen(
            command,
            cwd=cwd,
            env=self._environment,
            stdout=subprocess.DEVNULL,  # what goes wrong comes on standard error
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )

    def dead(self) -> tuple[str, int] | None:
        """Name and exit code of a child that ended by itself."""
        return next(((name, code) for name, one in self._children.items() if (code := one.poll()) is not None), None)

    def end(self) -> None:
        """SIGTERM to each main process; what is left of their descendants after six seconds is killed."""
        everyone = [member for child in self._children.values() for member in _with_descendants(child.pid)]
        for child in self._children.values():
            child.terminate()
        until = time.monotonic() + END_WITHIN_S
        for child in self._children.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        left = psutil.wait_procs(everyone, timeout=0.5)[1]
        for member in left:
            with suppress(psutil.NoSuchProcess):
                member.kill()
        psutil.wait_procs(left, timeout=2)


def _with_descendants(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _end_with_parent() -> None:
    # A demo killed with -9 can end nobody; on Linux the kernel does it then (PR_SET_PDEATHSIG = 1).
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
