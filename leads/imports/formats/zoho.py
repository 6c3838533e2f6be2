"""Zoho CRM: its leads, in old and new files."""

from pipeline.ingest.formats import Emit, Format

SYSTEM = "Zoho CRM"


def _leads(key: str) -> Emit:
    return Emit(
        kind="lead",
        key=key,
        columns={
            "given_name": ("First Name",), "family_name": ("Last Name",), "full_name": ("Lead Name",),
            "email": ("Email",), "phone": ("Phone",), "mobile": ("Mobile",), "title": ("Title", "Designation"),
            "company": ("Company",), "domain": ("Website",), "city": ("City",), "country": ("Country",),
            "industry": ("Industry",), "employees": ("No. of Employees", "No of Employees"),
            "lead_owner": ("Lead Owner",), "source": ("Lead Source",), "source_status": ("Lead Status",),
            "description": ("Description",), "opted_out": ("Email Opt Out",),
            "outcome": ("CONVERTED", "Is Converted"), "created_on": ("Created Time",),
            "modified_at": ("Modified Time",),
        },
    )  # fmt: skip


def _format(name: str, key: str) -> Format:
    return Format(
        name=f"zoho_{name}",
        label="Zoho leads",
        system=SYSTEM,
        needs=(key, "Lead Owner", "Lead Status"),
        hints=("Created Time", "Lead Source", "Company"),
        emits=(_leads(key),),
    )


FORMATS = (_format("leads", "LEADID"), _format("leads_by_record", "Record Id"))
