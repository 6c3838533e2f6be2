import pytest

from deals.imports.fields import FIELDS
from deals.imports.formats import FORMATS
from pipeline.ingest.formats import Emit, Format
from pipeline.ingest.mapping import as_format, guess, recognise
from pipeline.ingest.sniff import read_rows, sniff


def guessed(text):
    sniffed = sniff(text.encode())
    return guess(sniffed.header, list(read_rows(sniffed)), FIELDS, FORMATS)


def layout(name, *needs, hints=()):
    return Format(name=name, label=name, system="", needs=needs, hints=hints, emits=(Emit(kind="account", columns={}),))


def test_a_header_that_lacks_one_needed_cell_is_not_recognised():
    found = recognise(("First Name", "Last Name"), (layout("people", "First Name", "Last Name", "Connected On"),))

    assert found.format is None
    assert (found.nearest.name, found.missing) == ("people", ("Connected On",))


def test_the_most_specific_match_wins_in_any_order_and_case():
    formats = (layout("wide", "name"), layout("narrow", "name", "stage"), layout("other", "name", "owner"))

    assert recognise(("STAGE ", "Name", "x"), formats).format.name == "narrow"


def test_hints_decide_between_equals():
    formats = (layout("one", "id", "name"), layout("two", "id", "name", hints=("city",)))

    assert recognise(("id", "name", "city"), formats).format.name == "two"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("product,series,sales_price\nRoof 1,Roof,550\n", "Products are not kept here."),
        ("Invoice Number,Invoice Date,Customer,Total\n17,2024-01-02,Acme,5\n", "Invoices are not kept here."),
        ("Ticket ID,Ticket Status,Contact,Email\n1,open,Anna Kim,anna@acme.com\n", "Support cases are not kept here."),
        ("left_id,right_id\na1,b1\n", "No kind of record kept here has columns like these."),
        (
            "id,title,authors,venue,year\n1,On roofs,A. Kim,VLDB,2001\n",
            "No kind of record kept here has columns like these.",
        ),
    ],
)
def test_a_table_without_a_target_is_skipped_with_a_reason(text, reason):
    found = guessed(text)

    assert (found.kind, found.skip_reason, found.is_complete) == ("", reason, False)


def test_a_data_dictionary_is_no_list_of_accounts():
    text = "accounts,,,teams,\naccount,sector,revenue,sales_agent,manager\n,,,,\n,,,pipeline,\n,,,teams,\nproduct,,,,\n"

    assert guessed(text).skip_reason == "No kind of record kept here has columns like these."


def test_accounts_are_guessed_from_their_words():
    found = guessed(
        "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
        "Norden Roofing,building,1996,1100.04,2822,Kenya,\n"
    )

    assert (found.kind, found.is_complete, found.unmapped) == ("account", True, ())
    assert found.columns == {
        "account": "name", "sector": "industry", "year_established": "year_founded", "revenue": "revenue",
        "employees": "employees", "office_location": "country", "subsidiary_of": "parent",
    }  # fmt: skip


def test_colleagues_are_guessed_from_their_words():
    found = guessed("sales_agent,manager,regional_office\nAnna Kim,Ben Lund,North\n")

    assert (found.kind, found.columns) == (
        "colleague",
        {"sales_agent": "name", "manager": "manager", "regional_office": "region"},
    )


def test_deals_are_guessed_with_the_account_they_mention():
    found = guessed(
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
        "X1,Anna Kim,Roof 1,Norden,Won,10/20/2016,3/1/2017,1054\n"
    )
    format_ = as_format(found, FIELDS)

    assert (found.kind, found.is_complete) == ("deal", True)
    assert [(emit.kind, emit.key, emit.key_field) for emit in format_.emits] == [
        ("deal", "opportunity_id", ""),
        ("account", "", "name"),
    ]


@pytest.mark.parametrize(
    ("header", "names"),
    [
        (
            "Vorname,Nachname,Unternehmen,E-Mail-Adresse,Telefonnummer",
            ["given_name", "family_name", "company", "email", "phone"],
        ),
        ("Prénom,Nom,Entreprise,Courriel,Téléphone", ["given_name", "family_name", "company", "email", "phone"]),
        ("first_name,surname,company,email,phone", ["given_name", "family_name", "company", "email", "phone"]),
        (
            "firstName,lastName,Company Name,emailAddress,contactPhone",
            ["given_name", "family_name", "company", "email", "phone"],
        ),
    ],
)
def test_contacts_are_guessed_in_several_languages_and_spellings(header, names):
    found = guessed(f"{header}\nAnna,Kim,Norden,anna@norden.com,030 901820\n")

    assert (found.kind, list(found.columns.values())) == ("contact", names)


def test_a_column_of_addresses_is_known_by_its_cells():
    found = guessed("Vorname,Nachname,Spalte\nAnna,Kim,anna@norden.com\nBen,Lund,ben@norden.com\n")

    assert found.columns["Spalte"] == "email"


def test_a_word_is_not_believed_against_the_cells():
    found = guessed("name,stage,close date,amount\nRoof,Won,maybe next year,5\nDoor,Lost,never again,7\n")

    assert "close date" not in found.columns


def test_a_deals_stage_is_not_taken_for_its_status():
    found = guessed("Deal Name,Deal Status,Deal Stage,Amount\nRoof,Open,Proposal,5\n")

    assert (found.columns["Deal Status"], found.columns["Deal Stage"]) == ("status", "stage")


def test_people_with_their_company_are_contacts():
    found = guessed("Company,Contact,Email,Phone,Website\nNorden,Anna Kim,anna@norden.com,030 901820,norden.com\n")

    assert (found.kind, found.columns["Contact"]) == ("contact", "full_name")


def test_a_repeating_column_is_no_id():
    assert "id" not in guessed("id,first name,last name\n1,Anna,Kim\n1,Ben,Lund\n1,Eva,Berg\n").columns


def test_what_a_kind_needs_and_lacks_is_named():
    found = guessed("revenue,employees,industry,website\n5,3,roofs,norden.com\n")

    assert (found.kind, found.missing, found.is_complete) == ("account", ("Name",), False)
