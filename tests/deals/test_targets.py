"""What becomes of imported rows: entities, references between files, history."""

from datetime import date

import pytest

from deals.models import Account, Activity, Colleague, Contact, Deal, FieldChange
from deals.signals.backdrop import load_rates
from deals.signals.clock import Calendar
from deals.signals.states import frame_of, read_book
from pipeline import tasks
from pipeline.ingest import upload
from tests.deals.factories import IMPORTED, make_record

pytestmark = pytest.mark.django_db

COMPANIES = (
    "Record ID,Company name,Company Domain Name,Company owner,City\n"
    "501,Brightwater Foods,brightwater.example,Marta Quist,Leeds\n"
)
CONTACTS = (
    "Record ID,First Name,Last Name,Email,Contact owner,Primary Associated Company ID,Lead Status,Create Date\n"
    "101,Ada,Okafor,ada@brightwater.example,Marta Quist,501,,2026-01-02 09:00\n"
)
DEALS = (
    "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Deal owner,"
    "Associated Company IDs (Primary),Associated Contact IDs,"
    '"Date entered ""Discovery (Sales Pipeline)""","Date entered ""Proposal (Sales Pipeline)"""\n'
    "901,Cold store,Proposal,Sales Pipeline,12000,2026-09-30,Marta Quist,501,101,2026-01-05 10:00,2026-02-01 10:00\n"
)


def make_activity():
    record = make_record("activity", key="a1", line=90)
    return Activity.objects.create(kind="call", record=record, recorded_at=IMPORTED)


def imported(*files, **options):
    batch = upload.stage([(name, body.encode()) for name, body in files], **options)
    upload.start_batch(batch)
    tasks.drain()
    return list(batch.files.order_by("id"))


def counts(file):
    return {name: getattr(file, name) for name in ("rows", "created", "updated", "unchanged", "skipped", "failed")}


def test_a_contact_finds_their_company_and_owner():
    imported(("companies.csv", COMPANIES), ("contacts.csv", CONTACTS))

    contact = Contact.objects.get()

    assert (contact.full_name, contact.account.name, contact.owner.name) == (
        "Ada Okafor", "Brightwater Foods", "Marta Quist",
    )  # fmt: skip
    assert Colleague.objects.count() == 1


def test_files_in_the_wrong_order_still_find_each_other():
    imported(("deals.csv", DEALS), ("contacts.csv", CONTACTS), ("companies.csv", COMPANIES))

    deal = Deal.objects.get()

    assert deal.account == Account.objects.get()
    assert deal.roles.get().contact == Contact.objects.get()


def test_what_comes_in_a_later_import_is_still_found():
    imported(("deals.csv", DEALS))
    imported(("contacts.csv", CONTACTS))
    imported(("companies.csv", COMPANIES))

    assert Deal.objects.get().account == Account.objects.get()
    assert Deal.objects.get().roles.get().contact == Contact.objects.get()
    assert Contact.objects.get().account == Account.objects.get()


def test_dates_of_entering_a_stage_become_its_history_once():
    imported(("deals.csv", DEALS))
    imported(("deals.csv", DEALS))

    history = FieldChange.objects.filter(field="stage").order_by("happened_at").values_list("old", "new")

    assert list(history) == [("", "Discovery"), ("Discovery", "Proposal")]


def test_a_stage_counts_from_the_date_the_file_tells_and_not_from_the_import():
    imported(("deals.csv", DEALS.replace(",Proposal,Sales", ",Discovery,Sales").replace("2026-02-01 10:00", "")))
    imported(("deals2.csv", DEALS))

    stages = [
        read_book().at(frame_of(day, Calendar.current(), load_rates()))[Deal.objects.get().pk].stage
        for day in (date(2026, 1, 31), date(2026, 2, 1))
    ]

    assert stages == ["Discovery", "Proposal"]


def test_a_changed_deal_leaves_a_trace_with_its_row():
    imported(("deals.csv", DEALS))
    (file,) = imported(("deals2.csv", DEALS.replace("12000", "9000")))

    change = FieldChange.objects.get(field="amount")

    assert (change.old, change.new, change.row.file) == ("12000", "9000", file)
    assert Deal.objects.get().amount == 9000


def test_the_same_file_twice_changes_nothing():
    imported(("contacts.csv", CONTACTS))
    (again,) = imported(("contacts.csv", CONTACTS))

    assert counts(again) == {"rows": 1, "created": 0, "updated": 0, "unchanged": 1, "skipped": 0, "failed": 0}
    assert Contact.objects.count() == 1


def test_an_empty_newer_value_never_wins():
    imported(("contacts.csv", CONTACTS))
    (again,) = imported(("contacts.csv", CONTACTS.replace("ada@brightwater.example", "")))

    assert Contact.objects.get().email == "ada@brightwater.example"
    assert again.unchanged == 1


def test_an_empty_field_is_filled_by_a_later_row():
    imported(("contacts.csv", CONTACTS.replace("ada@brightwater.example", "")))
    (again,) = imported(("contacts.csv", CONTACTS))

    assert Contact.objects.get().email == "ada@brightwater.example"
    assert again.updated == 1


def test_a_bad_row_is_listed_and_the_good_ones_are_kept():
    (file,) = imported(("contacts.csv", CONTACTS + "102,Too,many,cells,here,1,x,y,z,q\n103,Ben,Ito,,,,,\n"))

    assert (file.rows, file.created, file.failed) == (3, 2, 1)
    assert "cells" in file.row_set.get(outcome="failed").reason


def test_a_deal_that_names_no_account_has_none():
    body = (
        "opportunity_id,sales_agent,account,deal_stage,close_value\n"
        "X1,Marta Quist,,Engaging,10\nX2,Marta Quist,Isdom,Won,20\n"
    )
    imported(("pipeline.csv", body))

    assert Deal.objects.get(links__record__key="X1").account is None
    assert Deal.objects.get(links__record__key="X2").account.name == "Isdom"
