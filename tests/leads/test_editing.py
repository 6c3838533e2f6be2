"""Values a person enters on a lead: they beat imports until they are given back."""

import pytest
from django.utils import timezone

from deals.models import Account
from leads import editing
from leads.models import Lead
from leads.qualification import records
from tests.leads.factories import make_lead, record_of
from tests.leads.world import make_account

pytestmark = pytest.mark.django_db
PAGE = "/leads/of/{}/values/"


def entered(page_form, **values):
    """What a browser posts: every field, and what it held when the page was opened."""
    fields = {name: page_form.initial.get(name) or "" for name in editing.FIELDS}
    return {**{f"initial-{name}": value for name, value in fields.items()}, **fields, **values}


@pytest.fixture
def form_of():
    from leads.admin.values import ValuesForm

    return lambda lead: ValuesForm(instance=lead)


def test_what_is_left_as_it_was_is_not_held(client_of, form_of):
    lead = make_lead()

    client_of("Reviewer").post(PAGE.format(lead.pk), entered(form_of(lead)))

    lead.refresh_from_db()
    assert lead.held == {}


def test_an_entered_value_beats_the_next_import_and_says_who(client_of, form_of):
    lead = make_lead(title="Buyer")

    client_of("Reviewer").post(PAGE.format(lead.pk), entered(form_of(lead), title="Head of Purchasing", employees="80"))
    record = record_of(lead)
    record.values |= {"title": "Assistant"}
    record.save()
    records.recompute([lead.pk], timezone.now())

    lead.refresh_from_db()
    assert (lead.title, lead.employees, lead.held["title"]["by"]) == ("Head of Purchasing", 80, "reviewer")


def test_a_value_given_back_is_what_the_records_say(client_of, person):
    lead = make_lead(title="Buyer")
    editing.hold(lead, {"title": "Head of Purchasing"}, by=person("Reviewer"), now=timezone.now())

    client_of("Operator").post(PAGE.format(lead.pk), {"release": "title"})

    lead.refresh_from_db()
    assert (lead.title, lead.held) == ("Buyer", {})


def test_an_address_that_is_none_is_refused_and_what_was_typed_stays(client_of, form_of):
    lead = make_lead()

    page = client_of("Reviewer").post(PAGE.format(lead.pk), entered(form_of(lead), email="ada at mill", city="Ulm"))

    assert "Enter a valid email address." in page.content.decode()
    assert 'value="Ulm"' in page.content.decode()
    assert Lead.objects.get().held == {}


def test_a_viewer_may_not_enter_values(client_of):
    assert client_of("Viewer").get(PAGE.format(make_lead().pk)).status_code == 403


def test_an_entered_company_is_where_the_lead_is_looked_for(person):
    account = make_account("Tide Works", "tide.example")
    lead = make_lead(company="Nowhere", email="ada@gmail.com")
    editing.hold(lead, {"company": "Tide Works Ltd"}, by=person("Reviewer"), now=timezone.now())

    [case] = records.load_cases([record_of(lead).pk])

    assert Account.objects.get() == account
    assert case.values["facts"]["account"] == account.pk
