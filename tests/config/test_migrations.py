"""The suite makes its tables from the models, in a tenth of the time; here migrations show that they make the same."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from tests.processes import ROOT, database_url

OWN = ("governance_", "pipeline_", "deals_", "leads_")
MIGRATED = (
    "import json; from django.core.management import call_command; call_command('migrate', verbosity=0);"
    "from tests.config.test_migrations import tables; print(json.dumps(tables()))"
)


def tables():
    """Columns, and constraints with what they are for, of each table of ours."""
    with connection.cursor() as cursor:
        look = connection.introspection
        return {
            name: [
                sorted(column.name for column in look.get_table_description(cursor, name)),
                sorted(
                    [one["columns"], one["unique"], one["index"], one["check"], list(one["foreign_key"] or ())]
                    for one in look.get_constraints(cursor, name).values()
                ),
            ]
            for name in look.table_names(cursor)
            if name.startswith(OWN)
        }


@contextmanager
def empty_database(folder):
    """The URL of a database of the kind the test runs on, with nothing in it."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/empty.sqlite3"
        return
    name = f"{connection.settings_dict['NAME']}_empty"
    with psycopg.connect(database_url(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(database_url())._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.django_db
def test_models_have_no_change_without_a_migration():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_migrations_make_the_tables_of_the_models(tmp_path):
    with empty_database(tmp_path) as url:
        environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", MIGRATED]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

    assert json.loads(done.stdout) == json.loads(json.dumps(tables()))
