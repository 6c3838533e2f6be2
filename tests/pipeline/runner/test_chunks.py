"""Who may work on a chunk, and who may no longer write."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pipeline import tasks
from pipeline.models import Chunk, Run
from pipeline.runner import chunks

pytestmark = pytest.mark.django_db


def make_run(**fields):
    return Run.objects.create(pipeline="match-contacts", state="running", **fields)


def make_chunk(run=None, **fields):
    return Chunk.objects.create(run=run or make_run(), **{"phase": "ask", "stage": 1, **fields})


def test_a_chunk_in_work_is_not_given_to_a_second_worker():
    make_chunk()

    first, second = chunks.claim(), chunks.claim()

    assert first is not None
    assert second is None


def test_a_chunk_whose_lease_ran_out_is_taken_again_with_a_higher_fence():
    make_chunk()
    first = chunks.claim()

    second = chunks.claim(timezone.now() + timedelta(minutes=5))

    assert (first.fence, second.fence) == (1, 2)


def test_who_lost_the_lease_cannot_write_any_more():
    run = make_run()
    make_chunk(run)
    slow = chunks.claim()
    chunks.claim(timezone.now() + timedelta(minutes=5))

    with pytest.raises(chunks.LeaseLost), chunks.fenced(slow):
        Run.objects.filter(pk=run.pk).update(cases=99)

    assert Run.objects.get(pk=run.pk).cases == 0


def test_a_later_stage_waits_for_the_earlier_ones():
    run = make_run()
    make_chunk(run, stage=2, phase="finish")
    make_chunk(run, stage=1, idx=0)
    make_chunk(run, stage=1, idx=1)

    phases = [chunks.claim().phase, chunks.claim().phase, chunks.claim()]

    assert phases == ["ask", "ask", None]


def test_a_stage_is_open_once_the_earlier_one_is_done_or_given_up():
    run = make_run()
    make_chunk(run, stage=0, phase="free", state="done")
    make_chunk(run, stage=1, state="failed")
    last = make_chunk(run, stage=2, phase="finish")

    assert chunks.claim() == last


def test_chunks_of_a_stopped_run_are_left_alone():
    make_chunk(Run.objects.create(pipeline="match-contacts", state="stopped"))

    assert chunks.claim() is None


def test_people_wait_until_the_run_over_their_companies_is_over():
    companies = Run.objects.create(pipeline="match-accounts", state="running")
    people = make_chunk(Run.objects.create(pipeline="match-contacts", state="queued"), phase="free", stage=0)

    while_running = chunks.claim()
    Run.objects.filter(pk=companies.pk).update(state="finished")

    assert while_running is None
    assert chunks.claim() == people


def test_a_failed_chunk_rests_before_it_is_tried_again():
    make_chunk()
    chunk = chunks.claim()

    is_over = chunks.fail(chunk, "The database was away.")

    assert not is_over
    assert chunks.claim() is None
    assert chunks.claim(timezone.now() + timedelta(minutes=1)).attempts == 2


def test_a_chunk_that_keeps_failing_is_given_up_with_its_reason():
    chunk = make_chunk(attempts=chunks.MAX_ATTEMPTS - 1)

    chunks.fail(chunks.claim(), "It always fails.")

    chunk.refresh_from_db()
    assert (chunk.state, chunk.error) == ("failed", "It always fails.")


def test_a_free_pass_that_keeps_failing_ends_its_run_with_a_sentence(monkeypatch):
    run = make_run()
    make_chunk(run, phase="free", stage=0, attempts=chunks.MAX_ATTEMPTS - 1)
    monkeypatch.setitem(tasks.WORK, "free", lambda chunk: 1 / 0)

    tasks.drain()

    run.refresh_from_db()
    assert run.state == "failed"
    assert run.error.startswith("The run stopped because a step failed repeatedly.")
