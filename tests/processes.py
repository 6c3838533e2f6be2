"""Commands of manage.py as processes of their own, working on the database of the running test."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def database_url() -> str:
    """The test's database as DATABASE_URL."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    place = f"{found['HOST'].replace('/', '%2F')}:{found['PORT'] or ''}".rstrip(":")
    user = f"{found['USER']}:{found['PASSWORD']}".rstrip(":")
    return f"postgres://{user}@{place}/{found['NAME']}"


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """`manage.py ARGUMENTS` in a session of its own, output captured; end it with `end`."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def end(process: subprocess.Popen[str], within_s: float = 20) -> str:
    """SIGTERM to the main process, SIGKILL to the whole session when that takes too long; what it printed."""
    process.terminate()
    try:
        return process.communicate(timeout=within_s)[0] or ""
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.communicate()[0] or ""
