"""What AI is known to get wrong stands beside its results, and reviewers confirm having read it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import LimitsRead, PlanFinding
from pipeline.models import Review
from pipeline.runner.results import results_of
from tests.governance.factories import make_plan
from tests.pipeline.admin import world
from tests.pipeline.admin.world import NAME, match_people
from tests.pipeline.runner.test_results import CASE, verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pipeline(monkeypatch):
    monkeypatch.setattr("pipeline.registry.pipelines", lambda: {NAME: match_people})
    monkeypatch.setattr("pipeline.registry.get", lambda name: match_people)


def question():
    run, (one, other) = world.make_run(), world.people("Ana", "Anna")
    world.decide(run, one, anchor=other, layer="person", label="unsure", reason="below_threshold")
    return Review.objects.get()


def test_without_a_text_nothing_is_shown(client_of):
    make_plan(tasks=(NAME,))
    question()

    assert "known to get wrong" not in client_of("Reviewer").get(reverse("review")).content.decode()


def test_a_reviewer_reads_and_confirms_it_once(client_of):
    version = make_plan(tasks=(NAME,), known_limits="Twins <b>.")
    review, client = question(), client_of("Reviewer")
    assert "I have read this" in (page := client.get(reverse("review")).content.decode())
    assert "Twins &lt;b&gt;." in page

    for _ in range(2):
        client.post(reverse("review_limits", args=[version.pk]), {"review": review.pk})

    assert "I have read this" not in client.get(reverse("review")).content.decode()
    assert LimitsRead.objects.get().plan_version == version


def test_it_stands_beside_a_model_s_result(client_of):
    make_plan(tasks=(NAME,), known_limits="Twins.")
    run, (one, other) = world.make_run(), world.people("Ana", "Anna")
    made = world.decide(run, one, anchor=other, layer="ask-light", is_model=True)

    page = client_of("Viewer").get(reverse("case_page", args=[made.subject_id])).content.decode()

    assert "What AI is known to get wrong here" in page


def test_whoever_answers_without_having_read_it_is_found(person):
    version = make_plan(tasks=(NAME,), known_limits="Twins.")
    run, (one,) = world.make_run(), world.people("Ana")
    world.answer(world.decide(run, one, anchor=None, label="new"), person("Reviewer"))

    seen = results_of(run, match_people, timezone.now())
    assert seen.objection(CASE, verdict()) == ""
    seen.note(timezone.now())

    assert PlanFinding.objects.get().sentence == (
        "Your plan says that whoever judges results knows its limits; 1 reviewer has not confirmed reading them."
    )
    LimitsRead.objects.create(plan_version=version, by=person("Viewer"))
    assert results_of(run, match_people, timezone.now()).facts.limits_unread_by == 1
