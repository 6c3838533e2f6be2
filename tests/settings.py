"""The real settings in a world of their own: nothing of the developer's environment, keys or var/ reaches a test."""

import atexit
import os
import shutil
import tempfile

_DIR = "WINNOW_TEST_DIR"

# Processes that a test starts (workers, a web server) inherit the folder and find the same database there.
if _DIR not in os.environ:
    for name in list(os.environ):
        is_ours = name.startswith("WINNOW_") and name != "WINNOW_SCREENSHOTS"
        if is_ours or name.endswith("_API_KEY"):
            del os.environ[name]
    os.environ[_DIR] = tempfile.mkdtemp(prefix="winnow-")
    atexit.register(shutil.rmtree, os.environ[_DIR], ignore_errors=True)
os.environ["WINNOW_VAR_DIR"] = os.environ[_DIR]

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, VAR_DIR  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: other processes join in.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
(VAR_DIR / "static").mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
