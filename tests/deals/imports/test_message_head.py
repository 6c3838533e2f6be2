"""Who wrote to whom, told by the lines above a logged e-mail's text."""

from deals.imports.formats.message_head import with_people, without_head
from tests.deals.imports.reading import records


def people(body, **values):
    said = with_people({"body": body, **values})
    return said.get("from_email"), said.get("emails"), said.get("direction")


def test_a_text_without_a_head_names_nobody():
    assert people("Hello Ada,\nthanks.\nFrom: ada@brightwater.example") == (None, None, None)


def test_a_text_that_is_missing_names_nobody():
    assert with_people({"kind": "email"}) == {"kind": "email"}


def test_a_name_alone_is_no_address():
    assert people("From: Ada Okafor\nTo: Marta Quist\n\nHello") == (None, None, None)


def test_a_message_quoted_below_the_text_is_another_message():
    body = "From: marta@us.example\nTo: ada@brightwater.example\nBody:\nSee below.\nFrom: ben@other.example"

    assert people(body) == ("marta@us.example", ["marta@us.example", "ada@brightwater.example"], None)


def test_names_beside_addresses_copies_and_blank_lines_are_understood():
    body = "From: Ada Okafor <ADA@Brightwater.example>\n\nTo: Marta Quist; marta@us.example\nCC: ben@us.example, x"

    assert people(body) == (
        "ada@brightwater.example", ["ada@brightwater.example", "marta@us.example", "ben@us.example"], None,
    )  # fmt: skip


def test_what_salesforce_sent_itself_went_out():
    body = "Additional To: ben@brightwater.example\nCC: \nBCC: \nAttachment: \n\nSubject: Offer\nBody:\nHello"

    assert people(body) == (None, ["ben@brightwater.example"], "out")


def test_the_first_of_two_lines_counts():
    assert people("From: a@x.example\nFrom: b@x.example")[0] == "a@x.example"


def test_a_task_that_is_an_e_mail_exposes_its_people():
    header = "Id,WhoId,WhatId,Subject,Status,ActivityDate,TaskSubtype,Description\n"
    text = '"From: ada@brightwater.example\r\nTo: marta@us.example\r\n\r\nHello"'

    [(_, _, values)] = records(f"{header}00T1,,,Email: Hi,Completed,2026-01-05,Email,{text}\n")

    assert values["from_email"] == "ada@brightwater.example"
    assert values["emails"] == ["ada@brightwater.example", "marta@us.example"]


def test_a_task_that_is_none_keeps_to_its_columns():
    header = "Id,WhoId,WhatId,Subject,Status,ActivityDate,TaskSubtype,Description\n"

    [(_, _, values)] = records(f"{header}00T1,,,Call,Completed,2026-01-05,Task,From: ada@brightwater.example\n")

    assert "from_email" not in values


def test_a_text_without_a_head_is_left_as_it_is():
    assert without_head("Hi Ada,\nfrom: nowhere") == "Hi Ada,\nfrom: nowhere"
    assert without_head("From: ada@x.example") == "From: ada@x.example"


def test_below_the_head_stands_what_was_written():
    assert without_head("From: ada@x.example\nTo: us@x.example\n\nBody:\nHi,\nyes.") == "Hi,\nyes."
