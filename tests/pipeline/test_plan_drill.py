"""Working without AI, tried on past cases: nothing is asked or decided, and what breaks is on record."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from pipeline import tasks
from pipeline.models import Decision, Drill, Review
from pipeline.pipeline import Verdict, Work
from pipeline.plan_drill import age_days, drill
from tests.governance.factories import make_plan
from tests.pipeline.admin import world
from tests.pipeline.admin.world import NAME, match_people

pytestmark = pytest.mark.django_db


class Sure:
    name, label, is_model = "identifiers", "Same identifiers", False

    def judge(self, work):
        """Sure about every second case."""
        verdict = Verdict(label="new", score=1.0, reason="")
        return [verdict if place % 2 else None for place, _ in enumerate(work.cases)]


def broken(*_):
    raise ValueError("no such column")


def pipeline(**parts):
    return replace(match_people, layers=(Sure(),), prepare=lambda cases, memory: Work(cases=tuple(cases)), **parts)


def decided(number):
    run = world.make_run()
    for record in world.people(*(f"P{n}" for n in range(number))):
        world.decide(run, record, anchor=None, label="new")


def test_without_a_decided_case_there_is_nothing_to_try():
    assert drill(pipeline(), timezone.now()) is None
    assert age_days(make_plan(tasks=(NAME,)), timezone.now()) is None


def test_five_cases_are_judged_by_the_rules_and_nothing_is_decided():
    decided(7)

    made = drill(pipeline(), timezone.now())

    assert (made.cases, made.by_rules, made.to_person, made.error) == (5, 2, 3, "")
    assert (Decision.objects.count(), Review.objects.count()) == (7, 0)


def test_what_breaks_is_on_record_and_counts_as_no_try():
    decided(2)
    version = make_plan(tasks=(NAME,))

    made = drill(pipeline(present=broken), timezone.now())

    assert made.error == "ValueError: no such column"
    assert age_days(version, timezone.now() + timedelta(days=31)) == 31


def test_a_plan_whose_last_try_is_too_old_is_found_at_night(monkeypatch):
    decided(2)
    version = make_plan(tasks=(NAME,), drill_days=30)
    Drill.objects.create(pipeline=NAME, at=timezone.now() - timedelta(days=31), cases=5)
    for broke, parts in ((True, {"present": broken}), (False, {})):
        tried = pipeline(**parts)
        monkeypatch.setattr("pipeline.registry.pipelines", lambda tried=tried: {NAME: tried})
        tasks.check_plans()
        found = version.findings.filter(line=27).first()
        assert (found.is_passed, "31 days old" in found.sentence) == (not broke, broke)
