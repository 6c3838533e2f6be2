"""How clean the records are: what was found, who settled it, what waits, what each source fills."""

import pytest

from deals import quality
from deals.joined import joined_by_hand
from deals.models import Contact
from pipeline.models import Decision, Review, Run, Subject
from pipeline.review import by_hand
from tests.deals.factories import IMPORTED, later, make_contact, make_file, make_record, make_source

PEOPLE, COMPANIES = quality.KINDS


def decide(contact, run, label="new", layer="match-weight"):
    """A decision of a run, superseding the last; a question where it is left to a person."""
    subject, _ = Subject.objects.get_or_create(pipeline="match-contacts", object_id=contact.records.get().pk)
    subject.decision = Decision.objects.create(
        subject=subject, run=run, label=label, layer=layer, reason="weight", created_at=IMPORTED,
        supersedes_id=subject.decision_id,
    )  # fmt: skip
    subject.state = "review" if layer == "person" else "decided"
    subject.save()
    if layer == "person":
        Review.objects.create(decision=subject.decision, subject=subject, pipeline="match-contacts", stake=0.5)


@pytest.fixture
def run(db):
    return Run.objects.create(pipeline="match-contacts", state=Run.State.FINISHED)


def people(count):
    file = make_file()
    return [make_contact("Ada", f"Okafor{n}", key=str(n), file=file, line=n + 2) for n in range(count)]


def test_where_nothing_was_imported_there_is_nothing_to_tell(db):
    found = quality.figures(COMPANIES)

    assert (found.records, found.entities, found.waiting, found.settled, found.questions) == (0, 0, 0, (), ())
    assert quality.completeness(COMPANIES) == []


def test_records_are_settled_waiting_or_not_compared_yet(run, person):
    first, second, third, _ = people(4)
    decide(first, run)
    decide(second, run, layer="person", label="unsure")
    decide(third, run, layer="identifiers", label="same")

    found = quality.figures(PEOPLE)

    assert (found.records, found.entities, found.waiting, found.uncompared) == (4, 4, 1, 1)
    assert [(one.label, one.number) for one in found.settled] == [("Shared identifier", 1), ("Match weight", 1)]
    assert len(found.questions) == 1


def test_what_was_superseded_no_longer_counts_and_people_do(run, person):
    first, second = people(2)
    decide(first, run)
    decide(second, run)
    by_hand.join("match-contacts", second.records.get().pk, first.records.get().pk, person("Reviewer"))

    assert [(one.label, one.number) for one in quality.figures(PEOPLE).settled] == [("Match weight", 1), ("People", 1)]


def test_a_small_source_shows_counts_and_a_large_one_shares_never_rounded_to_all_or_none(db):
    large = make_file("large.csv", make_source("Large", "csv"))
    for n in range(300):
        make_record("contact", f"l{n}", large, n + 2, **({"full_name": "Ada"} if n else {"email": "ada@x.example"}))
    make_record("contact", "s1", make_file("small.csv", make_source("Small", "csv")), 2, mobile="+431234")
    make_record("account", "name:Acme", large, 400, name="Acme")

    big, small = quality.completeness(PEOPLE)

    filled = {one.label: (one.number, one.percent) for one in big.filled}
    assert (filled["Name"], filled["E-mail"], filled["Phone"]) == ((299, 99), (1, 1), (0, 0))
    assert {one.label: (one.number, one.percent) for one in small.filled}["Phone"] == (1, None)
    assert quality.completeness(COMPANIES) == []


def test_joinings_by_hand_name_who_joined_what_to_which_page(run, person):
    first, second = people(2)
    ids = [contact.records.get().pk for contact in (first, second)]
    by_hand.join("match-contacts", ids[1], ids[0], person("Reviewer", username="ana"), note="by phone", now=later(3))

    (done,) = joined_by_hand("match-contacts", Contact)

    assert (done.title, done.home, done.by, done.note) == ("Ada Okafor1", first, "ana", "by phone")


def test_the_queries_do_not_grow_with_the_records(run, django_assert_max_num_queries):
    for contact in people(12):
        decide(contact, run, layer="person", label="unsure")

    with django_assert_max_num_queries(8):
        quality.figures(PEOPLE)
        quality.completeness(PEOPLE)
