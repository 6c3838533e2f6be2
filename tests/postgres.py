"""A PostgreSQL of the tests' own: in a temporary folder, on a unix socket, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Durability is of no use to a test; the rest makes room for many threads in many processes.
OPTIONS = {"listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
           "max_connections": "300", "shared_buffers": "128MB", "timezone": "UTC"}  # fmt: skip
START_S = 30


def find_binaries() -> Path | None:
    """The folder with initdb and postgres: on the path, Debian's newest, or Homebrew's."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for base, pattern in (("/usr/lib/postgresql", "*/bin"), ("/opt/homebrew/opt", "postgresql*/bin"),
                          ("/usr/local/opt", "postgresql*/bin")):  # fmt: skip
        folders += sorted(Path(base).glob(pattern), key=_version, reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _version(folder: Path) -> int:
    return int("".join(filter(str.isdigit, folder.parent.name)) or 0)


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """A running server as DATABASE_URL; stopped and removed at the end, whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="wpg-"))
    if len(str(folder)) > 80:  # a socket's path may have 107 characters
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="wpg-", dir="/tmp"))
    owner = _owner()
    if owner:
        shutil.chown(folder, owner["user"], owner["group"])
    try:
        _initialise(binaries, folder, owner)
        with _server(binaries, folder, owner):
            yield f"postgres://winnow@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: its own user then, or nobody."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _initialise(binaries: Path, folder: Path, owner: dict[str, Any]) -> None:
    command = [binaries / "initdb", "-D", folder / "data", "-U", "winnow", "-A", "trust", "-E", "UTF8", "--no-locale"]
    done = subprocess.run([*command, "--no-sync"], cwd="/", capture_output=True, text=True, check=False, **owner)
    if done.returncode:
        raise SystemExit(f"PostgreSQL's initdb failed: {done.stderr.strip()}")


@contextmanager
def _server(binaries: Path, folder: Path, owner: dict[str, Any]) -> Iterator[None]:
    options = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        # A session of its own: Ctrl-C must reach the tests first, and the server only through us.
        server = subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", "-k", folder, *options],
            cwd="/", stdout=log, stderr=log, start_new_session=True, **owner,
        )  # fmt: skip
    try:
        _wait_until_ready(folder, server)
        yield
    finally:
        server.send_signal(signal.SIGINT)  # "fast": connections are ended
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait_until_ready(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    # The server writes its state into the eighth line of this file, as pg_ctl reads it.
    state = folder / "data" / "postmaster.pid"
    until = time.monotonic() + START_S
    while not (state.exists() and state.read_text().splitlines()[7:8] == ["ready   "]):
        if server.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"PostgreSQL did not start: {(folder / 'log').read_text().strip()[-500:]}")
        time.sleep(0.1)
