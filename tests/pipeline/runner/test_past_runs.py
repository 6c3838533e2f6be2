"""Which runs a forecast learns from, and what it then says."""

import pytest

from pipeline.models import Run
from pipeline.runner.past_runs import past_runs
from tests.pipeline.admin.world import make_run, match_people, step

pytestmark = pytest.mark.django_db


def finished(expected=1_000, cost=1_100, first=400, is_from_history=True, **more):
    run = make_run(
        forecast={"questions": 4, "expected_microusd": expected, "is_from_history": is_from_history},
        summary={"cost_microusd": cost, **more.pop("summary", {})},
        **more,
    )
    step(run, "ask-light", 2, is_model=True, cost_microusd=first)
    return run


def test_dry_unfinished_and_short_runs_teach_nothing():
    finished(is_dry_run=True)
    finished(state=Run.State.STOPPED)
    finished(summary={"ask_due": 3})
    make_run(forecast={"questions": 0}, summary={"cost_microusd": 0})

    assert past_runs(match_people) == []


def test_the_newest_twenty_come_oldest_first():
    for cost in range(1, 26):
        finished(cost=cost)

    assert [run.actual_microusd for run in past_runs(match_people)] == list(range(6, 26))


def test_a_run_before_there_was_history_expected_nothing():
    finished(is_from_history=False)

    (run,) = past_runs(match_people)
    assert (run.expected_microusd, run.actual_microusd, run.first_step_microusd) == (0, 1_100, 400)
