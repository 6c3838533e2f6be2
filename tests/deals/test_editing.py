"""Values that people hold: against imports, through joining, until they are released."""

import pytest

from deals import editing
from deals.contacts.values import recompute
from deals.models import Contact, FieldChange
from tests.deals.factories import later, make_contact, make_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(person):
    return person("Operator", username="ana")


def say(contact, **values):
    record = contact.records.get()
    record.values |= values
    record.save()


def enter(contact, by, **values):
    return editing.hold(Contact, contact.pk, values, by=by, now=later(1))


def test_what_nobody_changed_leaves_no_trace(ana):
    contact = make_contact()

    assert enter(contact, ana, given_name="Ada") == []
    assert not FieldChange.objects.exists()


def test_an_import_does_not_replace_what_a_person_entered(ana):
    contact = make_contact()
    enter(contact, ana, title="CPO")
    say(contact, title="Buyer", phone="030 1")

    recompute([contact.pk], later(2))

    contact.refresh_from_db()
    assert (contact.title, contact.phone) == ("CPO", "030 1")


def test_a_name_entered_is_a_name_found(ana):
    contact = make_contact("Ada", "Okafor")

    enter(contact, ana, family_name="Okafor-Berg")

    assert Contact.objects.get().full_name == "Ada Okafor-Berg"


def test_each_entry_says_who_and_when(ana):
    contact = make_contact()

    (change,) = enter(contact, ana, title="CPO")

    assert (change.field, change.old, change.new, change.by, change.row) == ("title", "", "CPO", ana, None)
    assert Contact.objects.get().held == {"title": {"value": "CPO", "by": "ana", "at": later(1).isoformat()}}


def test_a_released_value_comes_from_the_records_again(ana):
    contact = make_contact()
    say(contact, title="Buyer")
    enter(contact, ana, title="CPO", department="Purchasing")

    editing.release(Contact, contact.pk, "title", by=ana, now=later(3))

    contact.refresh_from_db()
    assert (contact.title, contact.department, list(contact.held)) == ("Buyer", "Purchasing", ["department"])


def test_releasing_what_nobody_holds_changes_nothing(ana):
    contact = make_contact()

    assert editing.release(Contact, contact.pk, "title", by=ana, now=later(3)) == []


def joined(keep, gone):
    """All records of both belong to `keep`, as after a decision that they are the same."""
    record = gone.records.get()
    gone.links.update(closed_at=later(2))
    keep.links.create(record=record)
    recompute([keep.pk, gone.pk], later(2))
    keep.refresh_from_db()
    return record


def test_what_was_entered_on_either_side_of_a_joining_is_shown(ana):
    ada, other = make_contact(key="1", file=make_file("a.csv")), make_contact(key="2", file=make_file("b.csv"))
    enter(ada, ana, title="CPO")
    enter(other, ana, title="Buyer", department="Purchasing")

    joined(ada, other)

    assert (ada.title, ada.department) == ("CPO", "Purchasing")


def test_what_was_entered_before_a_joining_is_released_as_well(ana):
    ada, other = make_contact(key="1", file=make_file("a.csv")), make_contact(key="2", file=make_file("b.csv"))
    enter(other, ana, department="Purchasing")
    joined(ada, other)

    editing.release(Contact, ada.pk, "department", by=ana, now=later(4))

    assert Contact.objects.get(pk=ada.pk).department == ""


def test_a_record_that_only_visited_takes_nothing_along(ana):
    ada, other = make_contact(key="1", file=make_file("a.csv")), make_contact(key="2", file=make_file("b.csv"))
    enter(ada, ana, title="CPO")
    record = joined(ada, other)
    third = make_contact("Cora", key="3", file=make_file("c.csv"))
    ada.links.filter(record=record).update(closed_at=later(5))
    other.links.create(record=record)
    joined_record = ada.links.get(closed_at=None)
    joined_record.closed_at = later(5)
    joined_record.save()
    third.links.create(record=joined_record.record)

    recompute([ada.pk, other.pk, third.pk], later(5))

    assert Contact.objects.get(pk=other.pk).title == ""
    assert Contact.objects.get(pk=third.pk).title == "CPO"
