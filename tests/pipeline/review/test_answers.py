"""What a person answers, and what is kept of it."""

import threading

import pytest
from django.db import connection

from pipeline.models import Answer, Decision, PairFact, Review, Subject
from pipeline.review.answers import answer, put_off
from pipeline.review.errors import QuestionClosed, WrongAnswer
from pipeline.review.proposals import split_of
from pipeline.review.queue import next_question

from .world import NOW, grouping, later, match_people, parted, people, question, settled

MODEL_SAID_SAME = ({"layer": "light", "label": "same", "score": 0.8, "reason": "model"},)


def same(review, by, anchor, now=NOW):
    return answer(review, by=by, label="same", anchor=anchor.pk, now=now)


def different(review, by, reason="other_person", note="", now=NOW):
    return answer(review, by=by, label="new", reason=reason, note=note, now=now)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"label": "perhaps"}, "“perhaps” is no answer to this question; answers are: same, new, unsure."),
        ({"label": "same"}, "Choose the record it is the same as."),
        ({"label": "same", "anchor": 4711}, "Choose the record it is the same as."),
        ({"label": "new"}, "Say why they are not the same: choose one of the reasons."),
        ({"label": "new", "reason": "because"}, "“because” is none of the reasons offered."),
        (
            {"label": "new", "reason": "other_person", "note": "x" * 201},
            "The note has 201 characters; at most 200 are kept.",
        ),
    ],
)
def test_an_answer_that_does_not_fit_changes_nothing(ana, given, sentence):
    a, b = people("A", "B")
    review = question(b, a)

    with pytest.raises(WrongAnswer) as error:
        answer(review, by=ana, now=NOW, **given)

    assert str(error.value) == sentence
    assert (Answer.objects.count(), Decision.objects.count()) == (0, 1)
    assert next_question(ana) == review


def test_the_same_joins_the_record_and_supersedes(ana):
    a, b = people("A", "B")
    review = question(b, a)

    given = same(review, ana, a)

    decision = Subject.objects.get(object_id=b.pk).decision
    assert (decision.label, decision.anchor, decision.layer, decision.by) == ("same", a.pk, "person", ana)
    assert decision.supersedes == review.decision
    assert given.decision == decision
    assert grouping() == parted("AB")
    assert next_question(ana) is None


def test_not_the_same_keeps_the_record_apart_from_all_it_was_shown(ana):
    a, b, c, d, e = people("A", "B", "C", "D", "E")

    different(question(e, a, b, c, d), ana)

    assert set(PairFact.objects.values_list("low", "high")) == {(a.pk, e.pk), (b.pk, e.pk), (c.pk, e.pk)}
    assert grouping() == parted("A", "B", "C", "D", "E")


def test_an_answer_keeps_what_later_learning_needs(ana):
    a, b = people("A", "B")
    review = question(b, a)

    given = different(review, ana, reason="shared_mail", note="  both use info@  ")

    assert (given.reason, given.note, given.by) == ("shared_mail", "both use info@", ana)
    assert (given.proposal, given.dossier) == (review.decision, review.decision.dossier)
    assert (given.anchor, given.features) == (a.pk, {"name": 0.9})
    assert given.split == "learn"


def test_the_second_candidate_can_be_the_right_one(ana):
    a, b, c = people("A", "B", "C")

    given = same(question(c, a, b), ana, b)

    assert grouping() == parted("A", "BC")
    assert (given.features, given.is_correction) == ({"name": 0.8}, True)


@pytest.mark.parametrize(
    ("probability", "path", "label", "expected"),
    [
        (0.7, (), "same", False),
        (0.7, (), "new", True),
        (0.3, (), "same", True),
        (0.3, (), "new", False),
        (0.3, MODEL_SAID_SAME, "same", False),
        (0.3, MODEL_SAID_SAME, "new", True),
        (0.3, ({"layer": "match_weight", "label": "same"},), "new", False),
        (0.3, (*MODEL_SAID_SAME, {"layer": "light", "label": "unsure"}), "new", True),
    ],
)
def test_a_correction_differs_from_the_models_verdict_or_else_from_where_the_weight_leans(
    ana, probability, path, label, expected
):
    a, b = people("A", "B")
    path = tuple({"anchor": a.pk, **passage} for passage in path)
    review = question(b, a, probability=probability, path=path)

    given = same(review, ana, a) if label == "same" else different(review, ana)

    assert given.is_correction is expected


def test_unsure_puts_the_question_last_and_is_on_record(ana):
    a, b, c = people("A", "B", "C")
    first, second = question(b, a, stake=0.9), question(c, a, stake=0.5)

    given = put_off(first, by=ana, now=later(1))

    assert next_question(ana) == second
    assert (given.label, given.decision, given.features) == ("unsure", None, {})
    assert Subject.objects.get(object_id=b.pk).decision == first.decision


def test_of_two_people_answering_the_second_is_told(ana, ben):
    a, b = people("A", "B")
    review = question(b, a)
    different(review, ana)

    with pytest.raises(QuestionClosed) as error:
        same(Review.objects.get(pk=review.pk), ben, a)

    assert str(error.value) == "ana answered this question before you: not the same."
    assert Answer.objects.count() == 1


def test_a_question_that_a_run_settled_meanwhile_is_closed(ana):
    a, b = people("A", "B")
    review = question(b, a)
    settled(b, "same", a)

    with pytest.raises(QuestionClosed) as error:
        put_off(review, by=ana, now=NOW)

    assert str(error.value) == "This question was settled meanwhile; here is the next one."


def test_not_the_same_parts_what_was_joined_the_other_way_round_meanwhile(ana):
    a, b = people("A", "B")
    review = question(b, a)
    settled(a, "same", b)

    different(review, ana)

    assert grouping() == parted("A", "B")


def test_the_same_takes_back_that_they_were_kept_apart(ana):
    a, b = people("A", "B")
    different(question(b, a), ana)

    same(question(b, a), ana, a, now=later(1))

    assert PairFact.objects.filter(withdrawn_at=None).count() == 0
    assert grouping() == parted("AB")


def test_a_second_answer_against_the_same_pair_needs_no_second_fact(ana):
    a, b = people("A", "B")
    different(question(b, a), ana)

    different(question(b, a), ana, now=later(1))

    assert PairFact.objects.count() == 1


def test_the_first_answers_all_teach():
    assert {split_of(low, low + 7, given=29) for low in range(1, 200)} == {"learn"}


def test_later_one_pair_in_five_is_for_the_exam_whichever_side_is_named_first():
    sides = [split_of(low, low + 7, given=30) for low in range(1, 2001)]

    assert 350 <= sides.count("exam") <= 450
    assert all(split_of(low + 7, low, given=500) == sides[low - 1] for low in range(1, 2001))


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_make_one_decision(ana, ben):
    a, b = people("A", "B")
    review = question(b, a)
    start, ends = threading.Barrier(2), []

    def give(by, label):
        try:
            start.wait(timeout=10)
            answer(Review.objects.get(pk=review.pk), by=by, label=label, anchor=a.pk, reason="other_person", now=NOW)
            ends.append("taken")
        except QuestionClosed:
            ends.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=pair) for pair in ((ana, "same"), (ben, "new"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(ends) == ["taken", "told"]
    assert Decision.objects.filter(supersedes=review.decision).count() == 1
    assert match_people.name == Answer.objects.get().pipeline
