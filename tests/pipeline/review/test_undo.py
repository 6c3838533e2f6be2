"""Taking an answer back."""

import pytest

from pipeline.models import Answer, PairFact, Review, Subject
from pipeline.review.answers import answer, put_off
from pipeline.review.errors import CannotUndo
from pipeline.review.queue import next_question
from pipeline.review.undo import undo

from .world import NOW, grouping, later, parted, people, question, settled


def kept_apart(review, by, now=NOW):
    return answer(review, by=by, label="new", reason="other_person", now=now)


def test_an_answer_is_taken_back_once(ana):
    a, b = people("A", "B")
    given = kept_apart(question(b, a), ana)
    undo(given, ana, later(1))

    with pytest.raises(CannotUndo) as error:
        undo(given, ana, later(2))

    assert str(error.value) == "This was taken back already."


def test_an_answer_that_a_later_one_replaced_stays(ana, ben):
    a, b = people("A", "B")
    first = kept_apart(question(b, a), ana)
    answer(question(b, a), by=ben, label="same", anchor=a.pk, now=later(1))

    with pytest.raises(CannotUndo) as error:
        undo(first, ana, later(2))

    assert str(error.value) == "A later run has decided about this record since; take that back first."
    assert Answer.objects.get(pk=first.pk).withdrawn_at is None
    assert grouping() == parted("AB")


def test_the_question_is_open_again_as_it_was(ana):
    a, b = people("A", "B")
    review = question(b, a, stake=0.4, due=True)

    undo(kept_apart(review, ana), ana, later(1))

    again, subject = next_question(ana), Subject.objects.get(object_id=b.pk)
    assert (again.subject, again.stake, subject.state, subject.is_ask_due) == (subject, 0.4, "review", True)
    assert (again.decision.label, again.decision.anchor, again.decision.evidence) == ("unsure", a.pk, {"weight": 1.2})
    assert again.decision.dossier == review.decision.dossier
    assert Review.objects.filter(closed_at=None).count() == 1


def test_nothing_is_remembered_of_what_was_taken_back(ana):
    a, b = people("A", "B")
    given = kept_apart(question(b, a), ana)

    undo(given, ana, later(1))

    assert PairFact.objects.filter(withdrawn_at=None).count() == 0
    assert Answer.objects.get().withdrawn_at == later(1)


def test_a_join_comes_apart(ana):
    a, b = people("A", "B")
    given = answer(question(b, a), by=ana, label="same", anchor=a.pk, now=NOW)

    undo(given, ana, later(1))

    assert grouping() == parted("A", "B")


def test_a_fact_that_the_answer_had_withdrawn_holds_again(ana):
    a, b = people("A", "B")
    kept_apart(question(b, a), ana)
    given = answer(question(b, a), by=ana, label="same", anchor=a.pk, now=later(1))

    undo(given, ana, later(2))

    assert PairFact.objects.get(withdrawn_at=None).low == a


def test_what_was_parted_along_with_it_is_joined_again(ana):
    a, b = people("A", "B")
    review = question(b, a)
    settled(a, "same", b)

    undo(kept_apart(review, ana), ana, later(1))

    assert grouping() == parted("AB")


def test_unsure_is_taken_back_to_its_place_in_the_queue(ana):
    a, b, c = people("A", "B", "C")
    first = question(b, a, stake=0.9)
    question(c, a, stake=0.5)
    given = put_off(first, by=ana, now=later(1))

    undo(given, ana, later(2))

    assert next_question(ana) == first
    assert Answer.objects.get().withdrawn_at == later(2)


def test_answering_and_taking_back_can_go_on(ana):
    a, b = people("A", "B")
    review = question(b, a)
    for minute in range(0, 6, 2):
        undo(kept_apart(review, ana, later(minute)), ana, later(minute + 1))
        review = next_question(ana)

    kept_apart(review, ana, later(9))

    assert next_question(ana) is None
    assert PairFact.objects.filter(withdrawn_at=None).count() == 1
    assert Answer.objects.filter(withdrawn_at=None).count() == 1
