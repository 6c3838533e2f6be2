"""Bitrix24: deals and contacts as its API dumps them."""

from collections.abc import Mapping
from typing import Any

from deals.imports.formats.layout import columns
from pipeline.ingest.formats import Emit, Format

SYSTEM = "Bitrix24"


def _deal(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """Stages read like "C2:WON": the number of the pipeline, then the stage."""
    stage = row.get("stage_id", "")
    return {**values, "is_won": stage.rpartition(":")[2].upper() == "WON"} if stage else dict(values)


_DEALS = Emit(
    kind="deal",
    key="ID",
    columns=columns(
        name="TITLE", stage="STAGE_ID", account_key="COMPANY_ID", contact_keys="CONTACT_ID", pipeline="CATEGORY_ID",
        amount="OPPORTUNITY", currency="CURRENCY_ID", close_date="CLOSEDATE", created_at="DATE_CREATE",
        owner="ASSIGNED_BY_ID", is_closed="CLOSED", source="SOURCE_ID", probability="PROBABILITY",
        description="COMMENTS", modified_at="DATE_MODIFY",
    ),
    refine=_deal,
)  # fmt: skip

_CONTACTS = Emit(
    kind="contact",
    key="ID",
    columns=columns(
        given_name="NAME", family_name="LAST_NAME", email="EMAIL", phone="PHONE", title="POST",
        account_key="COMPANY_ID",
        owner="ASSIGNED_BY_ID", source="SOURCE_ID", created_at="DATE_CREATE", modified_at="DATE_MODIFY",
    ),
)  # fmt: skip

FORMATS = (
    Format(
        name="bitrix24_deals",
        label="Bitrix24 deals",
        system=SYSTEM,
        needs=("ID", "STAGE_ID", "ASSIGNED_BY_ID", "OPPORTUNITY"),
        hints=("TITLE", "CLOSED", "DATE_CREATE"),
        emits=(_DEALS,),
    ),
    Format(
        name="bitrix24_contacts",
        label="Bitrix24 contacts",
        system=SYSTEM,
        needs=("ID", "NAME", "LAST_NAME", "DATE_CREATE"),
        emits=(_CONTACTS,),
    ),
)
