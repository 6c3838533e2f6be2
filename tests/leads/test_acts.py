"""What sales does with a lead, and how it is taken back."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from deals.models import Colleague
from leads import acts
from leads.acts import NotDone
from leads.models import Lead, Rejection
from pipeline.models import PairFact
from tests.leads.factories import NOW, make_lead, record_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return User.objects.create_user("ana", first_name="Ana")


def test_an_accepted_lead_has_no_clock_any_more():
    lead = make_lead(status="owner", due_at=NOW)

    acts.accept(lead)

    assert (lead.status, lead.due_at) == ("accepted", None)


def test_a_lead_somebody_settled_meanwhile_is_left_alone(ana):
    lead = make_lead(status="owner")
    Lead.objects.filter(pk=lead.pk).update(status="converted")

    with pytest.raises(NotDone, match="“Converted” by now"):
        acts.accept(lead)


def test_a_lead_is_handed_back_for_one_of_eight_reasons_and_that_can_be_taken_back(ana):
    lead = make_lead(status="owner", grade="B", band="warm")

    acts.reject(lead, "no_budget", by=ana, now=NOW)
    given = Rejection.objects.get()
    acts.reopen(lead, now=NOW)

    assert (given.reason, given.grade, given.band) == ("no_budget", "B", "warm")
    assert lead.status == "owner"
    assert Rejection.objects.get().withdrawn_at == NOW


def test_an_acceptance_taken_back_starts_the_clock_anew():
    lead = make_lead(status="owner", grade="A", band="hot", owner=Colleague.objects.create(name="Ben Ito"))
    acts.accept(lead)

    acts.reopen(lead, now=datetime(2026, 3, 2, 9, tzinfo=UTC))

    assert (lead.status, lead.due_at) == ("owner", datetime(2026, 3, 2, 13, tzinfo=UTC))


def test_another_reason_is_refused(ana):
    with pytest.raises(NotDone, match="one of the eight"):
        acts.reject(make_lead(status="owner"), "because", by=ana, now=NOW)


def test_a_given_lead_is_its_new_owners(ana):
    lead, ben = make_lead(status="nurture"), Colleague.objects.create(name="Ben Ito")

    acts.give(lead, ben, by=ana)

    assert (lead.owner, lead.owner_why, lead.status) == (ben, "given by Ana", "owner")


def test_the_do_not_contact_list_can_not_be_set_aside(ana):
    with pytest.raises(NotDone, match="can't be set aside"):
        acts.set_aside(make_lead(), "suppressed", by=ana, now=NOW)


def test_a_reason_is_set_aside_once(ana):
    lead = make_lead()
    acts.set_aside(lead, "free_mail", by=ana, now=NOW)

    with pytest.raises(NotDone, match="already"):
        acts.set_aside(lead, "free_mail", by=ana, now=NOW)


def test_two_leads_a_person_joins_become_one_and_the_older_stays(ana):
    first, second = make_lead(), make_lead(email="a.okafor@home.example", key="L2", line=3)

    stays = acts.join(second, first, by=ana, now=NOW)

    assert stays == first
    assert [one.record_count for one in Lead.objects.order_by("id")] == [2, 0]


def test_two_leads_a_person_keeps_apart_are_not_proposed_again(ana):
    first, second = make_lead(), make_lead(email="b@mill.example", key="L2", line=3)
    Lead.objects.filter(pk=second.pk).update(twin=first)

    acts.keep_apart(second, first, by=ana, now=NOW)

    fact = PairFact.objects.get()
    assert (fact.kind, fact.low, fact.high) == ("lead", record_of(first), record_of(second))
    assert Lead.objects.get(pk=second.pk).twin is None
