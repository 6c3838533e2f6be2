"""A lead's values from its records, and what moves along when a record of it does."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import OuterRef, Subquery
from nameparser import HumanName

from leads.models import Lead, LeadEvent, LeadLink
from pipeline.entity_values import refresh
from pipeline.matching.ornaments import bare_name
from pipeline.survivorship import Chosen


def recompute(lead_ids: Collection[int], now: datetime) -> None:
    """Refresh the leads' values; how they stand is left to the next qualification."""
    refresh(Lead, LeadLink, "lead", lead_ids, fill, now)


def fill(lead: Lead, chosen: Mapping[str, Chosen]) -> None:
    """The full name; given and family name where a file gives only both in one."""
    said = chosen.get("full_name")
    if said and not (lead.given_name or lead.family_name):
        lead.given_name, lead.family_name = parsed(str(said.value))
    names = " ".join(part for part in (lead.given_name, lead.family_name) if part)
    lead.full_name = (names or (str(said.value) if said else "") or lead.email or lead.company or lead.number)[:255]


def parsed(full_name: str) -> tuple[str, str]:
    """(given, family) of a name in one cell."""
    name = HumanName(bare_name(full_name))
    return name.first[:120], " ".join(part for part in (name.middle, name.last) if part)[:120]


def repoint(record_ids: Collection[int]) -> None:
    """Events follow the lead record they are about."""
    now_at = LeadLink.objects.filter(record=OuterRef("lead_record"), closed_at=None).values("lead")[:1]
    LeadEvent.objects.filter(lead_record__in=list(record_ids)).update(lead=Subquery(now_at))
