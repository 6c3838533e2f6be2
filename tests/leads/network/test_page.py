"""The page of ways to a person, and the one of who knows whom at an account."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deals.models import Colleague
from deals.relationships import records as relationships
from leads.models import Introduction, Lead
from tests.deals.factories import make_account, make_colleague, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    ada = make_contact(account=make_account(), title="Head of Purchasing")
    marta = make_colleague(email="marta@ours.example", is_sharing=True)
    relationships.declare(marta, ada.pk, 60, "We studied together", timezone.now().date() - timedelta(days=1))
    return ada


def test_a_way_shows_who_why_and_a_draft(client_of, ada):
    page = client_of("Reviewer").get(f"/leads/paths/{ada.pk}/").content.decode()

    assert "We studied together" in page
    assert "Hi Marta," in page
    assert "Ada Okafor, Head of Purchasing, Brightwater Foods" in page


def test_asking_is_kept_and_its_result_recorded(client_of, ada):
    client = client_of("Reviewer")
    marta = Colleague.objects.get()

    asked = client.post(f"/leads/paths/{ada.pk}/", {"colleague": marta.pk}, follow=True).content.decode()
    introduction = Introduction.objects.get()
    client.post(f"/leads/introduction/{introduction.pk}/", {"state": "met"})

    introduction.refresh_from_db()
    assert "Marta Quist was asked" in asked
    assert (introduction.state, introduction.asked_by.username) == ("met", "reviewer")


def test_a_viewer_reads_but_does_not_ask(client_of, ada):
    client = client_of("Viewer")

    page = client.get(f"/leads/paths/{ada.pk}/")
    asked = client.post(f"/leads/paths/{ada.pk}/", {"colleague": Colleague.objects.get().pk})

    assert (page.status_code, asked.status_code) == (200, 403)
    assert not Introduction.objects.exists()


def test_without_anybody_sharing_the_page_says_how_to_agree(client_of, ada):
    Colleague.objects.update(is_sharing=False)

    page = client_of("Viewer").get(f"/leads/paths/{ada.pk}/").content.decode()

    assert "No colleague has agreed to be named" in page
    assert "Marta" not in page


def test_a_way_that_closed_meanwhile_is_said(client_of, ada):
    client = client_of("Reviewer")
    marta = Colleague.objects.get()
    Colleague.objects.update(is_sharing=False)

    page = client.post(f"/leads/paths/{ada.pk}/", {"colleague": marta.pk}, follow=True).content.decode()

    assert "That way is no longer open" in page


def test_an_account_shows_who_knows_whom_and_the_contact_too(client_of, ada):
    client = client_of("Viewer")

    account = client.get(f"/deals/account/{ada.account.pk}/network/").content.decode()
    contact = client.get(f"/deals/contact/{ada.pk}/change/").content.decode()

    assert "declared: We studied together" in account
    assert "Who of us knows them" in contact
    assert f"/leads/paths/{ada.pk}/" in contact


def test_a_lead_leads_to_the_ways_to_its_person(client_of, ada):
    lead = Lead.objects.create(full_name="Ada Okafor", contact=ada, account=ada.account, first_seen_at=timezone.now())

    page = client_of("Viewer").get(f"/leads/lead/{lead.pk}/change/").content.decode()

    assert f'href="/leads/paths/{ada.pk}/"' in page
