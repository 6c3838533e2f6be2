"""Ties measured from activities on record, and those that a list of connections declares."""

from datetime import date

import pytest

from deals.models import Acquaintance, Activity, Participant, Relationship
from deals.relationships import records
from tests.deals.factories import later, make_colleague, make_contact, make_entity, make_file, make_record, make_source

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


def make_activity(owner, contacts, kind="email", day=0, key="a", **fields):
    file = make_file(f"{key}-{day}.csv")
    activity = Activity.objects.create(
        kind=kind, happened_at=later(day), recorded_at=later(day), owner=owner,
        record=make_record("activity", f"{key}{day}", file), **fields,
    )  # fmt: skip
    Participant.objects.bulk_create([Participant(activity=activity, contact=contact) for contact in contacts])
    return activity


def test_a_cancelled_meeting_and_automatic_mail_make_no_tie():
    marta, ada = make_colleague(), make_contact()
    make_activity(marta, [ada], "meeting", 1, status="Canceled")
    make_activity(marta, [ada], "email", 2, direction="in", subject="Automatic reply: on holiday")

    assert records.refresh(DAY) == 0


def test_a_mail_both_ways_makes_a_tie_and_a_meeting_a_stronger_one():
    marta, ada = make_colleague(), make_contact()
    make_activity(marta, [ada], "email", 60, direction="out")
    make_activity(marta, [ada], "email", 61, direction="in")
    written = records.ties(records.read(DAY).ours, DAY)[marta.pk, ada.pk].strength
    make_activity(marta, [ada], "meeting", 62)

    records.refresh(DAY)

    tie = Relationship.objects.get()
    assert (tie.colleague, tie.contact, tie.inbound, tie.outbound) == (marta, ada, 2, 2)
    assert tie.strength == tie.measured > written > 10
    assert tie.last_on == later(62).date()


def test_nobody_answers_so_the_tie_stays_below_ten():
    marta, ada = make_colleague(), make_contact()
    for day in range(50, 60):
        make_activity(marta, [ada], "email", day)

    records.refresh(DAY)

    assert Relationship.objects.get().strength == 10


def test_what_happened_later_does_not_count_on_an_earlier_day():
    marta, ada = make_colleague(), make_contact()
    make_activity(marta, [ada], "meeting", 62)

    assert not records.read(date(2026, 4, 1)).ours


def test_a_list_of_connections_declares_weak_ties_for_half_a_year():
    source = make_source("Marta's LinkedIn", "LinkedIn")
    source.owner_email = "marta@ours.example"
    source.save()
    marta = make_colleague(email="marta@ours.example")
    file = make_file("Connections.csv", source)
    listed = make_record("contact", "1", file, given_name="Ada", connected_on="2019-03-12")
    ada = make_entity("contact", [listed], full_name="Ada Okafor")
    make_contact("Ben", "Stroud", key="2", file=file, line=3)

    records.refresh(DAY)
    fresh = Relationship.objects.get()
    records.refresh(date(2026, 12, 1))

    assert (fresh.colleague, fresh.contact, fresh.strength, fresh.is_declared) == (marta, ada, 20, True)
    assert fresh.declared_as == "LinkedIn connection since 2019"
    assert Relationship.objects.get().strength == 0


def test_a_connection_that_stands_in_no_list_any_more_is_no_tie():
    source = make_source("Marta's LinkedIn", "LinkedIn")
    source.owner_email = "marta@ours.example"
    source.save()
    listed = make_record("contact", "1", make_file("Connections.csv", source), connected_on="2019-03-12")
    make_entity("contact", [listed], full_name="Ada Okafor")
    before = records.refresh(DAY)
    listed.is_withdrawn = True
    listed.save()

    assert (before, records.refresh(DAY)) == (1, 0)


def test_what_a_colleague_declared_and_hid_survives_measuring():
    marta, ada = make_colleague(), make_contact()
    records.declare(marta, ada.pk, 60, "We were at university", DAY)
    Relationship.objects.update(is_hidden=True)

    records.refresh(DAY)

    tie = Relationship.objects.get()
    assert (tie.strength, tie.declared_as, tie.is_hidden) == (60, "We were at university", True)


def test_measuring_again_changes_nothing():
    marta, ada = make_colleague(), make_contact()
    make_activity(marta, [ada], "meeting", 62)
    records.refresh(DAY)
    before = Relationship.objects.values().get()

    records.refresh(DAY, [ada.pk])

    assert Relationship.objects.values().get() == before


def test_the_strongest_tie_is_named_only_by_who_shares_it_and_does_not_hide_it():
    marta, jo, kim = make_colleague(is_sharing=True), make_colleague("Jo Kerr"), make_colleague("Kim", is_sharing=True)
    ada = make_contact()
    for colleague, strength in ((marta, 30), (jo, 60), (kim, 90)):
        records.declare(colleague, ada.pk, strength, "Old friends", DAY)
    Relationship.objects.filter(colleague=kim).update(is_hidden=True)

    assert Relationship.objects.strongest(DAY) == {ada.pk: (marta.pk, 30)}


def test_contacts_who_met_know_each_other_and_those_in_copy_do_not():
    marta, ada, ben = make_colleague(), make_contact(), make_contact("Ben", "Stroud", key="2")
    make_activity(marta, [ada, ben], "email", 61, direction="in")
    records.refresh(DAY)
    copied = Acquaintance.objects.count()
    make_activity(marta, [ada, ben], "meeting", 62)

    records.refresh(DAY, [ben.pk])

    met = Acquaintance.objects.get()
    assert copied == 0
    assert (met.one, met.other, met.last_on) == (ada, ben, later(62).date())
    assert 10 < met.strength < 30
