"""Blind checks: drawn from what models accepted, asked without a mark, counted, and what follows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import PlanFinding
from pipeline import audits, tasks
from pipeline.models import Answer, CheckedMonth, Decision, Record, Review, Run, Subject
from pipeline.review import answers, undo
from pipeline.review.sheet import sheet
from pipeline.runner.memory import freeze
from tests.governance.factories import make_plan
from tests.pipeline.admin import world
from tests.pipeline.admin.world import NAME, match_people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pipeline(monkeypatch):
    monkeypatch.setattr("pipeline.registry.pipelines", lambda: {NAME: match_people})
    monkeypatch.setattr("pipeline.registry.get", lambda name: match_people)


def plan(**terms):
    return make_plan(tasks=(NAME,), audit_percent=5, audit_minimum=30, **terms)


def accepted(number, layer="ask-light", is_model=True):
    """So many results of a run, each "the same" as one known record."""
    run, known = world.make_run(), world.people("Ana Berg")[0]
    path = [{"layer": layer, "label": "same", "anchor": known.pk, "score": 0.97, "said": "One address."}]
    return [
        world.decide(run, record, anchor=known, layer=layer, is_model=is_model, reason="model_same", path=path)
        for record in world.people(*(f"P{n}" for n in range(number)))
    ]


def draw():
    return audits.draw(NAME, timezone.now())


def checks():
    return audits.checked([NAME], timezone.now())[NAME]


def say(review, by, label="same"):
    reason = "" if label == "same" else "namesake"
    anchor = review.decision.anchor if label == "same" else None
    return answers.answer(review, by=by, label=label, anchor=anchor, reason=reason, now=timezone.now())


def test_what_rules_decided_is_not_drawn():
    plan()
    accepted(3, layer="match-weight", is_model=False)

    assert draw() == 0


def test_a_plan_that_asks_for_no_checks_draws_none():
    make_plan(tasks=(NAME,))
    accepted(3)

    assert draw() == 0


def test_what_a_person_changed_meanwhile_is_not_drawn(person):
    plan()
    made = accepted(2)
    record = Record.objects.get(pk=made[0].subject.object_id)
    world.decide(None, record, layer="person", label="new", by=person())

    assert draw() == 1
    assert Review.objects.get(kind="audit").decision == made[1]


def test_thirty_are_drawn_once_and_stand_meanwhile():
    plan()
    accepted(40)

    assert (draw(), draw()) == (30, 0)
    assert Subject.objects.filter(state="review").count() == 0


def test_the_question_hides_what_was_decided():
    plan()
    accepted(1)
    draw()

    shown = sheet(Review.objects.get())

    assert (shown.is_blind, shown.opinions, shown.why) == (True, (), "The rules were not sure about these.")


def test_the_page_tells_afterwards_that_it_was_a_check(client_of):
    plan()
    (made,) = accepted(1)
    draw()
    client, review = client_of("Reviewer"), Review.objects.get()

    before = client.get(reverse("review")).content.decode()
    said = {"label": "same", "anchor": made.anchor}
    after = client.post(reverse("review_answer", args=[review.pk]), said, follow=True)

    assert "One address." not in before
    assert "lind check" not in before
    assert "This was a blind check: AI had decided the same." in after.content.decode()


def test_answers_are_counted_against_what_was_decided(person):
    plan()
    accepted(5)
    draw()
    by = person("Reviewer")
    for number, review in enumerate(Review.objects.all()):
        say(review, by, "new" if number == 0 else "same")

    found = checks()

    assert (found.accepted, found.due, found.checked, found.wrong) == (5, 5, 5, 1)
    assert round(found.most_percent, 1) == 65.7


def test_an_answer_that_is_taken_back_opens_the_check_again(person):
    plan()
    (made,) = accepted(1)
    draw()
    by = person("Reviewer")
    given = say(Review.objects.get(), by, "new")

    undo.undo(given, by, timezone.now())

    subject = Subject.objects.get(pk=made.subject_id)
    assert (subject.state, subject.decision.label, subject.decision.is_model) == ("decided", "same", True)
    again = Review.objects.get(closed_at=None)
    assert (again.kind, again.decision) == ("audit", subject.decision)
    say(again, by)
    assert (checks().checked, checks().wrong) == (1, 0)


def test_missing_checks_make_models_need_a_higher_score_until_they_are_done(person):
    version = plan(known_limits="Twins.", owner=person("Plan author").pk)
    accepted(2)
    Decision.objects.update(created_at=timezone.now() - timedelta(days=8))
    Run.objects.update(created_at=timezone.now() - timedelta(days=8))
    thresholds = {(layer, label): value for layer, label, value in freeze(match_people, timezone.now())["thresholds"]}
    assert thresholds == {}

    tasks.check_plans()
    tightened = {(layer, label): value for layer, label, value in freeze(match_people, timezone.now())["thresholds"]}
    by = person("Reviewer")
    for review in Review.objects.filter(closed_at=None):
        say(review, by)
    tasks.check_plans()

    assert tightened["ask-light", "same"] == 1.01
    assert list(version.findings.filter(line=22).order_by("pk").values_list("is_passed", flat=True)) == [False, True]
    assert freeze(match_people, timezone.now())["thresholds"] == []


def test_too_many_wrong_ones_are_found_at_night(person):
    plan(max_silent_error_percent=5)
    accepted(30)
    draw()
    by = person("Reviewer")
    for review in Review.objects.all():
        say(review, by)

    tasks.check_plans()

    assert PlanFinding.objects.get(line=23).sentence == (
        "Your plan says that at most 5 % of accepted results are wrong unnoticed; the checks prove no more than "
        "“at most 9.5 %”."
    )


def test_the_plan_page_says_how_many_were_wrong_and_what_that_proves(client_of, person):
    version = plan()
    accepted(3)
    draw()
    by = person("Reviewer")
    for review in Review.objects.all():
        say(review, by)

    page = client_of("Viewer").get(reverse("plan_page", args=[version.plan_id]), {"tab": "quality"}).content.decode()

    assert "0 of 3 wrong, at most 63.2 %" in page
    assert Answer.objects.count() == 3


def test_home_says_what_the_checks_prove(client_of, person):
    plan()
    accepted(3)
    draw()
    by = person("Reviewer")
    for review in Review.objects.all():
        say(review, by)

    page = client_of("Viewer").get("/").content.decode()

    assert "at most 63.2 %" in page
    assert "0 of 3 blind checks of AI" in page


def test_what_was_drawn_beyond_the_month_s_share_proves_nothing_about_it(person):
    plan()
    accepted(31)
    draw()
    by = person("Reviewer")
    for review in Review.objects.all():
        say(review, by)
    CheckedMonth.objects.update(cut=0.0)

    assert checks().checked == 0
