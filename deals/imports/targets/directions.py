"""Whether an e-mail came from them or from us, told by who sent it where the file has no word for it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q

from deals.imports.targets.references import addresses, people_at
from deals.models import Activity
from deals.models.owners import Owners

_IN, _OUT = Activity.Direction.INBOUND, Activity.Direction.OUTBOUND
_SLICE = 1000


def direction(values: Mapping[str, Any], is_contact: Callable[[str], bool], owners: Owners) -> str:
    """ "in", "out" or "" (not known): what the file says, else by the sender, else by who is addressed.

    A colleague's address on the sender's line means "out", a contact's "in". Without a sender it is "out" where
    contacts are addressed and no colleague, and "in" where only colleagues are and the file names the person.
    """
    if values.get("direction") or values.get("kind") != Activity.Kind.EMAIL:
        return values.get("direction") or ""
    sender = values.get("from_email")
    if sender:
        return _OUT if owners.find(0, sender) else _IN if is_contact(sender) else ""
    addressed = values.get("emails") or ()
    ours = [email for email in addressed if owners.find(0, email)]
    if not ours:
        return _OUT if any(map(is_contact, addressed)) else ""
    return _IN if len(ours) == len(addressed) and values.get("contact_keys") else ""


def settle_directions() -> None:
    """E-mails that came before the people or colleagues who wrote them."""
    named = Q(record__values__has_key="from_email") | Q(record__values__has_key="emails")
    waiting = Activity.objects.filter(named, kind=Activity.Kind.EMAIL, direction="").select_related("record")
    owners = Owners.load()
    found = list(waiting.order_by("id"))
    for some in (found[start : start + _SLICE] for start in range(0, len(found), _SLICE)):
        known = people_at(email for activity in some for email in addresses(activity.record.values))
        for activity in some:
            activity.direction = direction(activity.record.values, known.__contains__, owners)
        Activity.objects.bulk_update([activity for activity in some if activity.direction], ["direction"])
