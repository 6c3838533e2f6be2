"""What if: the page replays what was paid, and says so in figures and a chart."""

import pytest
from django.urls import reverse

from pipeline import registry
from tests.pipeline.admin.world import full_run

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
    assert "No paid call is on record" in client_of("Viewer").get(reverse("what_if")).content.decode()


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


@pytest.mark.parametrize("values", [{"price_factor": "x"}, {"volume": "-1"}, {"old": "small-1"}, {"days": "7"}])
def test_what_can_not_be_meant_is_said_at_the_field(client_of, values):
    full_run()

    response = ask(client_of("Viewer"), **values)

    assert response.status_code == 200
    assert response.context["form"].errors
