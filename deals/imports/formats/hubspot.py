"""HubSpot: contacts, companies and deals as its record pages export them, and as its API dumps them."""

import re
from collections.abc import Mapping
from typing import Any

from deals.imports.formats.layout import columns
from pipeline.ingest.formats import Emit, Format

SYSTEM = "HubSpot"

STAGE_ENTERED = r'(?:cumulative )?date entered ["“\']?(.+?)["”\']?'
# A stage with its pipeline in brackets: inside the quotation marks of the header, or behind them.
_STAGE_OF_PIPELINE = re.compile(r"(.+?)[\"”']? \(([^()]*(?:\([^()]*\)[^()]*)*)\)")
BUYING_ROLE = r"associated contact ids? \((?!primary\b)(.+)\)"


def _deal(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """Stages bear the same names in the deal and in the dates of its stages, without the pipeline in brackets.

    Where pipelines share a stage's name, the date within the deal's own pipeline counts.
    """
    deal, own = dict(values), values.get("pipeline", "").casefold()
    stage, of_pipeline = _stage(deal.get("stage", ""))
    if of_pipeline and of_pipeline.casefold() == own:
        deal["stage"] = stage
    if "stage_dates" in deal:
        dates: dict[str, str] = {}
        for header, at in deal["stage_dates"].items():
            stage, of_pipeline = (header, "") if header == deal.get("stage") else _stage(header)
            if stage not in dates or of_pipeline.casefold() == own:
                dates[stage] = at
        deal["stage_dates"] = dates
    return deal


def _stage(text: str) -> tuple[str, str]:
    """A stage's name and the pipeline behind it in brackets, "" for none."""
    found = _STAGE_OF_PIPELINE.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


_CONTACTS = Emit(
    kind="contact",
    key="Record ID",
    columns=columns(
        given_name="First Name", family_name="Last Name", email=("Email", "Work email"),
        emails="Additional email addresses", phone="Phone Number", mobile="Mobile Phone Number", title="Job Title",
        department="Department", company=("Associated Company", "Company Name", "Associated Company (Primary)"),
        account_key=(
            "Primary Associated Company ID", "Associated Company IDs (Primary)", "Associated Company IDs",
            "Associated Company ID",
        ),
        street="Street Address", city="City", state="State/Region", postcode="Postal Code", country="Country/Region",
        linkedin=("LinkedIn URL", "LinkedIn Profile", "HS LinkedIn URL"), owner="Contact owner",
        source=("Original Source", "Original Traffic Source"), buying_role="Buying Role", status="Lifecycle Stage",
        opted_out=("Unsubscribed from all email", "Opted out of all email"), created_at="Create Date",
        modified_at="Last Modified Date", last_activity_at=("Last Activity Date", "Last Contacted"),
        bounced="Email hard bounce reason",
    ),
)  # fmt: skip

_COMPANIES = Emit(
    kind="account",
    key="Record ID",
    columns=columns(
        name="Company name", domain=("Company Domain Name", "Website URL"), phone="Phone Number",
        street="Street Address",
        city="City", state="State/Region", postcode="Postal Code", country=("Country/Region", "Country"),
        industry="Industry", employees="Number of Employees", revenue="Annual Revenue",
        parent_key=("Parent Company ID", "Associated Parent Company IDs"), parent=("Parent Company",
        "Associated Parent Company"),
        owner="Company owner", description="Description", type="Type", linkedin="LinkedIn Company Page",
        created_at="Create Date", modified_at="Last Modified Date", last_activity_at="Last Activity Date",
    ),
)  # fmt: skip

_COMPANY_COLUMNS = ("Associated Company (Primary)", "Associated Company", "Associated Companies")
_COMPANY_ID_COLUMNS = (
    "Associated Company IDs (Primary)", "Primary Associated Company ID", "Associated Company IDs",
    "Associated Company ID",
)  # fmt: skip

_DEALS = Emit(
    kind="deal",
    key="Record ID",
    columns=columns(
        name="Deal Name", stage="Deal Stage", pipeline="Pipeline", account_key=_COMPANY_ID_COLUMNS,
        account=_COMPANY_COLUMNS, contact_keys=("Associated Contact IDs", "Associated Contact IDs (Primary)"),
        contact="Associated Contacts", amount=("Amount", "Amount in company currency"),
        currency=("Currency", "Deal Currency", "Amount"), close_date="Close Date", created_at="Create Date",
        owner="Deal owner", next_step="Next Step", forecast_category="Forecast category",
        probability=("Deal probability", "Forecast probability"), is_closed=("Is Deal Closed?", "Is closed"),
        is_won=("Is Closed Won", "Is closed won"), lost_reason="Closed Lost Reason", won_reason="Closed Won Reason",
        type="Deal Type", source=("Original Source Type", "Original Traffic Source"), description="Deal Description",
        modified_at="Last Modified Date", last_activity_at=("Last Activity Date", "Last Contacted"),
        next_activity_at="Next Activity Date",
    ),
    patterns={STAGE_ENTERED: "stage_dates", BUYING_ROLE: "roles"},
    refine=_deal,
)  # fmt: skip

_MENTIONED_COMPANY = Emit(
    kind="account",
    key_field="name",
    only_if=_COMPANY_COLUMNS,
    unless=_COMPANY_ID_COLUMNS,
    columns=columns(name=_COMPANY_COLUMNS),
)

_API_CONTACTS = Emit(
    kind="contact",
    key="hs_object_id",
    columns=columns(
        given_name="firstname", family_name="lastname", email="email", emails="hs_additional_emails", phone="phone",
        mobile="mobilephone", title="jobtitle", company="company", account_key="associatedcompanyid", city="city",
        state="state", postcode="zip", country="country", owner="hubspot_owner_id", source="hs_analytics_source",
        buying_role="hs_buying_role", status="lifecyclestage", opted_out="hs_email_optout",
        bounced="hs_email_hard_bounce_reason", created_at="createdate",
        modified_at="lastmodifieddate", last_activity_at="notes_last_updated",
    ),
)  # fmt: skip

_API_COMPANIES = Emit(
    kind="account",
    key="hs_object_id",
    columns=columns(
        name="name", domain=("domain", "website"), phone="phone", street="address", city="city", state="state",
        postcode="zip", country="country", industry="industry", employees="numberofemployees", revenue="annualrevenue",
        owner="hubspot_owner_id", description="description", type="type", parent_key="hs_parent_company_id",
        created_at="createdate", modified_at="hs_lastmodifieddate", last_activity_at="notes_last_updated",
    ),
)  # fmt: skip

_API_DEALS = Emit(
    kind="deal",
    key="hs_object_id",
    columns=columns(
        name="dealname", stage="dealstage", pipeline="pipeline", amount="amount", currency="deal_currency_code",
        close_date="closedate", created_at="createdate", owner="hubspot_owner_id", next_step="hs_next_step",
        forecast_category="hs_manual_forecast_category", is_closed="hs_is_closed", is_won="hs_is_closed_won",
        lost_reason="closed_lost_reason", won_reason="closed_won_reason", type="dealtype", description="description",
        modified_at="hs_lastmodifieddate", last_activity_at="notes_last_updated",
        next_activity_at="notes_next_activity_date",
    ),
    patterns={r"hs_(?:v2_)?date_entered_(.+)": "stage_dates"},
)  # fmt: skip


def first_id(text: str) -> str:
    """The first of several ids in a cell that should hold one."""
    return text.split(";")[0].strip() or text


def _format(name: str, label: str, needs: tuple[str, ...], emits: tuple[Emit, ...], hints: tuple[str, ...]) -> Format:
    return Format(
        name=f"hubspot_{name}", label=label, system=SYSTEM, needs=needs, hints=hints, emits=emits, read_id=first_id
    )


FORMATS = (
    _format(
        "contacts",
        "HubSpot contacts",
        ("Record ID", "First Name", "Last Name", "Email"),
        (_CONTACTS,),
        ("Contact owner", "Marketing contact status", "Primary Associated Company ID", "Lead Status", "Create Date"),
    ),
    _format(
        "companies",
        "HubSpot companies",
        ("Record ID", "Company name"),
        (_COMPANIES,),
        ("Company Domain Name", "Company owner", "Number of Employees", "Create Date", "Country/Region"),
    ),
    _format(
        "deals",
        "HubSpot deals",
        ("Record ID", "Deal Name", "Deal Stage"),
        (_DEALS, _MENTIONED_COMPANY),
        ("Pipeline", "Deal owner", "Close Date", "Associated Contact IDs", "Associated Company IDs (Primary)"),
    ),
    _format(
        "api_contacts",
        "HubSpot contacts (API)",
        ("hs_object_id", "firstname", "lastname"),
        (_API_CONTACTS,),
        ("email",),
    ),
    _format("api_companies", "HubSpot companies (API)", ("hs_object_id", "name", "domain"), (_API_COMPANIES,), ()),
    _format(
        "api_deals", "HubSpot deals (API)", ("hs_object_id", "dealname", "dealstage"), (_API_DEALS,), ("pipeline",)
    ),
)
