"""Ties on record: contacts between colleagues and people read, measured and kept; what LinkedIn declares beside them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from deals.models import Activity, Colleague, ContactLink, Participant, Relationship
from deals.models.owners import Owners
from deals.relationships.strength import Interaction, Side, Tie, holds_until, measure
from deals.signals.clock import Calendar
from deals.signals.contacts import KINDS, is_contact, is_reached
from pipeline import bulk
from pipeline.models import Record

Pair = tuple[int, int]
# A connection says that two people met once: a weak tie.
CONNECTED = 20
CONNECTED_AS = "LinkedIn connection"
_COLUMNS = (
    "strength", "measured", "best", "inbound", "outbound", "first_on", "last_on", "is_dormant", "declared",
    "declared_on", "declared_as",
)  # fmt: skip
_AT_ONCE = 2000


def refresh(as_of: date, contacts: Collection[int] | None = None) -> int:
    """Measure all ties (or those of these contacts) as of a day and keep them; how many there are.

    What a colleague declared or hid stays; ties without contact and declaration go.
    """
    measured = ties(as_of, contacts)
    connected = _connections(contacts)
    kept = {(one.colleague_id, one.contact_id): one for one in _of(Relationship.objects.all(), contacts)}
    stale = []
    for pair, one in kept.items():
        if pair not in measured and pair not in connected and one.declared is None and not one.is_hidden:
            stale.append(one.pk)
            continue
        _fill(one, measured.get(pair), connected.get(pair), as_of)
    missing = [pair for pair in {**measured, **connected} if pair not in kept]
    new = [Relationship(colleague_id=colleague, contact_id=contact) for colleague, contact in missing]
    for one in new:
        pair = (one.colleague_id, one.contact_id)
        _fill(one, measured.get(pair), connected.get(pair), as_of)
    with transaction.atomic():
        for start in range(0, len(stale), _AT_ONCE):
            Relationship.objects.filter(pk__in=stale[start : start + _AT_ONCE]).delete()
        bulk.update((one for one in kept.values() if one.pk not in set(stale)), _COLUMNS)
        bulk.create(new)
    return len(kept) - len(stale) + len(new)


def ties(as_of: date, contacts: Collection[int] | None = None) -> dict[Pair, Tie]:
    """(colleague, contact) → their tie on a day, from activities alone; pairs without contact are left out."""
    measured = {pair: measure(happened, as_of) for pair, happened in interactions(as_of, contacts).items()}
    return {pair: tie for pair, tie in measured.items() if tie is not None}


def interactions(as_of: date, contacts: Collection[int] | None = None) -> dict[Pair, list[Interaction]]:
    """(colleague, contact) → what happened between them by the end of a day: two queries, whatever their number."""
    calendar = Calendar.current()
    people: dict[int, set[int]] = defaultdict(set)
    rows = Participant.objects.filter(contact__is_current=True)
    if contacts is not None:
        rows = rows.filter(activity__in=Participant.objects.filter(contact__in=list(contacts)).values("activity"))
    for activity, contact in rows.values_list("activity_id", "contact_id").iterator(chunk_size=20_000):
        people[activity].add(contact)
    wanted = None if contacts is None else set(contacts)
    found: dict[Pair, list[Interaction]] = defaultdict(list)
    for pk, kind, direction, subject, status, at, owner in _held(calendar.end_of(as_of), contacts):
        present = people.get(pk, set())
        if not present or not is_contact(kind, subject, status, len(present)):
            continue
        happened = Interaction(
            on=calendar.day(at), kind=kind, side=_side(kind, direction, status), people=len(present) + 1
        )
        for contact in present if wanted is None else present & wanted:
            found[owner, contact].append(happened)
    return found


def _held(end: datetime, contacts: Collection[int] | None) -> Iterable[tuple[Any, ...]]:
    rows = Activity.objects.filter(
        is_planned=False, happened_at__lt=end, owner__isnull=False, kind__in=KINDS
    ).order_by()
    if contacts is not None:
        rows = rows.filter(pk__in=Participant.objects.filter(contact__in=list(contacts)).values("activity"))
    columns = ("pk", "kind", "direction", "subject", "status", "happened_at", "owner_id")
    return rows.values_list(*columns).iterator(chunk_size=20_000)


def _side(kind: str, direction: str, status: str) -> Side:
    """A mail that does not say who wrote it was logged by us; so was a call that nobody took."""
    if kind == Activity.Kind.MEETING or (kind == Activity.Kind.CALL and is_reached(kind, status)):
        return Side.BOTH
    return Side.THEM if direction == Activity.Direction.INBOUND else Side.US


def _connections(contacts: Collection[int] | None) -> dict[Pair, tuple[date, str]]:
    """(colleague, contact) → the day a colleague's own list of connections told us, and what it says."""
    listed = Record.objects.filter(kind="contact", is_withdrawn=False).exclude(source__owner_email="")
    links = ContactLink.objects.filter(closed_at=None, record__in=listed)
    if contacts is not None:
        links = links.filter(contact__in=list(contacts))
    owners, calendar = Owners.load(), Calendar.current()
    columns = ("source_id", "source__owner_email", "recorded_at", "values")
    rows = links.values_list("contact_id", *(f"record__{column}" for column in columns))
    found = {}
    for contact, source, email, at, values in rows:
        colleague = owners.find(source, email)
        if colleague is None:
            owners.add_missing(source, [email])
            colleague = owners.find(source, email)
        since = str(values.get("connected_on") or "")[:4]
        if colleague is not None:
            found[colleague, contact] = (calendar.day(at), f"{CONNECTED_AS} since {since}" if since else CONNECTED_AS)
    return found


def _fill(one: Relationship, tie: Tie | None, connected: tuple[date, str] | None, as_of: date) -> None:
    one.measured = tie.strength if tie else 0
    one.best = max(one.measured, tie.best if tie else 0)
    one.inbound, one.outbound = (tie.inbound, tie.outbound) if tie else (0, 0)
    one.first_on, one.last_on = (tie.first_on, tie.last_on) if tie else (None, None)
    one.is_dormant = tie.is_dormant if tie else False
    if connected and (one.declared is None or one.declared_as.startswith(CONNECTED_AS)):
        one.declared, (one.declared_on, one.declared_as) = CONNECTED, connected
    one.strength = in_force(one.measured, one.declared, one.declared_on, as_of)


def in_force(measured: float, declared: int | None, declared_on: date | None, as_of: date) -> float:
    """The strength that counts on a day: what was measured, or what was declared in the last half year if higher."""
    if declared is None or declared_on is None or holds_until(declared_on) < as_of:
        return measured
    return max(measured, float(declared))


def declare(colleague: Colleague, contact: int, strength: int, said: str, on: date) -> Relationship:
    """Keep what a colleague says about how well they know somebody (1..100); it counts for half a year."""
    one, _ = Relationship.objects.get_or_create(colleague=colleague, contact_id=contact)
    one.declared, one.declared_on, one.declared_as = strength, on, said[:80]
    one.strength = in_force(one.measured, strength, on, on)
    one.full_clean()
    one.save(update_fields=["declared", "declared_on", "declared_as", "strength"])
    return one


def strongest(contacts: Collection[int] | None = None) -> Mapping[int, tuple[int, float]]:
    """Contact → (colleague, strength) of whoever of us knows them best and still works here."""
    rows = _of(Relationship.objects.filter(colleague__is_active=True, is_hidden=False, strength__gt=0), contacts)
    best: dict[int, tuple[int, float]] = {}
    for contact, colleague, found in rows.order_by("-strength", "colleague_id").values_list(
        "contact_id", "colleague_id", "strength"
    ):
        best.setdefault(contact, (colleague, found))
    return best


def _of(rows: QuerySet[Relationship], contacts: Collection[int] | None) -> QuerySet[Relationship]:
    return rows if contacts is None else rows.filter(contact__in=list(contacts))
