"""The export files of HubSpot's activities: calls, e-mails, meetings and notes, a file each."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from deals.sample.activity import Activity, location
from deals.sample.hubspot import clock, file_name
from deals.sample.ids import hubspot_id
from deals.sample.table import commas
from deals.sample.world import World

_ASSOCIATIONS = ["Associated Contact IDs", "Associated Company IDs", "Associated Deal IDs"]
CALL_HEADER = [
    "Record ID",
    "Call Title",
    "Activity date",
    "Call direction",
    "Call outcome",
    "Call duration (HH:mm:ss)",
    "Call notes",
    "Activity assigned to",
    "Create Date",
    *_ASSOCIATIONS,
]
EMAIL_HEADER = [
    "Record ID",
    "Email subject",
    "Activity date",
    "Email direction",
    "Email send status",
    "Email from address",
    "Email to address",
    "Email body",
    "Activity assigned to",
    "Create Date",
    *_ASSOCIATIONS,
]
MEETING_HEADER = [
    "Record ID",
    "Meeting Name",
    "Activity date",
    "Meeting start time",
    "Meeting end time",
    "Meeting outcome",
    "Meeting location",
    "Internal meeting notes",
    "Activity assigned to",
    "Create Date",
    *_ASSOCIATIONS,
]
NOTE_HEADER = ["Record ID", "Note body", "Activity date", "Activity assigned to", "Create Date", *_ASSOCIATIONS]


def files(world: World) -> dict[str, bytes]:
    """One file per kind of activity, oldest first."""
    done = world.activities_in("hubspot")
    layouts: dict[str, tuple[str, list[str], Callable[[Activity], dict[str, str]]]] = {
        "calls": ("call", CALL_HEADER, _call),
        "emails": ("email", EMAIL_HEADER, _email),
        "meetings": ("meeting", MEETING_HEADER, _meeting),
        "notes": ("note", NOTE_HEADER, _note),
    }
    return {
        file_name(view, world.as_of): commas(
            header, _numbered(kind, (_common(a) | row(a) for a in done if a.kind == kind))
        )
        for view, (kind, header, row) in layouts.items()
    }


def _numbered(kind: str, rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    for number, row in enumerate(rows):
        row["Record ID"] = hubspot_id(kind, number)
        yield row


def _common(activity: Activity) -> dict[str, str]:
    return {
        "Activity date": clock(activity.when),
        "Create Date": clock(activity.entered),
        "Activity assigned to": activity.owner.name,
        "Associated Contact IDs": ";".join(contact.id for contact in activity.contacts),
        "Associated Company IDs": activity.account.id if activity.account else "",
        "Associated Deal IDs": activity.deal.id if activity.deal else "",
    }


def _call(activity: Activity) -> dict[str, str]:
    return {
        "Call Title": activity.subject,
        "Call direction": "Inbound" if activity.is_inbound else "Outbound",
        "Call outcome": activity.outcome,
        "Call duration (HH:mm:ss)": f"00:{activity.minutes:02}:{activity.when.second:02}",
        "Call notes": activity.text,
    }


def _email(activity: Activity) -> dict[str, str]:
    ours, theirs = activity.owner.email, activity.contacts[0].email
    return {
        "Email subject": activity.subject,
        "Email direction": "INCOMING_EMAIL" if activity.is_inbound else "EMAIL",
        "Email send status": "SENT",
        "Email from address": theirs if activity.is_inbound else ours,
        "Email to address": ours if activity.is_inbound else theirs,
        "Email body": activity.text,
    }


def _meeting(activity: Activity) -> dict[str, str]:
    return {
        "Meeting Name": activity.subject,
        "Meeting start time": clock(activity.when),
        "Meeting end time": clock(activity.when + timedelta(minutes=activity.minutes)),
        "Meeting outcome": activity.outcome,
        "Meeting location": location(activity),
        "Internal meeting notes": activity.text,
    }


def _note(activity: Activity) -> dict[str, str]:
    return {"Note body": activity.text}
