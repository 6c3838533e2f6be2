import pytest

from deals.imports.formats.salesforce import full_id
from tests.deals.imports.headers import HEADERS
from tests.deals.imports.reading import read, records

NULL = "000000000000000AAA"


def file_of(name, *rows):
    """A file with a table's whole header; each row fills the cells it names."""
    header = HEADERS[name].split(",")
    lines = [",".join('"' + row.get(cell, "").replace('"', '""') + '"' for cell in header) for row in rows]
    return "\n".join([HEADERS[name], *lines])


@pytest.mark.parametrize(
    ("short", "full"),
    [("0015g00000AbCdE", "0015g00000AbCdEAAV"), ("001000000000001", "001000000000001AAA"), ("12", "12")],
)
def test_short_ids_are_completed(short, full):
    assert full_id(short) == full


def test_an_account_without_a_parent_has_none():
    text = file_of(
        "salesforce_account",
        {
            "Id": "001000000000001AAA",
            "Name": "Norden",
            "ParentId": NULL,
            "IsDeleted": "0",
            "CreatedDate": "2023-05-11 21:24:33",
        },
    )

    assert records(text) == [
        ("account", "001000000000001AAA", {"name": "Norden", "created_at": "2023-05-11T21:24:33+00:00"})
    ]


def test_moments_are_in_utc_wherever_the_source_is_at_home():
    from zoneinfo import ZoneInfo

    text = file_of("salesforce_account", {"Id": "1", "Name": "Norden", "CreatedDate": "2023-05-11 21:24:33"})

    [(_, _, values)] = records(text, zone=ZoneInfo("America/New_York"))

    assert values["created_at"] == "2023-05-11T21:24:33+00:00"


def test_deleted_rows_are_skipped():
    [result] = read(file_of("salesforce_contact", {"Id": "1", "LastName": "Kim", "IsDeleted": "1"}))

    assert (result.outcome, result.reason) == ("skipped", "The record was deleted in the system it comes from.")


def test_an_opportunity_becomes_a_deal():
    text = file_of(
        "salesforce_opportunity",
        {
            "Id": "006000000000001AAA", "AccountId": "001000000000001AAA", "Name": "Roof", "StageName": "Closed Won",
            "Amount": "1200.0", "CloseDate": "2024-06-30 00:00:00", "IsClosed": "1", "IsWon": "1",
            "CurrencyIsoCode": "EUR",
            "Probability": "100", "ContactId": NULL, "ForecastCategoryName": "Closed", "IsDeleted": "0",
        },
    )  # fmt: skip

    [(kind, _, values)] = records(text)

    assert kind == "deal"
    assert values == {
        "name": "Roof", "stage": "Closed Won", "account_key": "001000000000001AAA", "amount": "1200.0", "currency":
        "EUR",
        "close_date": "2024-06-30", "forecast_category": "Closed", "probability": "100", "is_closed": True,
        "is_won": True,
    }  # fmt: skip


def test_opportunity_history_gives_stage_changes():
    text = file_of(
        "salesforce_opportunityhistory",
        {
            "Id": "008", "OpportunityId": "006000000000001AAA", "StageName": "Proposal",
            "FromOpportunityStageName": "Discovery",
            "Amount": "900", "PrevAmount": "1200", "CloseDate": "2024-06-30", "PrevCloseDate": "2024-05-31",
            "CreatedDate": "2024-03-01 08:00:00", "IsDeleted": "0",
        },
    )  # fmt: skip

    [(kind, _, values)] = records(text)

    assert kind == "stage_change"
    assert (values["deal_key"], values["previous_stage"], values["stage"]) == (
        "006000000000001AAA",
        "Discovery",
        "Proposal",
    )
    assert (values["previous_amount"], values["previous_close_date"]) == ("1200", "2024-05-31")
    assert values["changed_at"] == "2024-03-01T08:00:00+00:00"


@pytest.mark.parametrize(
    ("what", "link"),
    [
        ("006000000000001AAA", {"deal_key": "006000000000001AAA"}),
        ("001000000000001AAA", {"account_key": "001000000000001AAA"}),
        (NULL, {}),
        ("a0B000000000001AAA", {}),
    ],
)
def test_a_task_is_linked_to_what_it_is_about(what, link):
    text = file_of(
        "salesforce_task",
        {"Id": "00T1", "WhoId": "003000000000001AAA", "WhatId": what, "Subject": "Call", "Status": "Completed",
         "ActivityDate": "2024-03-01 00:00:00", "IsClosed": "1"},
    )  # fmt: skip

    [(_, _, values)] = records(text)

    assert values["contact_keys"] == ["003000000000001AAA"]
    assert {name: values[name] for name in ("deal_key", "account_key") if name in values} == link
    assert values["is_future"] is False


def test_a_task_with_a_call_type_is_a_call():
    text = file_of(
        "salesforce_task",
        {
            "Id": "00T1",
            "Subject": "Talk",
            "ActivityDate": "2024-03-01",
            "CallType": "Inbound",
            "CallDurationInSeconds": "90",
        },
    )

    [(_, _, values)] = records(text)

    assert (values["kind"], values["direction"], values["duration_s"]) == ("call", "in", "90")


def test_an_event_lasts_as_long_as_it_says():
    text = file_of(
        "salesforce_event",
        {"Id": "00U1", "Subject": "Demo", "ActivityDateTime": "2024-03-01 08:00:00", "DurationInMinutes": "45"},
    )

    [(_, _, values)] = records(text)

    assert (values["kind"], values["duration_s"]) == ("meeting", "2700")


def test_users_become_colleagues():
    text = file_of(
        "salesforce_user",
        {"Id": "0051", "FirstName": "Ben", "LastName": "Lund", "Email": "ben@us.example.com", "IsActive": "1"},
    )

    assert records(text) == [
        ("colleague", "0051", {"email": "ben@us.example.com", "is_active": True, "name": "Ben Lund"})
    ]


def test_a_table_saved_again_in_a_spreadsheet_is_still_read():
    text = (
        "Id;IsDeleted;AccountId;Name;StageName;CloseDate;OwnerId;CreatedDate\n"
        "1;0;7;Roof;Won;30-06-2024 00:00;5;09-06-2024 16:14\n"
    )

    [(_, _, values)] = records(text)

    assert (values["close_date"], values["created_at"]) == ("2024-06-30", "2024-06-09T16:14:00+00:00")


def test_a_report_is_read_under_its_labels_and_without_its_footer():
    text = (
        '"Opportunity Name","Account Name","Stage","Amount","Close Date"\n'
        '"Roof","Norden Roofing","Proposal","€ 1,200.00","6/30/2024"\n'
        '\n"Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."\n"Generated By:  Ben Lund"\n'
    )

    [(kind, _, deal), mention] = records(text)

    assert (kind, deal) == (
        "deal",
        {"name": "Roof", "stage": "Proposal", "account": "Norden Roofing", "amount": "1200.00", "currency": "EUR",
         "close_date": "2024-06-30"},
    )  # fmt: skip
    assert mention == ("account", "name:norden roofing", {"name": "Norden Roofing"})


def test_cp1252_files_keep_their_accents():
    text = file_of(
        "salesforce_account", {"Id": "1", "Name": "Peña y Compañía", "BillingCity": "Málaga", "IsDeleted": "0"}
    )

    [(_, _, values)] = records(text.encode("cp1252"))

    assert (values["name"], values["city"]) == ("Peña y Compañía", "Málaga")
