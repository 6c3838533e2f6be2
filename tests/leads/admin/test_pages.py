"""The pages of leads: ranked with reasons, one lead, by owner, the profile with its preview, do not contact."""

import pytest
from django.urls import reverse
from django.utils import timezone

from deals.models import Colleague
from leads import profile_versions
from leads.admin import profile_form
from leads.models import Erasure, Lead, ProfileVersion, Rejection, Suppression
from leads.qualification.case import assessment_of
from leads.qualification.profile import Profile, to_json
from leads.qualification.records import cases_under
from pipeline.models import Decision, Subject
from tests.leads.factories import NOW, make_event, make_lead, record_of

pytestmark = pytest.mark.django_db
LIST = "/leads/lead/"


def graded(lead):
    """The lead with a decision that rests on its real assessment."""
    _, profile = profile_versions.current(timezone.now())
    [case] = cases_under(profile, 1, NOW.date(), [record_of(lead).pk])
    found = assessment_of(case)["assessment"]
    subject = Subject.objects.create(pipeline="qualify-leads", object_id=case.object_id, state="decided")
    lead.decision = subject.decision = Decision.objects.create(
        subject=subject, label=found["grade"], layer="points", reason="points", created_at=NOW,
        evidence={"assessment": found, "as_of": NOW.date().isoformat(), "profile": 1, "facts": {}},
    )  # fmt: skip
    subject.save()
    lead.grade, lead.fit_low, lead.fit_high, lead.coverage = found["grade"], found["low"], found["high"], 100
    lead.status, lead.why = "owner", "120 employees: the right size"
    lead.save()
    return lead


def page_of(lead):
    return reverse("admin:leads_lead_change", args=[lead.pk])


def test_an_empty_list_says_how_leads_come_here(client_of):
    page = client_of("Viewer").get(LIST).content.decode()

    assert "No leads yet" in page
    assert "Qualify leads</button>" not in page


def test_the_list_ranks_and_tells_why_line_by_line(client_of):
    make_lead("Dee", email="d@mill.example", key="L2", line=3, grade="D", status="none")
    graded(make_lead(employees=120))

    page = client_of("Viewer").get(LIST).content.decode()

    assert page.index("Ada Okafor") < page.index("Dee Okafor")
    assert "120 employees: the right size" in page
    assert "no triggers asked for" in page


def test_leads_that_are_not_qualified_yet_stand_behind_those_that_are(client_of):
    make_lead("Dee", email="d@mill.example", key="L2", line=3)
    graded(make_lead(employees=120))

    page = client_of("Viewer").get(LIST).content.decode()

    assert page.index("Ada Okafor") < page.index("Dee Okafor")
    assert "1 lead is not qualified yet" in page


def test_leads_are_filtered_by_grade_and_heat(client_of):
    make_lead(grade="A", band="hot", heat=70, status="owner")
    make_lead("Ben", email="b@mill.example", key="L2", line=3, grade="A", band="cold", status="path")

    page = client_of("Viewer").get(f"{LIST}?grade=A&heat=hot").content.decode()

    assert "Ada Okafor" in page
    assert "Ben Okafor" not in page


def test_ruled_out_leads_are_hidden_until_asked_for(client_of):
    make_lead(status="out", disqualifier="customer", why="The company is a customer")
    client = client_of("Viewer")

    assert "Ada Okafor" not in client.get(LIST).content.decode()
    assert "The company is a customer" in client.get(f"{LIST}?standing=out").content.decode()


def test_the_list_is_downloaded_without_formulas(client_of):
    make_lead("=cmd()", status="owner", grade="A")

    response = client_of("Viewer").get(f"{LIST}export/?standing=all")

    assert "'=cmd()" in b"".join(response.streaming_content).decode()


def test_a_lead_s_page_shows_points_events_and_its_line(client_of):
    lead = graded(make_lead(employees=120))
    make_event(lead, detail="<b>demo</b>")

    page = client_of("Viewer").get(page_of(lead)).content.decode()

    assert "Asked for a demo or a call" in page
    assert "&lt;b&gt;demo&lt;/b&gt;" in page
    assert "<bdi>leads.csv</bdi>, line 2" in page
    assert "Hand back</button>" not in page


def test_what_is_not_known_leaves_no_gap_in_the_head_of_a_lead(client_of):
    lead = make_lead(title="", company="", email="", phone="", country="Germany")

    page = client_of("Viewer").get(reverse("admin:leads_lead_change", args=[lead.pk])).content.decode()

    assert "<p><bdi>Germany</bdi></p>" in page


def test_a_reviewer_hands_a_lead_back_and_takes_it_back(client_of):
    lead, client = graded(make_lead()), client_of("Reviewer")

    client.post(reverse("lead_reject", args=[lead.pk]), {"reason": "no_need", "note": "has one"})
    page = client.get(page_of(lead)).content.decode()
    client.post(reverse("lead_reopen", args=[lead.pk]))

    assert "No need (<bdi>has one</bdi>)" in page
    assert Rejection.objects.get().withdrawn_at is not None
    assert Lead.objects.get().status == "owner"


def test_a_viewer_changes_nothing(client_of):
    lead, client = make_lead(status="owner"), client_of("Viewer")

    answers = [
        client.post(reverse(name, args=[lead.pk])).status_code
        for name in (
            "lead_accept",
            "lead_reject",
            "lead_give",
            "lead_lift",
            "lead_join",
            "lead_convert",
            "lead_unconvert",
        )
    ]
    answers.append(client.post(reverse("lead_suppress"), {"kind": "email", "value": "a@b.example"}).status_code)
    answers.append(client.post(reverse("lead_profile"), {"save": "1"}).status_code)

    assert set(answers) == {403}
    assert Lead.objects.get().status == "owner"


def test_a_lead_is_converted_and_the_conversion_undone(client_of):
    lead, client = make_lead(status="owner"), client_of("Reviewer")

    wrong = client.post(reverse("lead_convert", args=[lead.pk]), {"with_deal": "1", "deal_name": "x", "amount": "much"})
    client.post(reverse("lead_convert", args=[lead.pk]), {"with_deal": "1", "deal_name": "First order",
                                                          "amount": "12,500", "currency": "eur"})  # fmt: skip
    page = client.get(page_of(lead)).content.decode()
    client.post(reverse("lead_unconvert", args=[lead.pk]))

    assert "“much” is no amount" in wrong.content.decode()
    assert "First order" in page
    assert Lead.objects.get().status == "owner"


def test_the_board_shows_who_has_what_and_what_is_late(client_of):
    make_lead(status="owner", due_at=NOW, owner=Colleague.objects.create(name="Marta Quist"))

    page = client_of("Viewer").get(reverse("lead_board")).content.decode()

    assert "Marta Quist" in page
    assert "1 overdue" in page


def form_of(profile, **changes):
    return {**profile_form.values_of(profile), **changes}


def test_a_changed_profile_says_which_leads_change_grade_before_it_is_saved(client_of):
    ProfileVersion.objects.create(number=1, fields=to_json(Profile()), valid_from=NOW)
    graded(make_lead(employees=120))

    page = client_of("Operator").post(
        reverse("lead_profile"), form_of(Profile(), employees="500-900", employees_half="", preview="1")
    )

    text = page.content.decode()
    assert "1 lead changes grade" in text
    assert "120 employees: not the right size" in text
    assert ProfileVersion.objects.count() == 1


def test_a_saved_profile_is_a_new_version_and_judges_all_leads(client_of):
    ProfileVersion.objects.create(number=1, fields=to_json(Profile()), valid_from=NOW)
    make_lead()

    client_of("Operator").post(
        reverse("lead_profile"), form_of(Profile(), industries="Machinery, Logistics", save="1", note="new focus")
    )

    version, profile = profile_versions.current(timezone.now())
    assert (version.number, version.note) == (2, "new focus")
    assert profile.industries == ("Machinery", "Logistics")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("employees", "many", "“many” is no range; write it as 51-500."),
        ("employees", "51-500, 800-900", "One range is the right size; others are near it."),
        ("from_a", "x", "“x” is no whole number."),
        ("from_b", "99", "Grades must begin in order: C below B below A, all between 1 and 100."),
        ("industry-full", "30", "The full points of all criteria must add up to 100."),
    ],
)
def test_a_profile_that_cannot_be_meant_is_not_saved(client_of, field, value, sentence):
    page = client_of("Operator").post(reverse("lead_profile"), form_of(Profile(), **{field: value, "save": "1"}))

    assert sentence in page.content.decode()
    assert ProfileVersion.objects.count() == 1


def test_somebody_is_put_on_the_list_found_there_and_taken_off(client_of):
    client = client_of("Operator")

    client.post(reverse("lead_suppress"), {"kind": "email", "value": "Ada@mill.example", "reason": "objected"})
    page = client.get(reverse("lead_suppression"), {"who": "ada@mill.example"}).content.decode()
    client.post(reverse("lead_suppression_lift", args=[Suppression.objects.get().pk]))

    assert '<b class="w-strong">Yes</b>' in page
    assert Suppression.objects.get().lifted_at is not None


def test_an_address_that_is_none_is_refused_and_stays_in_the_form(client_of):
    page = client_of("Operator").post(
        reverse("lead_suppress"),
        {"kind": "email", "value": "mill.example", "reason": "legal", "note": "letter of 3 May"},
    )

    text = page.content.decode()
    assert "“mill.example” is no e-mail address; nothing was put on the list." in text
    assert 'value="mill.example"' in text and 'value="letter of 3 May"' in text
    assert '<option value="legal" selected>' in text
    assert not Suppression.objects.exists()


def test_a_person_is_erased_only_after_typing_it_twice(client_of):
    make_lead()
    client = client_of("Operator")

    client.post(reverse("lead_erase"), {"who": "ada@mill.example", "again": "other@mill.example"})
    before = Lead.objects.count()
    client.post(reverse("lead_erase"), {"who": "ada@mill.example", "again": "ADA@mill.example"})

    assert (before, Lead.objects.count()) == (1, 0)
    proof = client.get(reverse("lead_erasure_proof", args=[Erasure.objects.get().pk]))
    assert Erasure.objects.get().digest in b"".join(proof.streaming_content).decode()
