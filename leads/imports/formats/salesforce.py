"""Salesforce: the table of leads of its data export, and a report of leads."""

from collections.abc import Mapping
from typing import Any

from pipeline.ingest.formats import Emit, Format

SYSTEM = "Salesforce"
_NULL_IDS = frozenset({"000000000000000AAA", "000000000000000"})


def _lead(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """An address with a reason why it bounced is dead; a lead that is not converted may still be open."""
    lead = {name: value for name, value in values.items() if name != "outcome" or value == "won"}
    if row.get("emailbouncedreason") or row.get("emailbounceddate"):
        lead["has_bounced"] = True
    return lead


_LEADS = Emit(
    kind="lead",
    key="Id",
    columns={
        "given_name": ("FirstName",), "family_name": ("LastName",), "email": ("Email",), "phone": ("Phone",),
        "mobile": ("MobilePhone",), "title": ("Title",), "company": ("Company",), "domain": ("Website",),
        "city": ("City",), "country": ("Country", "CountryCode"), "industry": ("Industry",),
        "employees": ("NumberOfEmployees",), "linkedin": ("LinkedIn__c",), "lead_owner": ("OwnerId",),
        "source": ("LeadSource",), "source_status": ("Status",), "description": ("Description",),
        "opted_out": ("HasOptedOutOfEmail",), "outcome": ("IsConverted",), "created_on": ("CreatedDate",),
        "modified_at": ("LastModifiedDate",),
    },
    refine=_lead,
)  # fmt: skip

_REPORTED = Emit(
    kind="lead",
    key="Lead ID",
    columns={
        "given_name": ("First Name",), "family_name": ("Last Name",), "email": ("Email",), "phone": ("Phone",),
        "mobile": ("Mobile",), "title": ("Title",), "company": ("Company / Account", "Company"),
        "domain": ("Website",), "city": ("City",), "country": ("Country",), "industry": ("Industry",),
        "employees": ("No. of Employees",), "lead_owner": ("Lead Owner",), "source": ("Lead Source",),
        "source_status": ("Lead Status",), "created_on": ("Create Date", "Created Date"),
    },
    refine=_lead,
)  # fmt: skip

FORMATS = (
    Format(
        name="salesforce_leads",
        label="Salesforce leads",
        system=SYSTEM,
        needs=("Id", "LastName", "Company", "IsConverted", "Status"),
        hints=("SystemModstamp", "LastModifiedById", "CreatedById", "IsDeleted", "LeadSource"),
        emits=(_LEADS,),
        null_values=_NULL_IDS,
        time_zone="UTC",
        deleted_column="IsDeleted",
    ),
    Format(
        name="salesforce_leads_report",
        label="Salesforce report of leads",
        system=SYSTEM,
        needs=("Lead Owner", "Last Name", "Company / Account"),
        hints=("Lead Source", "Lead Status", "Lead ID"),
        emits=(_REPORTED,),
    ),
)
