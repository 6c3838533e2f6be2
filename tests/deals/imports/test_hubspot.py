from zoneinfo import ZoneInfo

import pytest

from tests.deals.imports.reading import read, records


def test_a_contact_knows_its_company_by_id():
    text = (
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Primary Associated Company ID,"
        "Last Activity Date,Create Date,Associated Company,Buying Role\n"
        "101,Anna,Kim,Anna@Norden.example.com,030 901820,Ben Lund,55,2024-03-12 09:14,2023-01-05 "
        "10:00,Norden,Champion;Budget Holder\n"
    )

    assert records(text, country="DE", zone=ZoneInfo("Europe/Berlin")) == [
        (
            "contact",
            "101",
            {
                "given_name": "Anna", "family_name": "Kim", "email": "anna@norden.example.com", "phone": "+4930901820",
                "company": "Norden", "account_key": "55", "owner": "Ben Lund", "buying_role": ["Champion",
                "Budget Holder"],
                "created_at": "2023-01-05T09:00:00+00:00", "last_activity_at": "2024-03-12T08:14:00+00:00",
            },
        )
    ]  # fmt: skip


def test_a_company_becomes_an_account():
    text = (
        "Record ID,Company name,Company Domain Name,Company owner,Create Date,Country/Region,Number of "
        "Employees,Annual Revenue\n"
        '55,Norden Roofing,www.norden.example.com,Ben Lund,2023-01-05 10:00,Norway,120,"$1,200,000"\n'
    )

    [(kind, key, values)] = records(text)

    assert (kind, key) == ("account", "55")
    assert (values["domain"], values["employees"], values["revenue"]) == ("norden.example.com", "120", "1200000")


def test_a_deal_carries_stage_dates_roles_and_contacts():
    text = (
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Currency,Close Date,Deal owner,Associated Company IDs "
        "(Primary),"
        'Associated Contact IDs,Associated Contact IDs (Decision maker),"Date entered ""Proposal (Sales Pipeline)""",'
        '"Date entered ""Won (Sales Pipeline)""",Next Activity Date\n'
        "9,Roof,Proposal,Sales Pipeline,1200.50,EUR,2024-06-30,Ben Lund,55,101;102,102,2024-03-01 08:00,,2024-04-02 "
        "10:00\n"
    )

    assert records(text) == [
        (
            "deal",
            "9",
            {
                "name": "Roof", "stage": "Proposal", "pipeline": "Sales Pipeline", "account_key": "55",
                "contact_keys": ["101", "102"], "amount": "1200.50", "currency": "EUR", "close_date": "2024-06-30",
                "owner": "Ben Lund", "stage_dates": {"Proposal": "2024-03-01T08:00:00+00:00"},
                "roles": {"Decision maker": ["102"]}, "next_activity_at": "2024-04-02T10:00:00+00:00",
            },
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "stage"),
    [
        ("Date entered Closed Won", "Closed Won"),
        ('Date entered "Closed Won"', "Closed Won"),
        ('Date entered "Closed Won" (Sales Pipeline)', "Closed Won"),
        ('Date entered "Closed Won (Sales Pipeline)"', "Closed Won"),
        ("Date entered “Closed Won (Sales (EU))”", "Closed Won"),
        ('Date entered "Offer (draft) (Sales Pipeline)"', "Offer (draft)"),
    ],
)
def test_a_stage_date_is_the_stage_s_without_its_pipeline(header, stage):
    assert records(deal(header, "2024-03-01 08:00"))[0][2]["stage_dates"] == {stage: "2024-03-01T08:00:00+00:00"}


def test_brackets_that_belong_to_the_stage_s_name_stay():
    [(_, _, values)] = records(deal('Date entered "Offer (draft)"', "2024-03-01 08:00", stage="Offer (draft)"))

    assert (values["stage"], list(values["stage_dates"])) == ("Offer (draft)", ["Offer (draft)"])


def test_the_deal_s_own_stage_loses_its_pipeline_too():
    [(_, _, values)] = records(deal('Date entered "Won (Sales)"', "", stage="Won (Sales)", pipeline="Sales"))

    assert values["stage"] == "Won"


def test_of_two_pipelines_with_a_stage_of_one_name_the_deal_s_own_counts():
    header = '"Date entered ""Won (Sales)""","Date entered ""Won (Renewals)""","Date entered ""Won (Service)"""'
    text = (
        f"Record ID,Deal Name,Deal Stage,Pipeline,{header}\n"
        "9,Roof,Won,Renewals,2024-01-01 08:00,2024-02-01 08:00,2024-03-01 08:00\n"
    )

    assert records(text)[0][2]["stage_dates"] == {"Won": "2024-02-01T08:00:00+00:00"}


def deal(header, cell, stage="Talks", pipeline="Sales Pipeline"):
    quoted = header.replace('"', '""')
    return f'Record ID,Deal Name,Deal Stage,Pipeline,"{quoted}"\n9,Roof,{stage},{pipeline},{cell}\n'


def test_a_deal_that_only_names_its_company_mentions_an_account():
    text = "Record ID,Deal Name,Deal Stage,Associated Company\n9,Roof,Proposal,Norden Roofing\n"

    assert [(kind, key) for kind, key, _ in records(text)] == [("deal", "9"), ("account", "name:norden roofing")]


def test_a_record_id_shortened_by_a_spreadsheet_fails_its_row():
    [first, second] = read("Record ID,Company name\n1.23E+10,Norden\n12345678901,Southend\n")

    assert (first.outcome, second.outcome) == ("failed", "read")


def test_an_api_dump_is_read_as_well():
    text = (
        "amount,closedate,createdate,dealname,dealstage,hs_object_id,pipeline\n"
        "5,2024-06-30,2024-03-12T09:14:22.123Z,Roof,77,9,default\n"
    )

    [(_, key, values)] = records(text)

    assert (key, values["created_at"], values["stage"]) == ("9", "2024-03-12T09:14:22.123000+00:00", "77")


def test_calls_know_their_length_and_direction():
    text = (
        "Record ID,Call Title,Activity date,Activity assigned to,Call direction,Call duration (HH:mm:ss),Associated "
        "Contact IDs\n"
        "7,First talk,2024-03-12 09:14,Ben Lund,Outbound,00:05:12,101;102\n"
    )

    [(kind, _, values)] = records(text)

    assert kind == "activity"
    assert (values["kind"], values["direction"], values["duration_s"]) == ("call", "out", "312")
    assert values["contact_keys"] == ["101", "102"]


def test_an_incoming_e_mail_names_its_participants():
    text = (
        "Record ID,Email subject,Activity date,Email Direction,Email from address,Email to address\n"
        "7,Re: Roof,2024-03-12 09:14,INCOMING_EMAIL,anna@norden.example.com,ben@us.example.com;eva@us.example.com\n"
    )

    [(_, _, values)] = records(text)

    assert (values["kind"], values["direction"]) == ("email", "in")
    assert values["emails"] == ["anna@norden.example.com", "ben@us.example.com", "eva@us.example.com"]


def test_an_open_task_is_still_to_happen():
    text = (
        "Record ID,Task Title,Task status,Due date\n7,Call back,NOT_STARTED,2024-03-12\n"
        "8,Send offer,COMPLETED,2024-03-10\n"
    )

    assert [values["is_future"] for _, _, values in records(text)] == [True, False]
