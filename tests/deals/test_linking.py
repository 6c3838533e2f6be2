"""Records belong together exactly as the current decisions say, whatever the way that led there."""

import itertools

import pytest
from django.utils import timezone

from deals.contacts.records import LINKAGE
from deals.models import Contact, ContactLink, Participant
from pipeline import registry
from pipeline.linking import regroup
from pipeline.models import Effect, Subject
from pipeline.runner import decide
from tests.deals.factories import make_contact, make_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """Five contacts of one record each; `people[i]` is the record's id."""
    file = make_file()
    made = [make_contact(f"P{i}", "Miller", key=str(i), file=file, line=i + 2) for i in range(5)]
    return [contact.links.get().record_id for contact in made]


def decide_that(record, label, anchor=None):
    subject, _ = Subject.objects.get_or_create(pipeline="match-contacts", object_id=record)
    outcome = decide.Outcome(subject=subject, label=label, layer="match-weight", reason="weight", anchor=anchor)
    (decision,) = decide.record([outcome], pipeline=registry.get("match-contacts"), now=timezone.now())
    return decision


def groups(people):
    """The records by entity, as lists of positions."""
    entity = dict(ContactLink.objects.filter(closed_at=None).values_list("record_id", "contact_id"))
    by_entity = {}
    for position, record in enumerate(people):
        by_entity.setdefault(entity[record], []).append(position)
    return sorted(by_entity.values())


def test_a_new_record_stays_by_itself(people):
    decide_that(people[1], "new")

    assert groups(people) == [[0], [1], [2], [3], [4]]


def test_a_joined_record_moves_to_the_older_one_and_its_own_entry_is_no_longer_current(people):
    home = ContactLink.objects.get(record=people[1]).contact_id

    decide_that(people[1], "same", people[0])

    assert groups(people) == [[0, 1], [2], [3], [4]]
    assert not Contact.objects.get(pk=home).is_current


def test_chains_of_decisions_make_one_group(people):
    decide_that(people[1], "same", people[0])
    decide_that(people[3], "same", people[2])
    decide_that(people[2], "same", people[1])

    assert groups(people) == [[0, 1, 2, 3], [4]]


def test_taking_a_middle_link_back_takes_along_what_hung_on_it(people):
    decide_that(people[1], "same", people[0])
    decide_that(people[2], "same", people[1])

    decide_that(people[1], "new")

    assert groups(people) == [[0], [1, 2], [3], [4]]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_grouping_does_not_depend_on_the_order_of_the_decisions(people, order):
    pairs = [(1, 0), (2, 1), (4, 1)]

    for i in order:
        record, anchor = pairs[i]
        decide_that(people[record], "same", people[anchor])

    assert groups(people) == [[0, 1, 2, 4], [3]]
    assert Contact.objects.filter(is_current=True).count() == 2


def test_a_split_brings_the_own_entry_back_with_its_own_values(people):
    decide_that(people[1], "same", people[0])

    decide_that(people[1], "new")

    assert sorted(Contact.objects.filter(is_current=True).values_list("full_name", flat=True)) == [
        f"P{i} Miller" for i in range(5)
    ]


def test_what_a_person_entered_goes_along_and_comes_back(people):
    Contact.objects.filter(links__record=people[1]).update(held={"title": {"value": "CFO", "by": "Ana", "at": ""}})

    decide_that(people[1], "same", people[0])
    joined = Contact.objects.get(links__record=people[0], links__closed_at=None).title
    decide_that(people[1], "new")

    assert joined == "CFO"
    assert Contact.objects.get(links__record=people[0], links__closed_at=None).title == ""


def test_activities_follow_their_record(people):
    from tests.deals.test_targets import make_activity

    activity = make_activity()
    Participant.objects.create(
        activity=activity, contact=Contact.objects.get(links__record=people[1]), contact_record_id=people[1]
    )

    decide_that(people[1], "same", people[0])

    assert activity.participants.get().contact == Contact.objects.get(links__record=people[0], links__closed_at=None)


def test_a_decision_keeps_what_it_moved(people):
    decision = decide_that(people[1], "same", people[0])

    effect = Effect.objects.get(decision=decision)
    assert list(effect.after) == [str(people[1])]
    assert effect.before != effect.after


def test_regrouping_what_is_in_order_moves_nothing(people):
    decide_that(people[1], "same", people[0])

    assert regroup(LINKAGE, people, timezone.now()) == []
