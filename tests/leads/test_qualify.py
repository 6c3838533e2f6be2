"""Lead lists from file to grade: joined, ruled out, scored, asked about, routed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from deals.models import Colleague
from governance.models import Attempt
from governance.practice import ensure_practice_setup
from leads import profile_versions, suppression
from leads.models import Lead, LeadSeat, ProfileVersion, Reading
from leads.qualification.profile import Profile, to_json
from pipeline.models import Decision, Review, Subject
from tests.governance.conftest import practice_endpoint  # noqa: F401  (a fixture)
from tests.leads.world import GOOD, bring_in, make_account, make_contact, make_deal, qualify

pytestmark = pytest.mark.django_db(transaction=True)

PROFILE = Profile(
    industries=("Machinery",), industries_half=("Logistics",), countries=("Germany",), countries_half=("Poland",),
    competitor_domains=("rival.example",), holdout_percent=0,
)  # fmt: skip


@pytest.fixture(autouse=True)
def profile(transactional_db):
    ProfileVersion.objects.create(number=1, fields=to_json(PROFILE), valid_from=timezone.now() - timedelta(days=400))


def lead(email="ada@mill.example"):
    return Lead.objects.get(email=email, is_current=True)


def test_a_clear_lead_is_graded_routed_and_says_why():
    LeadSeat.objects.create(colleague=Colleague.objects.create(name="Marta Quist"))
    bring_in(GOOD)

    run = qualify()

    found = lead()
    assert run.state == "finished"
    assert (found.grade, found.fit_low, found.fit_high, found.coverage) == ("A", 96, 96, 100)
    assert (found.band, found.status, found.owner.name) == ("cold", "path", "Marta Quist")
    lines = found.decision.evidence["assessment"]["lines"]
    assert sum(line["earned"] for line in lines) == found.fit_low


def test_the_same_lead_in_a_second_list_is_joined_and_its_values_count():
    bring_in("L1,Ada,Okafor,ada@mill.example,Mill Ltd,,,,,Fair")
    bring_in("X9,Ada,Okafor,ADA@mill.example,Mill Ltd,Director of Operations,Germany,Machinery,120,Web", name="b.csv")

    qualify()

    [only] = Lead.objects.filter(is_current=True)
    assert (only.record_count, only.grade, only.title) == (2, "A", "Director of Operations")


def test_two_colleagues_with_like_names_stay_two_leads():
    bring_in(
        "L1,Christian,Weber,c.weber@mill.example,Mill Ltd,Buyer,Germany,Machinery,120,Fair",
        "L2,Christina,Weber,christina.weber@mill.example,Mill Ltd,Buyer,Germany,Machinery,120,Fair",
    )

    qualify()

    assert Lead.objects.filter(is_current=True).count() == 2
    assert not Decision.objects.filter(label="same").exists()


def test_an_opt_out_in_any_list_holds_for_the_person():
    bring_in(GOOD)
    header = "id,first name,last name,email,do not email,lead status"
    bring_in("X9,Ada,Okafor,ada@mill.example,yes,New", header=header, name="b.csv")

    qualify()

    assert (lead().status, lead().disqualifier, lead().grade) == ("out", "suppressed", "")


def test_a_suppressed_person_stays_suppressed_after_deletion_and_a_new_import():
    bring_in(GOOD)
    suppression.suppress("email", "Ada+fair@Mill.example", reason="objected", now=timezone.now())
    Lead.objects.all().delete()
    bring_in(GOOD.replace("L1", "N7"), name="later.csv")

    qualify()

    assert lead().disqualifier == "suppressed"


def test_a_lead_at_a_company_with_an_open_deal_goes_to_its_owner():
    owner = Colleague.objects.create(name="Ben Ito")
    make_deal(account=make_account("Mill Ltd", "mill.example"), owner=owner)
    bring_in(GOOD)

    qualify()

    assert (lead().disqualifier, lead().owner) == ("open_deal", owner)


def test_a_lead_finds_its_contact_and_its_company():
    account = make_account("Mill", "mill.example", industry="Machinery", employees=120, country="Germany")
    contact = make_contact("Ada", "Okafor", "ada@mill.example", key="c1")
    contact.identities.create(kind="email", value="ada@mill.example")
    bring_in("L1,Ada,Okafor,ada@mill.example,Mill Ltd,Director of Operations,,,,Fair")

    qualify()

    assert (lead().contact, lead().account, lead().fit_low) == (contact, account, 96)


def test_the_domain_of_several_colleagues_is_our_own():
    for name in ("marta", "ben"):
        Colleague.objects.create(name=name, email=f"{name}@mill.example")
    Colleague.objects.create(name="Ivo", email="ivo@workshop.example")
    bring_in(GOOD, "L2,Tom,Reyes,tom@workshop.example,Workshop,Buyer,Germany,Machinery,120,Fair")

    qualify()

    assert [lead().disqualifier, lead("tom@workshop.example").disqualifier] == ["own_staff", ""]


def test_a_competitor_is_ruled_out_and_asked_about_by_nobody(practice_endpoint):  # noqa: F811
    ensure_practice_setup(practice_endpoint.server_port, ["qualify-leads"])
    bring_in("L1,Ada,Okafor,ada@rival.example,Rival,Wizard of Light,Germany,Machinery,120,Fair")

    qualify()

    assert lead("ada@rival.example").disqualifier == "competitor"
    assert practice_endpoint.state.report()["calls"] == 0


def test_a_lead_that_stays_a_d_whatever_is_read_costs_nothing(practice_endpoint):  # noqa: F811
    ensure_practice_setup(practice_endpoint.server_port, ["qualify-leads"])
    bring_in("L1,Ada,Okafor,ada@mill.example,Mill Ltd,Wizard of Light,Germany,Banking,9000,Fair")

    qualify()

    assert lead().grade == "D"
    assert practice_endpoint.state.report()["calls"] == 0


def test_a_title_nobody_can_read_is_asked_about_once_where_it_matters(practice_endpoint):  # noqa: F811
    ensure_practice_setup(practice_endpoint.server_port, ["qualify-leads"])
    bring_in("L1,Ada,Okafor,ada@mill.example,Mill Ltd,Boss of the shipping crew,Germany,Machinery,120,Fair")

    first = qualify()
    calls = practice_endpoint.state.report()["calls"]
    again = qualify()

    assert (first.cases, again.cases, calls) == (1, 0, 1)
    assert practice_endpoint.state.report()["calls"] == 1
    assert Reading.objects.count() == 2
    assert lead().decision.layer in ("ask-light", "person")
    assert Attempt.objects.filter(task="qualify-leads").count() == 1


def test_without_a_model_the_open_leads_wait_for_a_person_with_the_points_they_have():
    bring_in("L1,Ada,Okafor,ada@mill.example,Mill Ltd,Boss of the shipping crew,Germany,Machinery,120,Fair")

    qualify()

    assert (lead().status, lead().grade, lead().fit_low, lead().fit_high) == ("review", "C", 65, 100)
    assert Review.objects.filter(closed_at=None, pipeline="qualify-leads").count() == 1


def test_a_new_profile_judges_every_lead_again():
    bring_in(GOOD)
    qualify()
    user = User.objects.create_user("ana")
    profile_versions.save(Profile(industries=("Banking",), holdout_percent=0), by=user, now=timezone.now())

    run = qualify()

    assert (run.cases, lead().grade) == (1, "B")


def test_what_sales_accepted_keeps_its_standing():
    bring_in(GOOD)
    qualify()
    Lead.objects.update(status=Lead.Status.ACCEPTED)
    bring_in(GOOD.replace("120", "9000"))

    qualify()

    assert (lead().status, lead().fit_low) == ("accepted", 76)


def test_six_hundred_leads_twice_decide_the_same_and_ask_nothing():
    bring_in(*(f"L{n},Ada{chr(97 + n % 26)},Okafor{n},a{n}@mill{n}.example,Mill {n},Buyer,Germany,Machinery,{n},Fair"
               for n in range(600)))  # fmt: skip
    qualify()
    before = list(Lead.objects.order_by("id").values_list("email", "grade", "fit_low", "status"))

    again = qualify()

    assert (again.cases, again.unchanged) == (0, 600)
    assert list(Lead.objects.order_by("id").values_list("email", "grade", "fit_low", "status")) == before
    assert Subject.objects.filter(pipeline="qualify-leads", decision=None).count() == 0
