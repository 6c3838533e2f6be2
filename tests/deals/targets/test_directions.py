"""E-mails from us and from them."""

import pytest

from deals.imports.targets.directions import direction
from deals.models import Activity
from deals.models.owners import Owners
from tests.deals.test_targets import CONTACTS, imported

US, THEM = "marta@us.example", "ada@brightwater.example"
USERS = f"Id,Username,FirstName,LastName,Email,IsActive,ProfileId\n005A1,marta,Marta,Quist,{US},1,P1\n"


def told(**values):
    owners = Owners()
    owners.know(1, US)
    return direction({"kind": "email", **values}, {THEM}.__contains__, owners)


def test_what_nobody_can_tell_stays_unknown():
    assert told() == ""
    assert told(from_email="someone@else.example", emails=[US]) == ""
    assert told(emails=["someone@else.example"]) == ""
    assert told(emails=[US, THEM]) == ""
    assert told(emails=[US]) == ""


def test_only_e_mails_are_judged():
    assert told(kind="meeting", from_email=US) == ""


def test_the_file_s_own_word_counts_before_the_sender():
    assert told(direction="in", from_email=US) == "in"


def test_the_sender_tells():
    assert told(from_email=US, emails=[THEM]) == "out"
    assert told(from_email=THEM, emails=[US]) == "in"


def test_without_a_sender_the_addressed_tell():
    assert told(emails=[THEM, "someone@else.example"]) == "out"
    assert told(emails=[US], contact_keys=["003A1"]) == "in"


def tasks_file():
    header = "Id,WhoId,WhatId,Subject,Status,ActivityDate,TaskSubtype,Description"
    rows = [
        f'00T1,,,Email: Offer,Completed,2026-01-05,Email,"From: {US}\nTo: {THEM}\n\nHello"',
        f'00T2,,,Email: Re: Offer,Completed,2026-01-06,Email,"From: {THEM}\nTo: {US}\n\nThanks"',
        '00T3,,,Email: Other,Completed,2026-01-07,Email,"From: someone@else.example\n\nHello"',
    ]
    return "\n".join([header, *rows]) + "\n"


@pytest.mark.django_db
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_directions_are_found_in_any_order_of_files(order):
    files = [("User.csv", USERS), ("contacts.csv", CONTACTS), ("Task.csv", tasks_file())]
    for place in order:
        imported(files[place])

    assert list(Activity.objects.order_by("record__key").values_list("direction", flat=True)) == ["out", "in", ""]


@pytest.mark.django_db
def test_a_hubspot_e_mail_without_a_direction_has_one_by_its_sender():
    body = (
        "Record ID,Email subject,Activity date,Email from address,Email to address\n"
        f"7,Offer,2026-01-05 09:00,{US},{THEM}\n"
    )
    imported(("User.csv", USERS), ("contacts.csv", CONTACTS), ("mails.csv", body))

    activity = Activity.objects.get()
    assert activity.direction == "out"
    assert activity.participants.get().contact.email == THEM
