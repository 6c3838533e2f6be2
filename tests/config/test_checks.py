"""Wrong settings are named before they hurt."""

import os
import subprocess
import sys

import pytest

from config.checks import check_database, check_https, check_key, check_numbers, check_queue
from tests.processes import ROOT

CHECKS = (check_database, check_https, check_key, check_numbers, check_queue)


def ids(settings) -> list[str]:
    return [message.id for check in CHECKS for message in check(None)]


def check_deploy(**environment: str) -> subprocess.CompletedProcess[str]:
    bare = {
        name: value for name, value in os.environ.items() if not name.startswith(("WINNOW_", "DJANGO_", "DATABASE"))
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**bare, **environment},
        capture_output=True,
        text=True,
    )


def test_the_settings_as_they_come_are_right(settings):
    assert ids(settings) == []


def test_a_retry_shorter_than_a_waiting_task_is_an_error(settings):
    settings.Q_CLUSTER = {**settings.Q_CLUSTER, "retry": 900}

    assert ids(settings) == ["config.E002"]


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
def test_another_database_is_an_error(settings):
    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.mysql"}}

    assert ids(settings) == ["config.E003"]


def test_a_word_where_a_number_belongs_is_an_error_that_names_it(settings, monkeypatch):
    monkeypatch.setenv("WINNOW_WORKERS", "two")
    settings.WRONG_NUMBERS = ["WINNOW_WORKERS"]

    assert [message.msg for message in check_numbers(None)] == ["WINNOW_WORKERS is 'two'."]


@pytest.mark.parametrize(("is_https", "found"), [(True, ["config.E004"]), (False, ["config.W001", "config.E004"])])
def test_serving_others_needs_a_key_and_https(settings, is_https, found):
    settings.IS_LOCAL, settings.IS_HTTPS = False, is_https

    assert ids(settings) == found


def test_djangos_deploy_checks_are_clean_on_this_machine(tmp_path):
    done = check_deploy(WINNOW_VAR_DIR=str(tmp_path))

    assert (done.returncode, done.stderr) == (0, "")


def test_djangos_deploy_checks_are_clean_behind_a_proxy(tmp_path):
    done = check_deploy(
        WINNOW_VAR_DIR=str(tmp_path),
        WINNOW_ALLOWED_HOSTS="winnow.example.com",
        WINNOW_SECRET_KEY="Kj2-9sdfk3LwqpZxM8vbn4TrYuE7aHcG1iDfOgS5lQ0xW6zP3mB",
    )

    assert (done.returncode, done.stderr) == (0, "")
