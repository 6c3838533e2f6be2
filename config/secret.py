"""What nobody configured, a signing key or a password: made once, kept in a file only its owner reads."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def read_or_create(path: Path, length: int = 64) -> str:
    """The secret in `path`; a missing file is made with mode 600 and `length` characters. Raises OSError.

    Web and worker may start at the same moment: whoever links the file first wins, the other one reads it.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".key-")
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(length)[:length])
            with suppress(FileExistsError):
                os.link(name, path)
        finally:
            os.unlink(name)
    return path.read_text(encoding="ascii").strip()
