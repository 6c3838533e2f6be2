"""What outcomes say: empty, full, decided about with one click, and only by those who may."""

import pytest
from django.utils import timezone

from deals.models import Colleague
from leads.learning import learn
from leads.models import ColumnChoice, Lead, LeadSeat, ProfileVersion, ProposedRule
from tests.leads.factories import make_lead
from tests.leads.learning.lists import as_csv, leads
from tests.leads.world import bring_in

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/leads/outcomes/"


def test_without_outcomes_it_says_what_is_needed(client_of):
    page = client_of("Viewer").get(PAGE).content.decode()

    assert "0 of the 200 outcomes that are needed" in page
    assert "Learn now</button>" not in page


def test_what_was_learned_is_shown_decided_about_and_downloaded(client_of):
    text = as_csv(leads(500, Note=lambda r, won, _: "Good" if won else "Bad")).strip().split("\n")
    bring_in(*text[1:], header=text[0], name="won.csv", is_sample=False)
    lead = Lead.objects.filter(outcome="won").first()
    learn.learn("lead", timezone.now())
    rule = ProposedRule.objects.get(key="source is referral")
    client = client_of("Operator")

    page = client.get(PAGE).content.decode()
    about = client.get(f"/leads/lead/{lead.pk}/change/").content.decode()
    refused = client_of("Viewer").post(f"{PAGE}rule/{rule.pk}/", {"do": "accept"})
    client.post(f"{PAGE}rule/{rule.pk}/", {"do": "accept"})
    client.post(f"{PAGE}column/", {"do": "count", "name": "Note", "of": "lead"})
    client.post(f"{PAGE}column/", {"do": "count", "name": "Nonsense", "of": "lead"})
    after = client.get(PAGE).content.decode()
    sheet = b"".join(client.get(f"{PAGE}download/").streaming_content).decode()

    assert "What is known beforehand tells won from lost" in page
    assert "Source is Referral" in page
    assert "of leads like this one were won" in about
    assert "more from the list" in about
    assert refused.status_code == 403
    assert ProfileVersion.objects.first().fields["learned"][0]["value"] == "Referral"
    assert list(ColumnChoice.objects.values_list("name", "is_counted")) == [("Note", True)]
    assert "counted all the same" in after
    assert "Switch off" in after
    assert sheet.startswith("\ufefflead,name")


def test_the_profile_says_from_what_heat_on_hot_leads_would_fit(client_of):
    LeadSeat.objects.create(colleague=Colleague.objects.create(name="Marta Quist"), capacity=1)
    for place, heat in enumerate((90, 80)):
        make_lead(key=f"L{place}", line=place + 2, email=f"a{place}@mill.example", grade="A", band="hot", heat=heat,
                  status="owner")  # fmt: skip

    page = client_of("Viewer").get("/leads/ideal-customer/").content.decode()

    assert "2 A and B leads are hot, and those who take leads have room for 1. Hot from 81 on, they would fit." in page
