"""A plan's month: three numbers and one decision."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from governance.models import PlanFinding, PlanVersion, Rollup
from pipeline.models import Run
from pipeline.plan_month import decision_of, numbers_of, tell_month
from tests.governance.factories import make_model, make_plan, this_month
from tests.pipeline.admin import world
from tests.pipeline.admin.world import NAME

pytestmark = pytest.mark.django_db
LAST = timedelta(days=1)


def last_month():
    return (this_month() - LAST).replace(day=1)


def test_a_month_in_which_nothing_happened_says_so():
    version = make_plan(tasks=(NAME,))

    assert numbers_of(version, last_month(), this_month(), timezone.now()) == [
        "Nothing had to be decided.",
        "It cost $0.00.",
        "No blind check was answered yet: errors are unknown.",
    ]


def test_who_decided_and_what_it_cost():
    version = make_plan(tasks=(NAME,), monthly_microusd=20_000_000)
    run = world.make_run()
    a, b, c, d = world.people("A", "B", "C", "D")
    world.decide(run, a, label="new")
    world.decide(run, b, label="new")
    world.decide(run, c, label="new", layer="ask-light", is_model=True)
    world.decide(run, d, label="unsure", layer="person")
    Run.objects.update(created_at=timezone.now().replace(day=1) - LAST)
    Rollup.objects.create(model=make_model(), task=NAME, day=this_month() - LAST, cost_microusd=1_250_000)

    deciders, cost, _ = numbers_of(version, last_month(), this_month(), timezone.now())

    assert deciders == "Of 4 cases rules decided 2, models 1, and 1 went to people."
    assert cost == "It cost $1.25 of the $20.00 the plan allows."


def test_the_decision_is_the_first_line_that_does_not_hold():
    version = make_plan(tasks=(NAME,), review_date="2027-03-01")
    assert "does the plan go on as it is? It is reviewed by 2027-03-01" in decision_of(version)

    PlanFinding.objects.create(plan_version=version, line=24, moment="nightly", sentence="Nobody can review.")

    assert decision_of(version) == "Nobody can review."


def test_a_plan_of_this_month_is_not_told_of_the_last_one(settings, person):
    settings.EMAIL_HOST = "mail.example.com"
    version = make_plan(tasks=(NAME,), owner=person("Viewer").pk)
    assert not tell_month(version, timezone.now())

    PlanVersion.objects.update(approved_at=timezone.now() - timedelta(days=40))
    version.refresh_from_db()

    assert [tell_month(version, timezone.now()) for _ in range(2)] == [True, False]
    assert len(mail.outbox) == 1
