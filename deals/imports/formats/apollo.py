"""Apollo: its contact export, which describes each contact's company too."""

from deals.imports.formats.layout import columns
from pipeline.ingest.formats import Emit, Format

_CONTACTS = Emit(
    kind="contact",
    key="Apollo Contact Id",
    # Rows of a company with nobody in it are common.
    only_if=("First Name", "Last Name", "Email", "Person Linkedin Url"),
    columns=columns(
        given_name="First Name", family_name="Last Name", email="Email",
        phone=("Work Direct Phone", "First Phone", "Corporate Phone", "Other Phone"), mobile=("Mobile Phone",
        "Home Phone"),
        title="Title", department="Departments", company="Company", account_key="Apollo Account Id", city="City",
        state="State", country="Country", linkedin="Person Linkedin Url", owner="Contact Owner", status="Stage",
        last_activity_at="Last Contacted",
    ),
)  # fmt: skip

_COMPANIES = Emit(
    kind="account",
    key="Apollo Account Id",
    key_field="name",
    only_if=("Company",),
    columns=columns(
        name="Company", domain="Website", phone="Company Phone", street="Company Address", city="Company City",
        state="Company State", country="Company Country", industry="Industry", employees="# Employees",
        revenue="Annual Revenue", linkedin="Company Linkedin Url", owner="Account Owner",
    ),
)  # fmt: skip

FORMATS = (
    Format(
        name="apollo_contacts",
        label="Apollo contacts",
        system="Apollo",
        needs=("First Name", "Last Name", "Company", "Company Name for Emails", "Apollo Contact Id"),
        hints=("Email Status", "Apollo Account Id", "# Employees", "Technologies"),
        emits=(_CONTACTS, _COMPANIES),
    ),
)
