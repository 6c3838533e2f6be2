"""`match --adjudicate`: the pairs that need a look go to a model, over HTTP to the practice model."""

import csv
import json
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from governance.models import Attempt
from governance.practice import ensure_practice_setup
from governance.practice_model import PracticeServer
from pipeline import list_matching
from pipeline.runner import ask

LEFT = (("Emil Tauber", "Graz"), ("Gina Prinz", "Linz"), ("Hugo Quist", "Wels"), ("Ines Vogt", "Steyr"),
        ("Jan Ulm", "Lienz"), ("Dora Stein", "Graz"), ("Fritz Rossi", "Linz"), ("Cleo Novak", "Wels"))  # fmt: skip
RIGHT = (("E. Tauber", ""), ("Prinz Gina", ""), ("Hugo Quis", ""), ("Ines Vogt", "Linz"), ("Ana Berg", "Graz"))


@pytest.fixture
def lists(tmp_path):
    for name, rows in (("left.csv", LEFT), ("right.csv", RIGHT)):
        with (tmp_path / name).open("w", newline="") as file:
            csv.writer(file).writerows([("name", "city"), *rows])
    return tmp_path


@pytest.fixture
def practice(transactional_db):
    with PracticeServer(0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        ensure_practice_setup(server.server_port, [list_matching.NAME])
        yield server
        server.shutdown()
        thread.join(timeout=10)


def match(lists, capsys, **options):
    files = [str(lists / "left.csv"), str(lists / "right.csv")]
    call_command("match", *files, output=str(lists / "pairs.csv"), json=True, explain=True, **options)
    with (lists / "pairs.csv").open(newline="") as file:
        return json.loads(capsys.readouterr().out), list(csv.DictReader(file))


def test_without_a_database_one_sentence_says_what_to_do(lists, monkeypatch, capsys):
    def no_table(*args, **options):
        raise DatabaseError("no such table: governance_organisation")

    monkeypatch.setattr(ask, "readiness", no_table)

    with pytest.raises(CommandError, match=r"needs a database with a plan: run “manage.py migrate” first"):
        match(lists, capsys, adjudicate=True)


@pytest.mark.django_db(transaction=True)
def test_without_a_plan_nothing_is_asked(lists, capsys):
    with pytest.raises(CommandError, match=r"can't ask: No plan covers “match-lists”"):
        match(lists, capsys, adjudicate=True)


def test_given_pairs_are_not_asked_about(lists, capsys):
    with pytest.raises(CommandError, match=r"given pairs \(--pairs\) are only weighed"):
        call_command("match", pairs=str(lists / "left.csv"), output=str(lists / "out.csv"), adjudicate=True)


def test_the_practice_model_answers_about_own_lists_only_where_that_is_asked_for(lists, practice, capsys):
    with pytest.raises(CommandError, match="Only the practice model is set up"):
        match(lists, capsys, adjudicate=True)


def test_open_pairs_are_asked_about_once_and_the_verdict_moves_their_weight(lists, practice, capsys):
    before, open_pairs = match(lists, capsys)
    told, pairs = match(lists, capsys, adjudicate=True, practice=True)
    again, _ = match(lists, capsys, adjudicate=True, practice=True)

    assert before["review"] > 0 and "asked" not in before
    assert told["asked"] == told["answered"] == told["calls"] == Attempt.objects.count() > 0
    assert told["review"] < before["review"] and told["same"] > before["same"]
    assert told["cost_usd"] > 0 and told["model"] == "practice-light (practice model)"
    assert (again["calls"], again["cost_usd"], again["same"]) == (0, 0, told["same"])
    assert {row["points: a model's answer"] for row in pairs} & {"4.3219"}
    assert "points: a model's answer" not in open_pairs[0]


def test_the_question_holds_the_values_as_they_stand_in_the_file(lists, practice, capsys):
    match(lists, capsys, adjudicate=True, practice=True)

    asked = [attempt.exchange.messages[-1]["text"] for attempt in Attempt.objects.select_related("exchange")]

    assert any('"E. Tauber"' in text and '"Emil Tauber"' in text for text in asked)
    assert all(text.count('"ref"') <= 3 for text in asked)


def test_the_points_in_the_file_sum_exactly_to_the_weight(lists, capsys):
    _, pairs = match(lists, capsys)

    for row in pairs:
        points = [float(value) for name, value in row.items() if name.startswith("points: ")]
        assert f"{sum(points):.4f}" == f"{float(row['weight']):.4f}"
        assert row["why"].endswith(".")
