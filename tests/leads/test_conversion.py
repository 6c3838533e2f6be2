"""A lead becomes a contact, an account and a deal with its history, and comes back."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from deals.models import Account, Activity, Contact, Deal
from leads import conversion
from leads.acts import NotDone
from leads.conversion import Wish
from pipeline.models import Record
from tests.deals.factories import make_account, make_contact
from tests.leads.factories import NOW, make_event, make_lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return User.objects.create_user("ana")


def test_a_new_contact_account_and_deal_lead_back_to_the_lead_s_own_line(ana):
    lead = make_lead(status="owner", employees=120, industry="Machinery")
    wish = Wish(deal_name="First order", amount=Decimal("12500"), currency="EUR", close_date=date(2026, 9, 30))

    done = conversion.convert(lead, wish, by=ana, now=NOW)

    assert (done.contact.full_name, done.contact.email) == ("Ada Okafor", "ada@mill.example")
    assert (done.account.name, done.account.domain, done.account.employees) == ("Mill Ltd", "mill.example", 120)
    assert (done.deal.name, done.deal.amount, done.deal.account) == ("First order", 12500, done.account)
    rows = {link.record.row_id for one in (done.contact, done.account, done.deal) for link in one.links.all()}
    assert rows == {lead.links.get().record.row_id}
    assert (lead.status, lead.contact) == ("converted", done.contact)


def test_what_the_lead_did_moves_along_as_activities(ana):
    lead = make_lead(status="owner")
    make_event(lead, "meeting", detail="stand 12")

    done = conversion.convert(lead, Wish(deal_name="First order"), by=ana, now=NOW)

    [activity] = Activity.objects.filter(deal=done.deal)
    assert (activity.kind, activity.body) == ("meeting", "stand 12")
    assert [one.contact for one in activity.participants.all()] == [done.contact]


def test_people_and_companies_we_know_are_used_and_not_made_again(ana):
    lead, contact, account = make_lead(), make_contact(key="c1"), make_account("Mill", key="a1")

    done = conversion.convert(lead, Wish(contact=contact.pk, account=account.pk), by=ana, now=NOW)

    assert (done.contact, done.account, done.deal) == (contact, account, None)
    assert (Contact.objects.count(), Account.objects.count(), Deal.objects.count()) == (1, 1, 0)


def test_a_lead_is_converted_once(ana):
    lead = make_lead()
    conversion.convert(lead, Wish(), by=ana, now=NOW)

    with pytest.raises(NotDone, match="converted already"):
        conversion.convert(lead, Wish(), by=ana, now=NOW)


def test_an_undone_conversion_leaves_what_was_there_before_and_can_be_done_again(ana):
    lead = make_lead(status="owner", due_at=NOW)
    make_event(lead, "meeting")
    done = conversion.convert(lead, Wish(deal_name="First order"), by=ana, now=NOW)

    conversion.undo(done, now=NOW)

    lead.refresh_from_db()
    assert (lead.status, lead.due_at, lead.contact, lead.account) == ("owner", NOW, None, None)
    for model in (Contact, Account, Deal):
        assert not model.objects.filter(is_current=True).exists()
    assert not Activity.objects.exists()
    assert not Record.objects.exclude(kind="lead").filter(is_withdrawn=False).exists()
    again = conversion.convert(lead, Wish(deal_name="Second try"), by=ana, now=NOW)
    assert again.deal.is_current


def test_a_deal_that_somebody_worked_on_keeps_its_conversion(ana):
    lead = make_lead()
    done = conversion.convert(lead, Wish(deal_name="First order"), by=ana, now=NOW)
    Deal.objects.filter(pk=done.deal.pk).update(held={"stage": {"value": "Offer"}})

    with pytest.raises(NotDone, match="Somebody edited the deal “First order”"):
        conversion.undo(done, now=NOW)

    done.refresh_from_db()
    assert done.undone_at is None
