"""The page of duplicates: empty, full, joining two by hand, taking it back."""

import pytest
from django.urls import reverse

from deals.models import Contact
from tests.deals.admin.reading import words
from tests.deals.factories import make_contact, make_file, make_source

PAGE = "/duplicates/"


@pytest.fixture
def pair(db):
    ada = make_contact("Ada", "Okafor", "ada@x.example", "1", make_file("hubspot.csv"), 2)
    return ada, make_contact("Adaeze", "Okafor", "", "9", make_file("sf.csv", make_source("Salesforce", "sf")), 7)


def test_without_records_the_page_says_how_to_begin(operator):
    said = words(operator.get(PAGE))

    assert "No records yet" in said
    assert "Import files" in said


def test_a_viewer_sees_figures_and_nothing_to_join(viewer, pair):
    said = words(viewer.get(PAGE))

    assert "2 records → 2 people , 0 joined" in said or "2 records → 2 people, 0 joined" in said
    assert "Join two people by hand" not in said


def test_two_chosen_lead_on_to_their_comparison_and_nothing_is_joined_yet(operator, pair):
    answer = operator.get(PAGE, {"kind": "contact", "contact-one": pair[0].pk, "contact-other": pair[1].pk})

    assert answer.url == f"/deals/contact/{pair[0].pk}/join/?with={pair[1].pk}"
    assert Contact.objects.filter(is_current=True).count() == 2


def test_a_choice_that_is_missing_is_asked_for_on_the_field(operator, pair):
    said = words(operator.get(PAGE, {"kind": "contact", "contact-one": pair[0].pk}))

    assert said.count("This field is required.") == 1


def test_what_was_joined_by_hand_is_listed_and_a_name_that_is_markup_is_text(operator, pair):
    pair[1].records.update(values={"given_name": "<b>Ada", "family_name": "Okafor"})
    operator.post(reverse("admin:deals_contact_join", args=[pair[0].pk]), {"with": pair[1].pk, "join": 1})

    html = operator.get(PAGE).content.decode()

    assert "&lt;b&gt;Ada Okafor" in html and "<b>Ada Okafor" not in html
    assert "/deals/contact/undo/" in html
