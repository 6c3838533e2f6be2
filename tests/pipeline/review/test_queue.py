"""Which question comes next."""

from django.contrib.auth.models import AnonymousUser

from pipeline.review.answers import put_off
from pipeline.review.queue import counts, next_question, open_questions

from .world import later, people, question


def test_an_empty_queue_has_no_next_question(ana):
    assert next_question(ana) is None
    assert counts(ana) == {}


def test_who_is_not_on_staff_sees_no_question(db):
    a, b = people("A", "B")
    question(b, a)

    assert next_question(AnonymousUser()) is None


def test_the_highest_stake_comes_first_then_the_older_question(ana):
    a, b, c, d = people("A", "B", "C", "D")
    low, high, equal = question(b, a, stake=0.2), question(c, a, stake=0.9), question(d, a, stake=0.9)

    assert list(open_questions(ana)) == [high, equal, low]


def test_what_was_put_off_comes_last_in_the_order_of_putting_off(ana):
    a, b, c, d = people("A", "B", "C", "D")
    first, second, third = question(b, a, stake=0.9), question(c, a, stake=0.8), question(d, a, stake=0.7)

    put_off(second, by=ana, now=later(1))
    put_off(first, by=ana, now=later(2))

    assert list(open_questions(ana)) == [third, second, first]


def test_leafing_shows_every_question_once(ana):
    a, *others = people("A", "B", "C", "D", "E")
    for i, other in enumerate(others):
        question(other, a, stake=(0.5, 0.9, 0.5, 0.1)[i])
    put_off(open_questions(ana)[1], by=ana, now=later(1))

    seen, review = [], next_question(ana)
    while review is not None:
        seen.append(review)
        review = next_question(ana, after=review)

    assert seen == list(open_questions(ana))


def test_questions_are_counted_by_pipeline(ana):
    a, b, c = people("A", "B", "C")
    question(b, a)
    question(c, a)

    assert counts(ana) == {"match-people": 2}
    assert next_question(ana, "match-accounts") is None
