"""LinkedIn's own data download: connections; messages and invitations are recognised."""

from deals.imports.formats.layout import columns
from pipeline.ingest.addresses import read_url
from pipeline.ingest.faults import BadCell
from pipeline.ingest.formats import Emit, Format

SYSTEM = "LinkedIn"


def _profile(text: str) -> str:
    try:
        return read_url(text)
    except BadCell:
        return text


_CONNECTIONS = Emit(
    kind="contact",
    key="URL",
    # A row of nothing but a date is a member who has closed the account.
    only_if=("First Name", "Last Name", "URL", "Email Address"),
    columns=columns(
        given_name="First Name", family_name="Last Name", email="Email Address", company="Company", title="Position",
        linkedin="URL", connected_on="Connected On",
    ),
)  # fmt: skip


FORMATS = (
    # Older files have neither profile address nor, when people cut them down, surnames or e-mail addresses.
    Format(
        name="linkedin_connections",
        label="LinkedIn connections",
        system=SYSTEM,
        needs=("First Name", "Company", "Position", "Connected On"),
        hints=("Last Name", "URL", "Email Address"),
        emits=(_CONNECTIONS,),
        read_id=_profile,
    ),
    Format(
        name="linkedin_messages",
        label="LinkedIn messages",
        system=SYSTEM,
        needs=("CONVERSATION ID", "FROM", "TO", "DATE", "CONTENT", "FOLDER"),
        hints=("SENDER PROFILE URL", "IS MESSAGE DRAFT"),
        skip_reason="LinkedIn messages are not read: they are private conversations.",
    ),
    Format(
        name="linkedin_invitations",
        label="LinkedIn invitations",
        system=SYSTEM,
        needs=("From", "To", "Sent At", "Direction", "inviterProfileUrl"),
        hints=("inviteeProfileUrl", "Message"),
        skip_reason="An invitation is no connection yet; accepted ones stand in the connections file.",
    ),
)
