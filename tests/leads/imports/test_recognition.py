"""Lead lists told apart from lists of contacts, by their headers and their cells."""

import pytest

from pipeline import registry
from pipeline.ingest.extract import extractor
from pipeline.ingest.mapping import as_format, guess, recognise
from pipeline.ingest.reading import fields
from pipeline.ingest.sniff import read_rows, sniff

HEADERS = {
    "salesforce_leads": "Id,IsDeleted,FirstName,LastName,Title,Company,Country,Phone,Email,Website,LeadSource,Status,"
    "Industry,NumberOfEmployees,OwnerId,HasOptedOutOfEmail,IsConverted,CreatedDate,EmailBouncedReason,EmailBouncedDate",
    "salesforce_leads_report": "Lead Owner,First Name,Last Name,Title,Company / Account,Email,Lead Source,Lead Status",
    "zoho_leads": "LEADID,Last Name,Company,Lead Owner,Email,Mobile,Website,Industry,Lead Source,Lead Status,"
    "Created Time,CONVERTED",
    "zoho_leads_by_record": "Record Id,Last Name,Company,Lead Owner,Email,Lead Status",
    "pipedrive_leads": "Lead - ID,Lead - Title,Lead - Owner,Lead - Organization,Lead - Contact person,Lead - Labels",
    "hubspot_leads": "Record ID,Lead Name,Lead Label,Lead Type,Lead owner,Associated Contact,Associated Company",
}


def records(text):
    sniffed = sniff(text.encode())
    rows = list(read_rows(sniffed))
    layout = recognise(sniffed.header, registry.formats()).format
    layout = layout or as_format(guess(sniffed.header, rows, fields(), registry.formats()), fields())
    reader = extractor(layout, sniffed.header, fields(), rows)
    return [(item.kind, item.key, dict(item.values)) for row in rows for item in reader.extract(row).records]


def kind_of(header):
    return guess(header.split(","), [], fields(), registry.formats()).kind


@pytest.mark.parametrize(
    "header",
    [
        "id,first name,last name,email,phone,company,title",
        "Name,Company,E-mail,City,Country",
        "Badge,First name,Last name,Company,Job title,E-mail,City,Country,Talked about,Met by",
    ],
)
def test_a_plain_list_of_people_stays_a_list_of_contacts(header):
    assert kind_of(header) == "contact"


@pytest.mark.parametrize(
    "header",
    [
        "First Name,Last Name,Email,Company,Lead Source,Lead Status",
        "name,email,company,industry,employees,country,campaign",
        "Prospect ID,Lead Number,Lead Origin,Lead Source,Converted,Country,City",
        "mql_id,first_contact_date,landing_page_id,origin,won",
    ],
)
def test_a_list_in_the_words_of_leads_is_a_lead_list(header):
    assert kind_of(header) == "lead"


@pytest.mark.parametrize(("name", "header"), HEADERS.items())
def test_a_known_layout_of_leads_is_recognised(name, header):
    assert recognise(header.split(","), registry.formats()).format.name == name


def test_a_salesforce_lead_keeps_its_bounce_and_only_a_conversion_as_outcome():
    header = HEADERS["salesforce_leads"]
    row = ("00Q01,0,Ada,Okafor,Head of Operations,Mill Ltd,Germany,,ada@mill.example,mill.example,Web,Open,Machinery,"
           "120,005X,1,0,2026-01-05 10:00:00,mailbox gone,")  # fmt: skip

    [(kind, key, values)] = records(f"{header}\n{row}\n")

    assert (kind, key) == ("lead", "00Q01")
    assert (values["has_bounced"], values["opted_out"], "outcome" in values) == (True, True, False)
    assert (values["employees"], values["created_on"]) == ("120", "2026-01-05")


def test_outcomes_and_engagements_are_read_by_their_words():
    text = (
        "lead number,email,company,lead source,converted,last action,engagement date\n"
        "660737,ada@mill.example,Mill Ltd,Fair,1,Webinar,2026-04-01\n"
        "660738,ben@mill.example,Mill Ltd,Fair,0,Demo request,2026-04-02\n"
    )

    found = records(text)

    assert [values["outcome"] for _, _, values in found] == ["won", "lost"]
    assert [values["engagement"] for _, _, values in found] == ["attended", "demo"]


def test_a_list_of_engagements_names_its_leads_by_address():
    text = "email,event type,date,page\nada@mill.example,Pricing page,2026-04-01 10:00,/prices\n"

    [(kind, _, values)] = records(text)

    assert (kind, values["email"], values["did"]) == ("lead_event", "ada@mill.example", "pricing")
