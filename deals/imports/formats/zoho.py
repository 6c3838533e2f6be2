"""Zoho CRM: deals ("Potentials" in older files), accounts, contacts and activities; its other tables have no target."""

from collections.abc import Mapping
from typing import Any

from deals.imports.formats.layout import columns, joined
from pipeline.ingest.formats import Emit, Format

SYSTEM = "Zoho CRM"


def _linked(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """An activity about nothing says so with the id 0."""
    return {
        name: value for name, value in values.items() if value not in ("0", ["0"]) or not name.endswith(("key", "keys"))
    }


def _done(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    return {**_linked(values, row), "is_future": row.get("status", "").casefold() != "completed"}


def _user(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    return {**values, "name": joined(row.get("first name"), row.get("last name"))}


def _accounts(key: str) -> Emit:
    return Emit(
        kind="account",
        key=key,
        columns=columns(
            name="Account Name", domain="Website", phone="Phone", street="Billing Street", city="Billing City",
            state="Billing State", postcode="Billing Code", country="Billing Country", industry="Industry",
            employees="Employees", revenue="Annual Revenue", parent="Parent Account", owner="Account Owner",
            description="Description", type="Account Type", created_at="Created Time", modified_at="Modified Time",
            last_activity_at="Last Activity Time",
        ),
    )  # fmt: skip


def _contacts(key: str) -> Emit:
    return Emit(
        kind="contact",
        key=key,
        columns=columns(
            given_name="First Name", family_name="Last Name", full_name="Contact Name", email="Email",
            emails="Secondary Email", phone="Phone", mobile="Mobile", title="Title", department="Department",
            company="Account Name", account_key=("Account Id", "Account Name.id"), street="Mailing Street",
            city="Mailing City", state="Mailing State", postcode="Mailing Zip", country="Mailing Country",
            owner="Contact Owner", source="Lead Source", opted_out="Email Opt Out", description="Description",
            created_at="Created Time", modified_at="Modified Time", last_activity_at="Last Activity Time",
        ),
    )  # fmt: skip


def _deals(key: str) -> Emit:
    return Emit(
        kind="deal",
        key=key,
        columns=columns(
            name=("Deal Name", "Potential Name"), stage="Stage", pipeline="Pipeline",
            account_key=("Account Id", "Account Name.id"), account="Account Name", contact="Contact Name",
            contact_keys="Contact Name.id", amount="Amount", currency=("Currency", "Amount"), close_date="Closing Date",
            created_at="Created Time", owner=("Deal Owner", "Potential Owner"), next_step="Next Step",
            forecast_category=("Forecast Category", "Forecast Type"), probability=("Probability (%)", "Probability"),
            lost_reason=("Reason For Loss", "Reason For Loss (Deals)"), type="Type", source="Lead Source",
            description="Description", modified_at="Modified Time", last_activity_at="Last Activity Time",
        ),
    )  # fmt: skip


_MENTIONED_ACCOUNT = Emit(
    kind="account",
    key_field="name",
    only_if=("Account Name",),
    unless=("Account Id", "Account Name.id"),
    columns=columns(name="Account Name"),
)

_LINKS = columns(
    deal_key=("POTENTIALID", "Deal Id"), account_key=("ACCOUNTID", "Account Id"),
    contact_keys=("CONTACTID", "Contact Id"), created_at="Created Time",
)  # fmt: skip

_CALLS = Emit(
    kind="activity",
    key="TASKID",
    constants={"kind": "call"},
    columns={
        **_LINKS,
        **columns(
            subject="Subject", happened_at=("Call Start Time", "Created Time"), direction="Call Type",
            owner="Call Owner",
            duration_s="Call Duration (in seconds)", body="Description", status="Call Result",
        ),
    },
    refine=_linked,
)  # fmt: skip

_EVENTS = Emit(
    kind="activity",
    key="EVENTID",
    constants={"kind": "meeting"},
    columns={
        **_LINKS,
        **columns(
            subject=("Subject", "Title"), happened_at=("Start DateTime", "From", "Created Time"),
            ended_at=("End DateTime", "To"), owner="Event Owner", body="Description",
        ),
    },
    refine=_linked,
)  # fmt: skip

_TASKS = Emit(
    kind="activity",
    constants={"kind": "task"},
    columns={
        **_LINKS,
        **columns(
            subject="Subject", happened_at=("Closed Time", "Due Date", "Created Time"), status="Status",
            owner="Task Owner", body="Description",
        ),
    },
    refine=_done,
)  # fmt: skip

_USERS = Emit(kind="colleague", key="USER_ID", columns=columns(email="Email"), refine=_user)


def _format(name: str, needs: tuple[str, ...], *emits: Emit, skip_reason: str = "") -> Format:
    hints = ("Created Time", "Modified Time", "Record Id")
    return Format(
        name=f"zoho_{name}", label=f"Zoho {name.replace('_', ' ')}", system=SYSTEM, needs=needs, hints=hints,
        emits=emits,
        skip_reason=skip_reason,
    )  # fmt: skip


def _skipped(name: str, needs: tuple[str, ...], reason: str) -> Format:
    return _format(name, needs, skip_reason=reason)


FORMATS = (
    _format("accounts", ("ACCOUNTID", "Account Name", "Account Owner"), _accounts("ACCOUNTID")),
    _format("accounts_by_record", ("Record Id", "Account Name", "Account Owner"), _accounts("Record Id")),
    _format("contacts", ("CONTACTID", "Last Name", "Contact Owner"), _contacts("CONTACTID")),
    _format("contacts_by_record", ("Record Id", "Last Name", "Contact Owner"), _contacts("Record Id")),
    # The sample of these has no id of its own; a potential stands for one lead.
    _format(
        "potentials",
        ("Potential Name", "Potential Owner", "Stage", "Closing Date"),
        _deals("LEADID"),
        _MENTIONED_ACCOUNT,
    ),
    _format(
        "potentials_by_id",
        ("POTENTIALID", "Potential Name", "Potential Owner", "Stage", "Closing Date"),
        _deals("POTENTIALID"),
        _MENTIONED_ACCOUNT,
    ),
    _format("deals", ("Record Id", "Deal Name", "Deal Owner", "Stage"), _deals("Record Id"), _MENTIONED_ACCOUNT),
    _format("calls", ("TASKID", "Call Start Time", "Call Owner"), _CALLS),
    _format("events", ("EVENTID", "Event Owner", "Start DateTime"), _EVENTS),
    _format("tasks", ("Task Owner", "Subject", "Due Date", "Status"), _TASKS),
    _format("users", ("USER_ID", "Last Name", "Email"), _USERS),
    _skipped("cases", ("Case Owner", "Case Origin", "Status"), "Support cases are not kept here."),
    _skipped("campaigns", ("CAMPAIGNID", "Campaign Name"), "Campaigns are not kept here."),
    _skipped("campaign_members", ("Campaign Name", "Lead Last Name", "Status"), "Campaigns are not kept here."),
    _skipped("invoices", ("INVOICEID", "Invoice Number", "Grand Total"), "Invoices are not kept here."),
    _skipped("quotes", ("QUOTEID", "Quote Stage", "Grand Total"), "Quotes are not kept here."),
)
