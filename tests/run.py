"""`make test`: the suite on SQLite with the browser tests, then what touches the database again on PostgreSQL.

With --require it only sees to Chromium and PostgreSQL, by the standard library alone: before minutes of installing.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import postgres

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_PACKAGES = ("chromium", "fonts-liberation", "fonts-dejavu-core")


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = os.environ.get("DATABASE_URL", "")
    _require(*missing_packages(is_postgres_needed=not given))
    if sys.argv[1:] == ["--require"]:
        return 0
    first = _suite("SQLite", "")
    with nullcontext(given) if given else postgres.cluster(postgres.find_binaries()) as url:
        second = _suite("PostgreSQL", url, "--only-database", "--ignore=tests/browser")
    return first or second


def missing_packages(is_postgres_needed: bool) -> list[str]:
    """Debian packages that hold what is not to be found on this machine."""
    missing = [] if any(map(shutil.which, CHROMIUM)) else list(CHROMIUM_PACKAGES)
    if not _has_atomic_library():
        missing.append("libatomic1")
    return missing + (["postgresql"] if is_postgres_needed and postgres.find_binaries() is None else [])


def _has_atomic_library() -> bool:
    """Playwright's own node is linked against it on Linux; a bare Debian has none."""
    try:
        return sys.platform != "linux" or bool(ctypes.CDLL("libatomic.so.1"))
    except OSError:
        return False


def _require(*packages: str) -> None:
    if not packages:
        return
    install = ("apt-get", "install", "-y", "--no-install-recommends", *packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"The tests need {_and(packages)}: as root, {' '.join(install)}")
    print(f"Installing {_and(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("apt-get", "update", "-qq"), install):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{done.stderr[-2000:]}\nThe tests need {_and(packages)}; {' '.join(command)} failed as above.")


def _and(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _suite(title: str, database_url: str, *arguments: str) -> int:
    """One pass of pytest; its exit code."""
    print(f"\n{title}", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", *arguments, *sys.argv[1:]]
    running = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        return running.wait()
    except BaseException:
        running.send_signal(signal.SIGINT)
        running.wait()
        raise


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
