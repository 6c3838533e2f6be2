"""Pipedrive: deals, people, organisations and activities; every header starts with its table's name."""

from collections.abc import Mapping
from typing import Any

from deals.imports.formats.layout import columns
from pipeline.ingest.formats import Emit, Format

SYSTEM = "Pipedrive"


def _deal(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    status = row.get("deal - status", "").casefold()
    if status not in ("open", "won", "lost"):
        return dict(values)
    return {**values, "is_closed": status != "open", "is_won": status == "won"}


def _activity(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    is_done = row.get("activity - done", "").casefold()
    return {**values, "is_future": is_done not in ("done", "yes", "1", "true")} if is_done else dict(values)


def _columns(prefix: str, **cells: str | tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(f"{prefix} - {cell}" for cell in found) for name, found in columns(**cells).items()}


_DEALS = Emit(
    kind="deal",
    key="Deal - ID",
    columns=_columns(
        "Deal", name="Title", stage="Stage", pipeline="Pipeline", account="Organization", contact="Contact person",
        amount="Value", currency=("Currency", "Value"), close_date=("Won time", "Lost time", "Expected close date"),
        created_at=("Deal created", "Created", "Add time"), owner="Owner", probability="Probability",
        lost_reason="Lost reason", source=("Source", "Source channel"), modified_at="Update time",
        last_activity_at="Last activity date", next_activity_at="Next activity date",
        last_stage_change_at="Last stage change",
    ),
    refine=_deal,
)  # fmt: skip

_PEOPLE = Emit(
    kind="contact",
    key="Person - ID",
    columns=_columns(
        "Person", full_name="Name", given_name="First name", family_name="Last name",
        email=("Email", "Email - Work", "Email - Home", "Email - Other"),
        emails=("Email", "Email - Work", "Email - Home", "Email - Other"),
        phone=("Phone", "Phone - Work", "Phone - Home", "Phone - Other"), mobile="Phone - Mobile", title="Job title",
        company="Organization", owner="Owner", created_at=("Person created", "Created", "Add time"),
        modified_at="Update time", last_activity_at="Last activity date",
    ),
)  # fmt: skip

_ORGANIZATIONS = Emit(
    kind="account",
    key="Organization - ID",
    columns=_columns(
        "Organization", name="Name", domain="Website", phone="Phone", street=("Address",
        "Full/combined address of Address"),
        city="City/town/village/locality of Address", state="State/county of Address",
        postcode="ZIP/Postal code of Address", country="Country of Address", industry="Industry",
        employees=("Employee count", "Number of employees"), revenue="Annual revenue", owner="Owner",
        linkedin="LinkedIn profile", created_at=("Organization created", "Created", "Add time"),
        modified_at="Update time", last_activity_at="Last activity date",
    ),
)  # fmt: skip

_ACTIVITIES = Emit(
    kind="activity",
    key="Activity - ID",
    constants={"kind": "task"},
    columns=_columns(
        "Activity", kind="Type", subject="Subject", body=("Note", "Public description"),
        happened_at=("Marked as done time", "Due date", "Add time"), deal="Deal", account="Organization",
        contact=("Contact person", "Person"), owner=("Assigned to user", "Owner"), status="Done", created_at="Add time",
    ),
    refine=_activity,
)  # fmt: skip

_MENTIONED_ORGANIZATION = Emit(
    kind="account",
    key_field="name",
    only_if=("Deal - Organization",),
    columns=columns(name="Deal - Organization"),
)


def _format(name: str, needs: tuple[str, ...], emits: tuple[Emit, ...], hints: tuple[str, ...]) -> Format:
    return Format(
        name=f"pipedrive_{name}", label=f"Pipedrive {name}", system=SYSTEM, needs=needs, hints=hints, emits=emits
    )


FORMATS = (
    _format(
        "deals",
        ("Deal - Title", "Deal - Stage"),
        (_DEALS, _MENTIONED_ORGANIZATION),
        ("Deal - ID", "Deal - Value", "Deal - Status", "Deal - Organization", "Deal - Owner"),
    ),
    _format(
        "people",
        ("Person - Name",),
        (_PEOPLE,),
        ("Person - ID", "Person - Email", "Person - Organization", "Person - Owner"),
    ),
    _format(
        "organizations", ("Organization - Name",), (_ORGANIZATIONS,), ("Organization - ID", "Organization - Owner")
    ),
    _format(
        "activities",
        ("Activity - Subject",),
        (_ACTIVITIES,),
        ("Activity - Type", "Activity - Due date", "Activity - Done"),
    ),
)
