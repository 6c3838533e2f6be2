"""Values a person enters on a lead: held against every import until they are given back to the records."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from leads.models import Lead
from leads.values import recompute

# What a person may enter. Who objected to being contacted is kept on a list of its own.
FIELDS = (
    "given_name", "family_name", "title", "department", "company", "email", "phone", "mobile", "linkedin", "domain",
    "industry", "employees", "city", "country", "technologies", "description",
)  # fmt: skip


def hold(lead: Lead, values: Mapping[str, str | int | None], *, by: User, now: datetime) -> None:
    """Enter `values` (field → value, empty for "not known"); the next qualification counts with them."""
    mark = {"by": by.get_full_name() or by.get_username(), "at": now.isoformat()}
    _change(lead, {name: {"value": value, **mark} for name, value in values.items()}, now)


def release(lead: Lead, name: str, *, now: datetime) -> None:
    """Give the field `name` back to the records."""
    _change(lead, {name: None}, now)


def _change(lead: Lead, entries: Mapping[str, Mapping[str, object] | None], now: datetime) -> None:
    with transaction.atomic():
        locked = Lead.objects.select_for_update().get(pk=lead.pk)
        held = {**locked.held, **entries}
        locked.held = {name: entry for name, entry in held.items() if entry is not None}
        locked.save(update_fields=["held", "updated_at"])
        recompute([locked.pk], now)
