"""/healthz tells a monitor what it needs and nobody anything else."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from django_q.models import OrmQ


def enqueue(seconds_ago: float) -> None:
    OrmQ.objects.create(key="winnow", payload="", lock=timezone.now() - timedelta(seconds=seconds_ago))


def test_an_idle_installation_is_ok_without_a_login(client, db):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "queue": {"waiting": 0, "oldest_s": 0.0}}


def test_a_task_in_a_workers_hands_does_not_count_as_waiting(client, db):
    enqueue(seconds_ago=-1200)

    assert client.get("/healthz").json()["queue"] == {"waiting": 0, "oldest_s": 0.0}


def test_a_task_that_nobody_takes_makes_it_late(client, db):
    enqueue(seconds_ago=300)

    body = client.get("/healthz").json()

    assert (body["status"], body["queue"]["waiting"]) == ("late", 1)
    assert body["queue"]["oldest_s"] >= 300


def test_a_failing_database_is_503_and_names_no_detail(client, monkeypatch):
    def refuse():
        raise DatabaseError('password authentication failed for user "winnow"')

    monkeypatch.setattr("config.health._waiting_tasks", refuse)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"status": "failed", "database": "failed"}


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_only_answers_reading(client, db, method):
    assert getattr(client, method)("/healthz").status_code == 405
