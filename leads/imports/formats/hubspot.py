"""HubSpot: its leads, which stand beside contacts and name theirs."""

from pipeline.ingest.formats import Emit, Format

_LEADS = Emit(
    kind="lead",
    key="Record ID",
    columns={
        "full_name": ("Associated Contact", "Lead Name"), "email": ("Associated Contact Email", "Contact email"),
        "company": ("Associated Company", "Associated Company (Primary)"), "title": ("Job Title",),
        "lead_owner": ("Lead owner",), "source": ("Lead Source", "Original Traffic Source", "Lead Type"),
        "source_status": ("Lead Pipeline Stage", "Lead Stage", "Lead Label"), "created_on": ("Create Date",),
        "modified_at": ("Last Modified Date",),
    },
)  # fmt: skip

FORMATS = (
    Format(
        name="hubspot_leads",
        label="HubSpot leads",
        system="HubSpot",
        needs=("Record ID", "Lead Name"),
        hints=("Lead owner", "Lead Label", "Lead Type", "Lead Pipeline Stage", "Create Date"),
        emits=(_LEADS,),
    ),
)
