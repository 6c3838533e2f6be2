"""Make .venv and install a requirements file into it, with uv where that is on the path. Standard library only."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NEEDED = (3, 11)


def main(requirements: str) -> None:
    fingerprint = _fingerprint()
    stamp = VENV / f".{requirements}.installed"
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    print(f"Installing {requirements} into .venv (once; a minute or two)", flush=True)
    uv = shutil.which("uv")
    if not _works(PYTHON, "-c", "import sys"):
        _make_venv(uv)
    if uv:
        _run(uv, "pip", "install", "--quiet", "--python", PYTHON, "-r", requirements)
    else:
        if not _works(PYTHON, "-m", "pip", "--version"):
            _make_venv(uv)
        _run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements)
    stamp.write_text(fingerprint)


def _make_venv(uv: str | None) -> None:
    if uv:
        _run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
        return
    if not _works(sys.executable, "-c", "import ensurepip, venv"):
        sys.exit("Python's venv module is missing: install the package python3-venv.")
    _run(sys.executable, "-m", "venv", "--clear", VENV)


def _fingerprint() -> str:
    """Changes with either requirements file (the developer's one includes the other) and with Python itself."""
    text = "".join(path.read_text() for path in sorted(ROOT.glob("requirements*.txt")))
    return hashlib.sha256(f"{sys.version}{text}".encode()).hexdigest()


def _works(*command: object) -> bool:
    try:
        return subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _run(*command: object) -> None:
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(f"Installing failed: {' '.join(str(part) for part in command)}")


if __name__ == "__main__":
    if sys.version_info < NEEDED:
        sys.exit(f"Winnow needs Python 3.11 or newer, and this is {sys.version.split()[0]}: make PYTHON=python3.11 …")
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
