"""Which database the settings choose."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHOICE = "from config.settings import DATABASES as d; print(d['default']['ENGINE'], d['default']['NAME'])"


def chosen(tmp_path, **environment):
    without = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**without, "WINNOW_VAR_DIR": str(tmp_path), **environment}
    command = [sys.executable, "-c", CHOICE]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("environment", [{}, {"DATABASE_URL": ""}])
def test_without_an_address_or_with_an_empty_one_it_is_a_file_of_its_own(tmp_path, environment):
    assert chosen(tmp_path, **environment) == f"django.db.backends.sqlite3 {tmp_path}/winnow.sqlite3"


def test_an_address_names_the_database(tmp_path):
    address = "postgres://ana@db.example:5432/winnow"

    assert chosen(tmp_path, DATABASE_URL=address) == "django.db.backends.postgresql winnow"
