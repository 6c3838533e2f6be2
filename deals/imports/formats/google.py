"""Google Contacts: the layout up to about 2022 and the one after."""

from deals.imports.formats.layout import columns
from pipeline.ingest.formats import Emit, Format

SYSTEM = "Google Contacts"
_EMAILS = tuple(f"E-mail {number} - Value" for number in range(1, 6))
_PHONES = tuple(f"Phone {number} - Value" for number in range(1, 6))


def _contacts(given: str, family: str, full: tuple[str, ...], company: str, title: str, department: str) -> Emit:
    return Emit(
        kind="contact",
        only_if=(given, family, *full, *_EMAILS),
        columns=columns(
            given_name=given, family_name=family, full_name=full, email=_EMAILS, emails=_EMAILS, phone=_PHONES[:1],
            mobile=_PHONES[1:2], company=company, title=title, department=department, street="Address 1 - Street",
            city="Address 1 - City", state="Address 1 - Region", postcode="Address 1 - Postal Code",
            country="Address 1 - Country", description="Notes",
        ),
    )  # fmt: skip


FORMATS = (
    Format(
        name="google_contacts_2018",
        label="Google contacts (older layout)",
        system=SYSTEM,
        needs=("Name", "Given Name", "Family Name", "Group Membership"),
        hints=("E-mail 1 - Type", "E-mail 1 - Value", "Yomi Name", "Phone 1 - Type"),
        emits=(
            _contacts(
                "Given Name",
                "Family Name",
                ("Name",),
                "Organization 1 - Name",
                "Organization 1 - Title",
                "Organization 1 - Department",
            ),
        ),
    ),
    Format(
        name="google_contacts",
        label="Google contacts",
        system=SYSTEM,
        needs=("First Name", "Last Name", "Labels", "Organization Name"),
        hints=("E-mail 1 - Label", "E-mail 1 - Value", "Phonetic First Name", "Phone 1 - Label"),
        emits=(
            _contacts(
                "First Name", "Last Name", (), "Organization Name", "Organization Title", "Organization Department"
            ),
        ),
    ),
)
