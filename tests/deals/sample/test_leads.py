"""The invented lead lists: the same each time, with every kind of lead in them."""

import csv
import io
from datetime import date

from deals.sample import company
from deals.sample.leads import DID_FILE, LEADS_FILE

AS_OF = date(2026, 6, 1)


def rows(name):
    return list(csv.DictReader(io.StringIO(company.build_leads(as_of=AS_OF)[name].decode())))


def test_the_same_day_gives_the_same_bytes():
    assert company.build_leads(as_of=AS_OF) == company.build_leads(as_of=AS_OF)


def test_the_list_holds_what_speaks_for_and_against():
    leads = rows(LEADS_FILE)

    assert len(leads) == 164
    assert len({lead["Lead ID"] for lead in leads}) == 164
    assert sum(lead["Do not email"] == "Yes" for lead in leads) == 10
    assert sum(lead["Email"].startswith("info@") for lead in leads) == 10
    assert any(lead["Email"].endswith("@quillmere.example") for lead in leads)


def test_what_leads_did_names_addresses_of_the_list():
    addresses = {lead["Email"] for lead in rows(LEADS_FILE)}

    assert {did["Email"] for did in rows(DID_FILE)} <= addresses
