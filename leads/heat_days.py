"""Heat falls from day to day: brings it up to date for leads nobody judges again, once a day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from governance.models import Organisation
from leads import profile_versions
from leads.models import Lead
from leads.qualification.heat import Event, Heat, heat
from pipeline import bulk

_AT_ONCE = 2_000
_COLUMNS = ("heat", "band", "heat_on", "drops_on", "drops_to")


def refresh(now: datetime, most: int | None = None) -> int:
    """Recount the heat of leads that had any and were last counted on an earlier day, of the `most` warmest where that
    is given. Returns how many changed."""
    day = Organisation.current().day(now)
    _, profile = profile_versions.current(now)
    due = Lead.objects.filter(is_current=True, heat__gt=0, heat_on__lt=day).select_related("decision")
    changed = []
    for lead in due.order_by("-heat", "id")[:most].iterator(chunk_size=_AT_ONCE):
        found = heat(events_of(lead), profile, day)
        apply(lead, found, day)
        changed.append(lead)
    bulk.update(changed, _COLUMNS)
    return len(changed)


def events_of(lead: Lead) -> list[Event]:
    """What the last qualification knew the lead did, from lists and from the CRM."""
    kept: Mapping[str, Any] = lead.decision.evidence if lead.decision else {}
    lines = kept.get("assessment", {}).get("heat", {}).get("lines", ())
    return [
        Event(kind=line["kind"], day=date.fromisoformat(line["day"]), detail=line["detail"])
        for line in lines
        if line["day"]
    ]


def apply(lead: Lead, found: Heat, day: date) -> None:
    lead.heat, lead.band, lead.heat_on = found.points, found.band, day
    lead.drops_on, lead.drops_to = found.drops_on, found.drops_to
