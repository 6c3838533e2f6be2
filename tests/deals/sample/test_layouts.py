"""The files look like those of the systems they stand for."""

import re
from itertools import pairwise

import pytest

from tests.deals.sample.files import AS_OF, fair, rows, sample, text

NULL_ID = "000000000000000AAA"
SALESFORCE = ("User", "Account", "Contact", "Opportunity", "OpportunityHistory", "Task", "Event")


@pytest.mark.parametrize(
    ("view", "header"),
    [
        ("companies", "Record ID,Company name,Company Domain Name,Company owner,Create Date,Phone Number,"),
        ("contacts", "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Primary Associated Company ID,"),
        ("deals", "Record ID,Deal Name,Deal Stage,Pipeline,Amount,"),
    ],
)
def test_hubspot_files_begin_with_the_columns_of_its_screens(view, header):
    assert text(f"hubspot-crm-exports-all-{view}-2026-03-02.csv").startswith(header)


def test_hubspot_deals_say_when_each_stage_was_entered():
    deal = next(row for row in rows("deals") if row["Deal Stage"] == "Closed Won")

    entered = [deal[f'Date entered "{stage}" (Sales Pipeline)'] for stage in ("Appointment Scheduled", "Closed Won")]
    assert entered[0] < entered[1]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", entered[1])
    assert deal['Date entered "Closed Lost" (Sales Pipeline)'] == ""


def test_hubspot_lists_of_ids_are_split_by_semicolons_and_point_to_contacts():
    contacts = {row["Record ID"] for row in rows("contacts")}

    listed = [row["Associated Contact IDs"].split(";") for row in rows("deals")]
    assert any(len(ids) > 2 for ids in listed)
    assert {one for ids in listed for one in ids} <= contacts


@pytest.mark.parametrize("table", SALESFORCE)
def test_salesforce_quotes_every_cell_and_ends_lines_with_a_line_feed(table):
    content = sample().files[f"{table}.csv"].decode("cp1252")

    assert content.startswith('"Id","')
    assert "\r" not in content
    assert content.endswith('"\n')
    assert not re.search(r"(?<![\"\n]),(?=\")|,,", content.splitlines()[1])


def test_salesforce_is_not_utf_8():
    with pytest.raises(UnicodeDecodeError):
        sample().files["Contact.csv"].decode()


def test_letters_without_a_code_become_question_marks():
    assert any("?" in row["LastName"] or "?" in row["FirstName"] for row in rows("Contact.csv"))


@pytest.mark.parametrize("table", SALESFORCE)
def test_salesforce_ids_have_eighteen_characters_of_which_three_check_the_case(table):
    for row in rows(f"{table}.csv" if table != "Opportunity" else "Opportunity.csv"):
        assert re.fullmatch(r"[0-9A-Za-z]{15}[A-Z0-5]{3}", row["Id"])
        assert row["Id"][15:] == "".join(_check(row["Id"][start : start + 5]) for start in (0, 5, 10))


def _check(chunk):
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[sum(2**place for place in range(5) if chunk[place].isupper())]


def test_references_between_salesforce_tables_hold():
    accounts, contacts = ({row["Id"] for row in rows(table)} for table in ("Account.csv", "Contact.csv"))
    users = {row["Id"] for row in rows("User.csv")}
    deals = {row["Id"] for row in rows("Opportunity.csv")}

    assert {row["AccountId"] for row in rows("Contact.csv")} <= accounts | {NULL_ID}
    assert {row["ParentId"] for row in rows("Account.csv")} <= accounts | {NULL_ID}
    assert {row["OpportunityId"] for row in rows("OpportunityHistory.csv")} == deals
    for activity in (*rows("Task.csv"), *rows("Event.csv")):
        assert activity["WhoId"] in contacts
        assert activity["WhatId"] in deals | accounts | {NULL_ID}
        assert activity["OwnerId"] in users


def test_each_change_of_an_opportunity_continues_the_one_before():
    history = sorted(rows("OpportunityHistory.csv"), key=lambda row: (row["OpportunityId"], row["CreatedDate"]))

    for before, after in pairwise(history):
        if before["OpportunityId"] == after["OpportunityId"]:
            assert after["FromOpportunityStageName"] == before["StageName"]
            assert (after["PrevAmount"], after["PrevCloseDate"]) == (before["Amount"], before["CloseDate"])
            assert before["ValidThroughDate"] == after["CreatedDate"]
        else:
            assert after["PrevCloseDate"] == ""


def test_an_opportunity_stands_as_its_history_ends():
    last = {row["OpportunityId"]: row for row in sorted(rows("OpportunityHistory.csv"), key=lambda r: r["CreatedDate"])}

    for deal in rows("Opportunity.csv"):
        change = last[deal["Id"]]
        assert (deal["StageName"], deal["Amount"], deal["CloseDate"]) == (
            change["StageName"],
            change["Amount"],
            change["CloseDate"],
        )


def test_linkedin_has_three_lines_before_its_header():
    lines = sample().files["Connections.csv"].decode().split("\n")

    assert (lines[0], lines[2]) == ("Notes:", "")
    assert lines[3] == "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    assert re.fullmatch(r"\d\d [A-Z][a-z]{2} \d{4}", rows("Connections")[0]["Connected On"])


def test_linkedin_shows_few_addresses_and_some_rows_with_a_date_only():
    connections = rows("Connections")

    assert 1 <= sum(bool(row["Email Address"]) for row in connections) <= 8
    assert sum(not row["First Name"] for row in connections) == 3


def test_the_attendee_list_is_a_spreadsheet_of_somebody_elses_making():
    content = fair().files["trade-fair-attendees.csv"]

    assert content.startswith(b"\xef\xbb\xbfBadge;First name;Last name;Company;")
    assert len(rows("fair")) == 40


def test_dates_in_file_names_are_the_day_of_the_export():
    assert f"hubspot-crm-exports-all-deals-{AS_OF}.csv" in sample().files
