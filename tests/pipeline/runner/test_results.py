"""What keeps a model's result from standing without a person: the plan's lines about results."""

from dataclasses import replace

import pytest
from django.utils import timezone

from governance import gateway
from governance.models import PlanFinding
from governance.questions import Outcome
from pipeline.models import Answer, Run
from pipeline.pipeline import Case, Verdict
from pipeline.plan_history import stop_facts
from pipeline.runner.results import results_of
from tests.governance.conftest import practice_endpoint  # noqa: F401  (a fixture)
from tests.governance.factories import make_model, make_plan, question
from tests.pipeline.admin import world
from tests.pipeline.admin.world import NAME, match_people

pytestmark = pytest.mark.django_db
CASE = Case(object_id=1, values={})
LIMITS = {"known_limits": "Twins."}


def verdict(score=0.99):
    return Verdict(label="same", score=score, reason="model_same", anchor=2)


def results(pipeline=match_people, **terms):
    version = make_plan(tasks=(NAME,), **LIMITS, **terms)
    run = Run.objects.create(pipeline=NAME, memory={"plan": str(version)}, state="finished")
    return results_of(run, pipeline, timezone.now())


def decided(run, reason, number):
    for record in world.people(*(f"P{n}" for n in range(number))):
        world.decide(run, record, anchor=None, layer="person", label="unsure", reason=reason)


def test_a_result_the_plan_has_nothing_against_stands():
    seen = results(always_review=["merge"], accept_percent=95, actions=["show", "suggest"], human_fields=["deal.stage"])

    assert seen.objection(CASE, verdict()) == ""
    assert seen.found == []


@pytest.mark.parametrize(
    ("terms", "about", "reason"),
    [
        ({"out_of_scope": ["rate_people"]}, {"purposes": frozenset({"rate_people"})}, "plan:10"),
        ({"human_fields": ["deal.stage"]}, {"suggests": frozenset({"deal.stage"})}, "plan:11"),
        ({"actions": ["show"]}, {}, "plan:12"),
        ({"accept_percent": 100}, {}, "plan:20"),
        ({"always_review": ["disqualify"]}, {"traits": lambda *_: frozenset({"disqualify"})}, "plan:21"),
        ({"review_amount": 1_000_000}, {"amount": lambda _: 1_000_001}, "plan:21"),
    ],
)
def test_what_the_plan_leaves_to_a_person_goes_to_one(terms, about, reason):
    seen = results(replace(match_people, **about), **terms)

    assert seen.objection(CASE, verdict()) == reason


def test_the_first_results_of_a_new_version_are_seen_by_people():
    seen = results(always_review=["first_20"])
    decided(seen.run, "first_20", 18)
    seen = results_of(seen.run, match_people, timezone.now())

    assert [seen.objection(CASE, verdict()) for _ in range(3)] == ["first_20", "first_20", ""]


def test_results_of_an_earlier_version_do_not_count_among_the_first():
    earlier = Run.objects.create(pipeline=NAME, memory={"plan": "Plan v0"}, state="finished")
    decided(earlier, "first_20", 20)

    assert results(always_review=["first_20"]).first_left == 20


def test_a_result_without_known_limits_beside_it_is_noted_once_and_stands():
    make_plan(tasks=(NAME,))
    run = Run.objects.create(pipeline=NAME, memory={"plan": "Plan v1"}, state="finished")
    seen = results_of(run, match_people, timezone.now())

    assert [seen.objection(CASE, verdict()) for _ in range(2)] == ["", ""]
    seen.note(timezone.now())
    assert [(one.line, one.moment) for one in PlanFinding.objects.all()] == [(31, "output")]


def test_too_many_rejected_results_stop_the_next_question(practice_endpoint, person):  # noqa: F811
    make_model(practice_endpoint.base_url)
    make_plan(tasks=(NAME,), max_reject_percent=30)
    run = Run.objects.create(pipeline=NAME, state="finished")
    by = person("Reviewer")
    for number, record in enumerate(world.people(*(f"P{n}" for n in range(50)))):
        made = world.decide(run, record, anchor=None, layer="ask-light", label="new", is_model=True)
        given = world.answer(made, by, proposal=made)
        Answer.objects.filter(pk=given.pk).update(is_correction=number < 16)

    observed = stop_facts([NAME], timezone.now())
    reply = gateway.ask([question(task=NAME)], gateway.CallContext(run_key="run:9", observed=observed))[0]

    assert (observed["judged"], observed["rejected"]) == (50, 16)
    assert reply.outcome is Outcome.BLOCKED
    assert reply.detail == (
        "Your plan says that people reject at most 30 % of AI's results; they rejected 32 % of the last 50."
    )
    assert practice_endpoint.state.report()["calls"] == 0
