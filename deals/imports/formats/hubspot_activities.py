"""HubSpot: its separate exports of calls, e-mails, meetings, notes and tasks."""

import re
from collections.abc import Mapping
from typing import Any

from deals.imports.formats.hubspot import SYSTEM, first_id
from deals.imports.formats.layout import columns
from pipeline.ingest.formats import Emit, Format

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})", re.ASCII)
_LINKS = columns(
    deal_key=("Associated Deal IDs (Primary)", "Associated Deal IDs", "Associated Deal ID"),
    account_key=("Associated Company IDs (Primary)", "Associated Company IDs", "Associated Company ID"),
    contact_keys=("Associated Contact IDs", "Associated Contact IDs (Primary)", "Associated Contact ID"),
    deal=("Associated Deals", "Associated Deal"),
    account=("Associated Companies", "Associated Company"),
    contact=("Associated Contacts", "Associated Contact"),
    owner=("Activity assigned to", "Assigned to", "Owner"),
    created_at="Create Date",
)


def _call(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """A call's length is written as a clock or in thousandths of a second."""
    call = dict(values)
    clock = _CLOCK.fullmatch(row.get("call duration (hh:mm:ss)", "") or row.get("call duration", ""))
    thousandths = row.get("call duration (milliseconds)", "")
    if clock:
        call["duration_s"] = str(int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3]))
    elif thousandths.isascii() and thousandths.isdigit():
        call["duration_s"] = str(int(thousandths[:12]) // 1000)
    return call


def _task(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    is_done = row.get("task status", "").casefold() in ("completed", "complete", "done")
    return {**values, "is_future": not is_done}


_CALLS = Emit(
    kind="activity",
    key="Record ID",
    constants={"kind": "call"},
    columns={
        **_LINKS,
        **columns(
            subject="Call Title", body="Call notes", happened_at=("Activity date", "Create Date"),
            direction="Call direction", status=("Call outcome", "Call status"),
        ),
    },
    refine=_call,
)  # fmt: skip

_EMAILS = Emit(
    kind="activity",
    key="Record ID",
    constants={"kind": "email"},
    columns={
        **_LINKS,
        **columns(
            subject="Email subject", body=("Email body", "Email body preview"), direction="Email Direction",
            happened_at=("Activity date", "Email send date", "Create Date"), status="Email send status",
            from_email="Email from address",
            emails=("Email from address", "Email to address", "Email CC address"),
        ),
    },
)  # fmt: skip

_MEETINGS = Emit(
    kind="activity",
    key="Record ID",
    constants={"kind": "meeting"},
    columns={
        **_LINKS,
        **columns(
            subject=("Meeting name", "Meeting title"), body=("Meeting description", "Internal meeting notes"),
            happened_at=("Meeting start time", "Activity date", "Create Date"), ended_at="Meeting end time",
            status="Meeting outcome",
        ),
    },
)  # fmt: skip

_NOTES = Emit(
    kind="activity",
    key="Record ID",
    constants={"kind": "note"},
    columns={**_LINKS, **columns(body="Note body", happened_at=("Activity date", "Create Date"))},
)

_TASKS = Emit(
    kind="activity",
    key="Record ID",
    constants={"kind": "task"},
    columns={
        **_LINKS,
        **columns(
            subject="Task Title", body="Task notes", status="Task status",
            happened_at=("Completed at", "Due date", "Activity date", "Create Date"),
        ),
    },
    refine=_task,
)  # fmt: skip


def _format(name: str, needs: tuple[str, ...], emit: Emit, hints: tuple[str, ...] = ()) -> Format:
    return Format(
        name=f"hubspot_{name}",
        label=f"HubSpot {name}",
        system=SYSTEM,
        needs=("Record ID", *needs),
        hints=hints,
        emits=(emit,),
        read_id=first_id,
    )


FORMATS = (
    _format("calls", ("Call Title",), _CALLS, ("Call direction", "Call outcome", "Call notes", "Activity date")),
    _format(
        "e-mails", ("Email subject",), _EMAILS, ("Email Direction", "Email body", "Email send status", "Activity date")
    ),
    _format("meetings", ("Meeting name",), _MEETINGS, ("Meeting start time", "Meeting outcome", "Activity date")),
    _format("notes", ("Note body",), _NOTES, ("Activity date", "Activity assigned to")),
    _format("tasks", ("Task Title",), _TASKS, ("Task status", "Task Type", "Due date", "Priority")),
)
