"""Salesforce reports: columns under their labels, in the words of whoever built the report."""

from typing import Any

from deals.imports.formats.layout import columns
from deals.imports.formats.salesforce import SYSTEM, full_id
from pipeline.ingest.formats import Emit, Format


def _report(name: str, label: str, needs: tuple[str, ...], emits: tuple[Emit, ...], hints: tuple[str, ...]) -> Format:
    more: dict[str, Any] = {"read_id": full_id, "null_values": frozenset({"[not provided]", "[Not Provided]"})}
    return Format(
        name=f"salesforce_report_{name}", label=label, system=SYSTEM, needs=needs, hints=hints, emits=emits, **more
    )


_DEALS = Emit(
    kind="deal",
    key="Opportunity ID",
    only_if=("Opportunity Name",),
    columns=columns(
        name="Opportunity Name", stage="Stage", account_key="Account ID", account="Account Name",
        contact="Primary Contact", amount=("Amount", "Amount (converted)"),
        currency=("Amount Currency", "Opportunity Currency", "Amount"), close_date="Close Date",
        created_at="Created Date", owner="Opportunity Owner", next_step="Next Step",
        forecast_category="Forecast Category", probability=("Probability (%)", "Probability"), is_closed="Closed",
        is_won="Won", lost_reason=("Loss Reason", "Lost Reason"), type="Type", source="Lead Source",
        modified_at="Last Modified Date", last_activity_at="Last Activity",
        last_stage_change_at="Last Stage Change Date",
    ),
)  # fmt: skip

_CONTACTS = Emit(
    kind="contact",
    key="Contact ID",
    columns=columns(
        given_name="First Name", family_name="Last Name", full_name="Full Name", email="Email",
        phone=("Phone", "Business Phone"), mobile="Mobile", title="Title", department="Department",
        account_key="Account ID", company="Account Name", street="Mailing Street", city="Mailing City",
        state="Mailing State/Province", postcode="Mailing Zip/Postal Code", country="Mailing Country",
        owner="Contact Owner", source="Lead Source", created_at="Created Date", last_activity_at="Last Activity",
    ),
)  # fmt: skip

_ACCOUNTS = Emit(
    kind="account",
    key="Account ID",
    only_if=("Account Name",),
    columns=columns(
        name="Account Name", domain="Website", phone="Phone", street="Billing Street", city="Billing City",
        state="Billing State/Province", postcode="Billing Zip/Postal Code", country="Billing Country",
        industry="Industry", employees="Employees", revenue="Annual Revenue", parent="Parent Account",
        owner="Account Owner", description="Description", type="Type", created_at="Created Date",
        last_activity_at="Last Activity",
    ),
)  # fmt: skip

_MENTIONED_ACCOUNT = Emit(
    kind="account",
    key="Account ID",
    key_field="name",
    only_if=("Account Name",),
    columns=columns(name="Account Name"),
)

FORMATS = (
    _report(
        "opportunities",
        "Salesforce opportunity report",
        ("Opportunity Name", "Stage", "Close Date"),
        (_DEALS, _MENTIONED_ACCOUNT),
        ("Account Name", "Opportunity Owner", "Opportunity ID", "Amount", "Probability (%)", "Fiscal Period", "Age"),
    ),
    _report(
        "contacts",
        "Salesforce contact report",
        ("First Name", "Last Name", "Account Name"),
        (_CONTACTS,),
        ("Contact ID", "Contact Owner", "Mailing City", "Salutation", "Account ID", "Account Owner", "Title"),
    ),
    _report(
        "accounts",
        "Salesforce account report",
        ("Account Name", "Account Owner"),
        (_ACCOUNTS,),
        ("Account ID", "Billing State/Province", "Last Activity", "Rating", "Type", "Last Modified Date"),
    ),
)
