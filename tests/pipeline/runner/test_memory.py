"""What a run takes from the plan and from people's answers when it begins."""

from copy import copy
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from pipeline.models import Answer, Dossier, ExampleUse, Run, Subject
from pipeline.pipeline import Terms
from pipeline.runner.memory import freeze, recall
from tests.governance.factories import make_model, make_plan
from tests.pipeline.admin import world
from tests.pipeline.admin.world import NAME, match_people

pytestmark = pytest.mark.django_db


def answer_of(days=0, sources=("HubSpot", "HubSpot")):
    """Somebody's answer, `days` old, about a pair from these sources."""
    run = Run.objects.create(pipeline=NAME, state="finished")
    subject = Subject.objects.create(pipeline=NAME, object_id=Subject.objects.count() + 1)
    other = {"object_id": 9, "values": {"name": "B"}, "source": sources[1], "features": {"name": 0.9}, "levels": {}}
    case = {"values": {"name": "A"}, "source": sources[0], "candidates": [other]}
    dossier = Dossier.objects.create(run=run, subject=subject, case=case, case_hash="h")
    by = User.objects.get_or_create(username="ana")[0]
    at = timezone.now() - timedelta(days=days)
    return Answer.objects.create(subject=subject, dossier=dossier, pipeline=NAME, by=by, label="new", anchor=9,
                                 features={"name": 0.9}, created_at=at)  # fmt: skip


def remembered():
    now = timezone.now()
    return recall(Run(pipeline=NAME, memory=freeze(match_people, now), created_at=now), match_people)


def test_without_a_plan_every_answer_counts_and_nothing_is_limited():
    given = answer_of(days=800)

    memory = remembered()

    assert [(one.answer_id, one.age_months) for one in memory.examples] == [(given.pk, 26)]
    assert memory.terms == Terms()


def test_a_correction_counts_for_as_long_as_the_plan_says():
    make_plan(tasks=(NAME,), correction_months=12)
    young = answer_of(days=300)
    answer_of(days=400)

    assert [one.answer_id for one in remembered().examples] == [young.pk]


def test_an_old_answer_that_was_quoted_lately_still_counts():
    version = make_plan(tasks=(NAME,), correction_months=12)
    old = answer_of(days=400)
    ExampleUse.objects.create(attempt=world.attempt(make_model(), version), answer=old)

    assert [(one.answer_id, one.age_months) for one in remembered().examples] == [(old.pk, 0)]


def test_a_run_knows_which_pairs_people_judged():
    kept_apart, joined = answer_of(), answer_of()
    Answer.objects.filter(pk=joined.pk).update(label="same")

    assert remembered().reviewed == (
        (kept_apart.subject.object_id, 9, False), (joined.subject.object_id, 9, True),
    )  # fmt: skip


@pytest.mark.parametrize(("clean", "cut"), [(143, None), (144, 0.9)])
def test_answers_enough_to_prove_it_lower_the_cut_of_the_match_weight(clean, cut):
    first = answer_of()
    case = first.dossier.case | {"candidates": [first.dossier.case["candidates"][0] | {"probability": 0.9}]}
    Dossier.objects.filter(pk=first.dossier.pk).update(case=case)
    Answer.objects.filter(pk=first.pk).update(label="same")
    first.refresh_from_db()
    first.pk = None
    Answer.objects.bulk_create([copy(first) for _ in range(clean - 1)])

    thresholds = {(layer, label): value for layer, label, value in freeze(match_people, timezone.now())["thresholds"]}

    assert thresholds.get(("match-weight", "same")) == cut


@pytest.mark.parametrize("sources", [("HubSpot", "List"), ("List", "HubSpot")])
def test_an_answer_about_a_record_of_a_source_the_plan_does_not_name_is_not_quoted(sources):
    make_plan(tasks=(NAME,), sources=["HubSpot"])
    allowed = answer_of()
    answer_of(sources=sources)

    assert [one.answer_id for one in remembered().examples] == [allowed.pk]


def test_the_plan_s_terms_go_with_the_run():
    make_plan(tasks=(NAME,), fields_out=["name"], max_examples=3, alias_after=4, modes={NAME: "always"})

    assert remembered().terms == Terms(fields_out=frozenset({"name"}), most_examples=3, alias_after=4, asks_always=True)
