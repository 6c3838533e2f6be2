"""What a run's start says about its plan: who may ask, who waits, who is told which line stopped it."""

import pytest
from django.utils import timezone

from governance.models import PlanFinding
from pipeline import registry
from pipeline.models import Run
from pipeline.plan_facts import check_run
from pipeline.runner.memory import freeze
from tests.governance.factories import make_plan

pytestmark = pytest.mark.django_db
TASK = "match-contacts"


def checked(open_items=40, items=200, expected=0, prompt="aaaa1111"):
    run = Run.objects.create(pipeline=TASK, memory={"prompt": prompt})
    forecast = {"expected_microusd": expected}
    return check_run(run, registry.get(TASK), items=items, open_items=open_items, forecast=forecast, now=timezone.now())


def test_a_valid_plan_lets_the_run_ask():
    make_plan(expected_ai_percent=30, max_run_microusd=1_000, prompts={TASK: "aaaa1111"})

    assert checked(expected=1_000) == {}
    assert PlanFinding.objects.count() == 0


def test_a_run_without_open_cases_is_not_stopped():
    assert checked(open_items=0) == {}


@pytest.mark.parametrize(
    ("plan", "line", "words"),
    [
        (None, 1, "No plan covers"),
        ({"ends_in": -1}, 4, "expired on"),
        ({"state": "draft"}, 3, "is not approved yet."),
        ({"state": "suspended"}, 3, "is suspended."),
        ({"modes": {TASK: "rules"}}, 6, "only rules decide"),
        ({"prompts": {TASK: "bbbb2222"}}, 14, "needs a new version of the plan"),
    ],
)
def test_the_line_that_stops_the_run_is_named(plan, line, words):
    if plan is not None:
        make_plan(**plan)

    told = checked()

    assert (told["line"], told["is_pause"]) == (line, False)
    assert words in told["sentence"]
    assert PlanFinding.objects.get().sentence == told["sentence"]


@pytest.mark.parametrize(
    ("plan", "observed", "line"),
    [({"expected_ai_percent": 5}, {}, 7), ({"max_run_microusd": 1_000}, {"expected": 2_000}, 16)],
)
def test_too_much_ai_or_money_makes_the_run_wait(plan, observed, line):
    make_plan(**plan)

    told = checked(**observed)

    assert (told["line"], told["is_pause"]) == (line, True)


def test_the_plan_raises_the_score_from_which_a_models_answer_is_accepted():
    pipeline = registry.get(TASK)
    before = {(layer, label): value for layer, label, value in freeze(pipeline, timezone.now())["thresholds"]}
    make_plan(accept_percent=97)

    after = {(layer, label): value for layer, label, value in freeze(pipeline, timezone.now())["thresholds"]}

    assert (before["ask-strong", "same"], after["ask-strong", "same"]) == (0.9, 0.97)
