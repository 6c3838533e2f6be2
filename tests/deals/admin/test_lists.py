"""Lists of accounts, contacts, deals: quick, searchable, and the same rows in the export."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from deals.models import AccountDomain, Identity
from tests.deals.factories import make_account, make_colleague, make_contact, make_deal, make_file

CONTACTS = reverse("admin:deals_contact_changelist")


def names(response):
    return [str(row) for row in response.context["cl"].result_list]


def exported(client, url, **query):
    body = b"".join(client.get(f"{url}export/", query).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body, newline="")))


@pytest.fixture
def people(db):
    file, owner = make_file(), make_colleague()
    account = make_account("Brightwater Foods", "brightwater.example", file=make_file("accounts.csv"))
    return [
        make_contact("Ada", "Okafor", "ada@brightwater.example", "1", file, 2, account=account, owner=owner),
        make_contact("Bela", "Rossi", "bela@kestrel.example", "2", file, 3, company="Kestrel Paper", country="Italy"),
        make_contact("Cora", "Haas", "", "3", file, 4, opted_out=True),
    ]


@pytest.mark.parametrize("model", ["account", "contact", "deal", "activity", "colleague", "fieldchange"])
def test_an_empty_list_says_what_to_do_next(viewer, model):
    page = viewer.get(reverse(f"admin:deals_{model}_changelist"))

    assert page.status_code == 200
    assert "rec-nothing" in page.content.decode()


def test_a_search_without_hits_is_no_empty_list(viewer, people):
    page = viewer.get(CONTACTS, {"q": "nobody"})

    assert names(page) == []
    assert "rec-nothing" not in page.content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("okafor", ["Ada Okafor"]),
        ("kestrel", ["Bela Rossi"]),
        ("brightwater", ["Ada Okafor"]),
        ("ada rossi", []),
        ("second@old", ["Cora Haas"]),
        ("bw-group", ["Ada Okafor"]),
    ],
)
def test_contacts_are_found_by_name_company_domain_and_every_address(viewer, people, words, found):
    Identity.objects.create(contact=people[2], kind="email", value="cora.second@old.example")
    AccountDomain.objects.create(account=people[0].account, domain="bw-group.example")

    assert names(viewer.get(CONTACTS, {"q": words})) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Ada Okafor", "Bela Rossi", "Cora Haas"]),
        ({"country": "Italy"}, ["Bela Rossi"]),
        ({"opted_out__exact": "1"}, ["Cora Haas"]),
        ({"records": "several"}, []),
        ({"current": "no"}, []),
    ],
)
def test_contacts_are_filtered(viewer, people, query, found):
    assert names(viewer.get(CONTACTS, query)) == found


def test_what_was_joined_into_another_is_hidden_until_asked_for(viewer, people):
    people[0].is_current = False
    people[0].save()

    assert names(viewer.get(CONTACTS)) == ["Bela Rossi", "Cora Haas"]
    assert names(viewer.get(CONTACTS, {"current": "all"})) == ["Ada Okafor", "Bela Rossi", "Cora Haas"]


@pytest.mark.parametrize(("outcome", "found"), [("open", ["Open"]), ("won", ["Won"]), ("lost", ["Lost"])])
def test_deals_are_filtered_by_outcome(viewer, db, outcome, found):
    file = make_file("deals.csv")
    make_deal("Open", "1", file, 2)
    make_deal("Won", "2", file, 3, is_closed=True, is_won=True)
    make_deal("Lost", "3", file, 4, is_closed=True)

    assert names(viewer.get(reverse("admin:deals_deal_changelist"), {"outcome": outcome})) == found


def test_deals_are_filtered_by_the_day_they_close(viewer, db):
    file = make_file("deals.csv")
    make_deal("Spring", "1", file, 2, close_date=date(2026, 4, 1))
    make_deal("Summer", "2", file, 3, close_date=date(2026, 7, 1))

    page = viewer.get(reverse("admin:deals_deal_changelist"), {"close_date_from": "2026-06-01"})

    assert names(page) == ["Summer"]


@pytest.mark.parametrize("model", ["account", "contact", "deal"])
def test_more_rows_cost_no_more_queries(viewer, db, django_assert_max_num_queries, model):
    make = {"account": make_account, "contact": make_contact, "deal": make_deal}[model]
    file, owner = make_file(), make_colleague()
    for number in range(60):
        make(key=str(number), file=file, line=number + 2, owner=owner)

    # Session, user, rights (2), count, rows; the choices of a filter; the notes of the frame.
    with django_assert_max_num_queries(10):
        page = viewer.get(reverse(f"admin:deals_{model}_changelist"))

    assert len(page.context["cl"].result_list) == 50


def test_the_export_holds_what_the_list_shows(viewer, people):
    found = exported(viewer, CONTACTS, q="brightwater")

    assert [(row["Name"], row["Account"], row["Owner"], row["Opted out"]) for row in found] == [
        ("Ada Okafor", "Brightwater Foods", "Marta Quist", "no")
    ]


def test_the_export_of_what_is_selected_holds_just_that(viewer, people):
    chosen = {"action": "export_selected", "_selected_action": [people[1].pk]}

    body = b"".join(viewer.post(CONTACTS, chosen).streaming_content).decode("utf-8-sig")

    assert [row["Name"] for row in csv.DictReader(io.StringIO(body, newline=""))] == ["Bela Rossi"]


def test_an_export_never_holds_a_formula(viewer, db):
    make_contact('=HYPERLINK("http://x.example")', "", title="@SUM(A1)")

    assert exported(viewer, CONTACTS)[0]["Name"] == '\'=HYPERLINK("http://x.example")'


def test_an_export_costs_no_query_per_row(viewer, people, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        exported(viewer, CONTACTS)


def test_nothing_is_exported_to_somebody_without_rights(client_of, person, client, people):
    client.force_login(person())

    assert client.get(f"{CONTACTS}export/").status_code == 403


def test_hostile_names_do_no_harm(viewer, db):
    make_contact("<script>alert(1)</script>", "txt.exe\u202e")

    page = viewer.get(CONTACTS).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\u202e" not in page
    assert "Hidden character U+202E" in page


def test_an_autocomplete_offers_only_what_is_current(operator, people):
    people[1].is_current = False
    people[1].save()
    query = {"app_label": "deals", "model_name": "dealrole", "field_name": "contact", "term": "a"}

    found = operator.get(reverse("admin:autocomplete"), query).json()["results"]

    assert [one["text"] for one in found] == ["Ada Okafor", "Cora Haas"]
