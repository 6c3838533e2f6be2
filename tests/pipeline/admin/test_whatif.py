"""What if: the page replays what was paid, and says so in figures and a chart."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from pipeline import registry
from pipeline.models import Answer, Decision, Review
from tests.pipeline.admin.world import answer, full_run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_world(settings):
    settings.PIPELINES = ["tests.pipeline.admin.world.match_people"]
    registry.pipelines.cache_clear()
    yield
    registry.pipelines.cache_clear()


def ask(client, **values):
    filled = {"days": "90", "price_factor": "1", "volume": "1", **values}
    return client.get(reverse("what_if"), filled)


def test_an_empty_ledger_has_a_page(client_of):
    assert "No model was asked yet" in client_of("Viewer").get(reverse("what_if")).content.decode()


def test_prices_times_ten_and_a_chart_with_and_without_rules(client_of):
    full_run()

    response = ask(client_of("Viewer"), price_factor="10")

    was, then = response.context["was"], response.context["then"]
    assert (was.calls, then.calls) == (6, 6)
    assert then.cost_microusd == 10 * was.cost_microusd
    assert [bar.factor for bar in response.context["bars"]] == [1, 2, 5, 10]
    assert response.context["by_rules"] == 6
    assert "price × 10" in response.content.decode()


def test_another_model_and_a_step_left_out(client_of):
    full_run()
    client = client_of("Viewer")

    assert set(ask(client, old="large-1", new="small-1").context["then"].by_model) == {"small-1"}
    assert ask(client, without="ask-strong").context["then"].calls == 4


def test_rules_left_out_are_asked_about_at_the_mean_cost_of_a_case(client_of):
    full_run()
    client = client_of("Viewer")

    one, every = ask(client, without="match-weight"), ask(client, without="rules")

    # Four cases were asked about for 24,800 micro-dollars; the weight decided one, all rules six.
    assert (one.context["then"].cost_microusd, one.context["by_rules"]) == (31_000, 5)
    assert (every.context["then"].cost_microusd, every.context["by_rules"]) == (62_000, 0)
    assert "6 more cases would be asked about." in every.content.decode()


def test_a_higher_score_of_the_last_step_sends_its_results_to_people(client_of):
    Decision.objects.filter(pk=full_run().decisions.get(layer="ask-strong").pk).update(score=0.96)

    response = ask(client_of("Viewer"), step="match-people ask-strong", threshold="0.97")

    assert response.context["shift"].to_people == 1
    assert "1 more case would wait for a person." in response.content.decode()


def test_a_lower_score_of_a_rule_spares_questions_by_the_scores_on_record(client_of):
    full_run()

    response = ask(client_of("Viewer"), step="match-people match-weight", threshold="0.7")

    # The weight of 0.71 was too low for all four cases that were asked about.
    assert response.context["shift"].asked == -4
    assert response.context["then"].cost_microusd == 0


def test_what_a_change_means_for_people_and_what_checks_prove(client_of):
    run = full_run()
    strong = run.decisions.get(layer="ask-strong")
    Decision.objects.filter(pk=strong.pk).update(score=0.96)
    person = User.objects.create(username="checker")
    check = Review.objects.create(
        decision=strong, subject=strong.subject, pipeline=strong.subject.pipeline, kind=Review.Kind.AUDIT
    )
    given = answer(strong, person, label=strong.label, review=check)
    Answer.objects.filter(pk=given.pk).update(is_correction=False)
    client = client_of("Viewer")

    now, stricter = ask(client), ask(client, step="match-people ask-strong", threshold="0.97")

    people, fewer = now.context["people"], stricter.context["people"]
    assert (people.was, fewer.then - fewer.was) == (people.then, 1)
    assert (people.proof.checked, fewer.proof_then.checked) == (1, 0)
    assert people.minutes_each is None
    assert "no blind check was answered yet" in stricter.content.decode()


def test_the_command_moves_a_threshold_and_gives_what_follows():
    run = full_run()
    Decision.objects.filter(pk=run.decisions.get(layer="ask-strong").pk).update(score=0.96)
    written = StringIO()

    call_command("whatif", "--threshold", "match-people/ask-strong=0.97", "--json", stdout=written)

    found = json.loads(written.getvalue())
    assert found["left_to_people_then"] - found["left_to_people"] == 1
    assert found["review_minutes"] is found["silent_error_percent_then"] is found["spread_usd"] is None


@pytest.mark.parametrize("text", ["match-people=0.5", "nobody/ask-light=0.5", "match-people/ask-strong=2"])
def test_a_threshold_that_can_not_be_meant_is_said_in_a_sentence(text):
    with pytest.raises(CommandError, match=f"--threshold {text}"):
        call_command("whatif", "--threshold", text)


def test_the_command_knows_rules_and_the_shock_curve():
    full_run()
    written = StringIO()

    call_command("whatif", "--without", "rules", "--json", stdout=written)

    found = json.loads(written.getvalue())
    assert (found["cost_usd"], found["cost_then_usd"]) == (0.0248, 0.062)
    assert [one["price_factor"] for one in found["shock_usd"]] == [1, 2, 5, 10]
    assert found["shock_usd"][3] == {"price_factor": 10, "cost": 0.62, "cost_without_rules": 0.62}


@pytest.mark.parametrize(
    "values",
    [
        {"price_factor": "x"},
        {"volume": "-1"},
        {"old": "small-1"},
        {"days": "7"},
        {"step": "match-people ask-light"},
        {"threshold": "0.5"},
    ],
)
def test_what_can_not_be_meant_is_said_at_the_field(client_of, values):
    full_run()

    response = ask(client_of("Viewer"), **values)

    assert response.status_code == 200
    assert response.context["form"].errors
