"""Background jobs: retention of words, closing of leases."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance import gateway, tasks
from governance.models import Attempt, Exchange
from tests.governance.factories import make_model, make_plan, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def _answered(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    gateway.ask([question("one"), question("two")], gateway.CallContext(run_key="run:1"))


@pytest.mark.usefixtures("_answered")
def test_words_are_kept_for_90_days():
    assert tasks.purge_exchanges() == 0
    kept = Exchange.objects.first().purge_after - Attempt.objects.first().started_at
    assert abs(kept - timedelta(days=90)) < timedelta(minutes=1)


def test_words_are_kept_as_long_as_the_plan_says(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan(retention_days=7)

    gateway.ask([question("one")], gateway.CallContext(run_key="run:1"))

    kept = Exchange.objects.get().purge_after - Attempt.objects.get().started_at
    assert abs(kept - timedelta(days=7)) < timedelta(minutes=1)


@pytest.mark.usefixtures("_answered")
def test_after_that_the_words_go_and_the_figures_stay():
    Exchange.objects.filter(attempt__subject_key="1").update(purge_after=timezone.now() - timedelta(seconds=1))

    assert tasks.purge_exchanges() == 2
    assert [attempt.cost_microusd > 0 for attempt in Attempt.objects.all()] == [True, True]


def test_a_sweep_with_nothing_to_close_does_nothing():
    assert tasks.sweep() == 0
