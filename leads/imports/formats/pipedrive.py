"""Pipedrive: the leads inbox; every header starts with its table's name."""

from pipeline.ingest.formats import Emit, Format

_LEADS = Emit(
    kind="lead",
    key="Lead - ID",
    columns={
        "full_name": ("Lead - Contact person", "Person - Name", "Lead - Title"),
        "email": ("Person - Email - Work", "Person - Email", "Person - Email - Other"),
        "phone": ("Person - Phone - Work", "Person - Phone", "Person - Phone - Mobile"),
        "title": ("Person - Job title",), "company": ("Lead - Organization", "Organization - Name"),
        "domain": ("Organization - Website",), "industry": ("Organization - Industry",),
        "employees": ("Organization - Employee count", "Organization - Number of employees"),
        "country": ("Organization - Country of Address",), "lead_owner": ("Lead - Owner",),
        "source": ("Lead - Source", "Lead - Source channel", "Lead - Source origin"),
        "source_status": ("Lead - Labels", "Lead - Status"),
        "created_on": ("Lead - Lead created", "Lead - Add time", "Lead - Created"),
        "modified_at": ("Lead - Update time",),
    },
)  # fmt: skip

FORMATS = (
    Format(
        name="pipedrive_leads",
        label="Pipedrive leads",
        system="Pipedrive",
        needs=("Lead - Title",),
        hints=("Lead - ID", "Lead - Owner", "Lead - Contact person", "Lead - Organization", "Lead - Labels"),
        emits=(_LEADS,),
    ),
)
