"""The demo's processes: found dead, ended with everything they started."""

import socket
import sys
import textwrap
import time

import psutil

from config.processes import Family, free_port

# Starts a child of its own, tells its process id, and ignores SIGTERM: the worst case.
STUBBORN = textwrap.dedent("""
    import pathlib, signal, subprocess, sys, time
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    pathlib.Path(sys.argv[1]).write_text(str(child.pid))
    time.sleep(600)
""")


def wait_for_text(path) -> str:
    for _ in range(600):
        if path.exists() and path.read_text():
            return path.read_text()
        time.sleep(0.05)
    raise AssertionError(f"{path} stayed empty")


def test_a_port_that_nobody_uses_is_taken_as_wanted():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        unused = probe.getsockname()[1]

    assert free_port(unused) == unused


def test_a_taken_port_gives_way_to_the_next():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        assert free_port(taken.getsockname()[1]) > taken.getsockname()[1]


def test_a_child_that_ends_by_itself_is_named_with_its_exit_code(tmp_path):
    family = Family({})
    family.start("web", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path)
    for child in family._children.values():
        child.wait(30)

    assert family.dead() == ("web", 3)
    family.end()


def test_ending_leaves_neither_a_child_that_refuses_nor_its_own_child(tmp_path, monkeypatch):
    monkeypatch.setattr("config.processes.END_WITHIN_S", 0.5)
    family = Family({})
    family.start("worker", [sys.executable, "-c", STUBBORN, str(tmp_path / "pid")], tmp_path)
    grandchild = int(wait_for_text(tmp_path / "pid"))

    family.end()

    assert family.dead() == ("worker", -9)
    assert not psutil.pid_exists(grandchild) or psutil.Process(grandchild).status() == psutil.STATUS_ZOMBIE
