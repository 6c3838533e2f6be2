"""A lead's values from its records, and what moves along when a record of it does."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import OuterRef, Subquery

from leads.models import Lead, LeadEvent, LeadLink
from pipeline.entity_values import refresh
from pipeline.people import parted
from pipeline.survivorship import Chosen


def recompute(lead_ids: Collection[int], now: datetime) -> None:
    """Refresh the leads' values; how they stand is left to the next qualification."""
    refresh(Lead, LeadLink, "lead", lead_ids, fill, now)


def fill(lead: Lead, chosen: Mapping[str, Chosen]) -> None:
    """The full name; given and family name where a file gives only both in one."""
    said = chosen.get("full_name")
    if said and not (lead.given_name or lead.family_name):
        given, family = parted(str(said.value))
        lead.given_name, lead.family_name = given[:120], family[:120]
    names = " ".join(part for part in (lead.given_name, lead.family_name) if part)
    lead.full_name = (names or (str(said.value) if said else "") or lead.email or lead.company or lead.number)[:255]


def repoint(record_ids: Collection[int]) -> None:
    """Events follow the lead record they are about."""
    now_at = LeadLink.objects.filter(record=OuterRef("lead_record"), closed_at=None).values("lead")[:1]
    LeadEvent.objects.filter(lead_record__in=list(record_ids)).update(lead=Subquery(now_at))
