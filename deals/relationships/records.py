"""Ties on record: contacts between colleagues and people, measured and kept; what LinkedIn declares beside them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet

from deals.models import Acquaintance, Activity, Colleague, ContactLink, Participant, Relationship
from deals.models.owners import Owners
from deals.relationships.strength import Interaction, Side, Tie, measure
from deals.signals.clock import Calendar
from deals.signals.contacts import KINDS, is_contact, is_reached
from pipeline import bulk
from pipeline.models import Batch, Record

Pair = tuple[int, int]
# A connection says that two people met once: a weak tie.
CONNECTED = 20
CONNECTED_AS = "LinkedIn connection"
_COLUMNS = (
    "strength", "measured", "best", "inbound", "outbound", "first_on", "last_on", "is_dormant", "declared",
    "declared_on", "declared_as",
)  # fmt: skip
_AT_ONCE = 2000
# From so many contacts on, all are measured: a query cannot name them.
_MOST_NAMED = 5000


def refresh(as_of: date, contacts: Collection[int] | None = None) -> int:
    """Measure all ties (or those of these contacts) as of a day and keep them; how many of ours there are.

    What a colleague declared or hid stays; ties without contact and declaration go.
    """
    happened = read(as_of, contacts)
    measured, connected = ties(happened.ours, as_of), _connections(contacts)
    kept = {(one.colleague_id, one.contact_id): one for one in _of(Relationship.objects.all(), contacts)}
    new = {
        pair: Relationship(colleague_id=pair[0], contact_id=pair[1])
        for pair in {**measured, **connected}
        if pair not in kept
    }
    for pair, one in (kept | new).items():
        _fill(one, measured.get(pair), connected.get(pair), as_of)
    empty = {pair for pair, one in kept.items() if one.last_on is None and one.declared is None and not one.is_hidden}
    with transaction.atomic():
        _delete(Relationship, [kept[pair].pk for pair in empty])
        bulk.update((one for pair, one in kept.items() if pair not in empty), _COLUMNS)
        bulk.create(new.values())
        _keep_acquaintances(ties(happened.theirs, as_of), contacts)
    return len(kept) - len(empty) + len(new)


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What happened by a day: between (colleague, contact), and between (contact, contact) of lower and higher id."""

    ours: Mapping[Pair, Sequence[Interaction]]
    theirs: Mapping[Pair, Sequence[Interaction]]


def refresh_after(batch: Batch, as_of: date) -> int:
    """Measure the ties that an import can have changed."""
    talked = Participant.objects.filter(activity__record__row__file__batch=batch)
    listed = ContactLink.objects.filter(closed_at=None, record__in=_listed().filter(row__file__batch=batch))
    touched = {*talked.values_list("contact_id", flat=True), *listed.values_list("contact_id", flat=True)}
    if not touched:
        return 0
    return refresh(as_of, touched if len(touched) <= _MOST_NAMED else None)


def ties(happened: Mapping[Pair, Sequence[Interaction]], as_of: date) -> dict[Pair, Tie]:
    """Each pair's tie on a day; pairs between whom nothing counts are left out."""
    measured = {pair: measure(interactions, as_of) for pair, interactions in happened.items()}
    return {pair: tie for pair, tie in measured.items() if tie is not None}


def read(as_of: date, contacts: Collection[int] | None = None) -> Happened:
    """What happened by the end of a day (with these contacts): two queries, whatever the number of activities."""
    calendar = Calendar.current()
    present = _present(contacts)
    wanted = None if contacts is None else set(contacts)
    ours: dict[Pair, list[Interaction]] = defaultdict(list)
    theirs: dict[Pair, list[Interaction]] = defaultdict(list)
    for pk, kind, direction, subject, status, at, owner in _held(calendar.end_of(as_of), contacts):
        people = present.get(pk, ())
        if not people or not is_contact(kind, subject, status, len(people)):
            continue
        side = _side(kind, direction, status)
        one = Interaction(on=calendar.day(at), kind=kind, side=side, people=len(people) + 1)
        for contact in people:
            if wanted is None or contact in wanted:
                ours[owner, contact].append(one)
        # Who is in copy of the same mail need not know each other; who met does.
        for pair in combinations(sorted(people), 2) if side == Side.BOTH else ():
            if wanted is None or wanted & set(pair):
                theirs[pair].append(one)
    return Happened(ours=ours, theirs=theirs)


def _present(contacts: Collection[int] | None) -> dict[int, set[int]]:
    """Activity → the contacts who took part, all of them also where only some contacts are asked about."""
    rows = Participant.objects.filter(contact__is_current=True)
    if contacts is not None:
        rows = rows.filter(activity__in=Participant.objects.filter(contact__in=list(contacts)).values("activity"))
    present: dict[int, set[int]] = defaultdict(set)
    for activity, contact in rows.values_list("activity_id", "contact_id").iterator(chunk_size=20_000):
        present[activity].add(contact)
    return present


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


def _listed() -> QuerySet[Record]:
    """What stands in colleagues' own lists of connections."""
    own = Record.objects.filter(kind="contact", is_withdrawn=False, values__has_key="connected_on")
    return own.exclude(source__owner_email="")


def _connections(contacts: Collection[int] | None) -> dict[Pair, tuple[date, str]]:
    """(colleague, contact) → the day a colleague's own list of connections told us, and what it says."""
    links = ContactLink.objects.filter(closed_at=None, record__in=_listed())
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
    if one.declared is None or one.declared_as.startswith(CONNECTED_AS):
        # What a list declared goes with the list; what a person declared stays.
        one.declared, one.declared_on, one.declared_as = (CONNECTED, *connected) if connected else (None, None, "")
    one.strength = one.strength_on(as_of)


def declare(colleague: Colleague, contact: int, strength: int, said: str, on: date) -> Relationship:
    """Keep what a colleague says about how well they know somebody (1..100); it counts for half a year."""
    one, _ = Relationship.objects.get_or_create(colleague=colleague, contact_id=contact)
    one.declared, one.declared_on, one.declared_as = strength, on, said[:80]
    one.strength = one.strength_on(on)
    one.full_clean()
    one.save(update_fields=["declared", "declared_on", "declared_as", "strength"])
    return one


def _keep_acquaintances(measured: Mapping[Pair, Tie], contacts: Collection[int] | None) -> None:
    stored = Acquaintance.objects.all()
    if contacts is not None:
        stored = stored.filter(Q(one__in=list(contacts)) | Q(other__in=list(contacts)))
    stored.delete()
    bulk.create(
        Acquaintance(one_id=one, other_id=other, strength=tie.strength, is_dormant=tie.is_dormant, last_on=tie.last_on)
        for (one, other), tie in measured.items()
    )


def _delete(model: type[models.Model], keys: Sequence[int]) -> None:
    for start in range(0, len(keys), _AT_ONCE):
        model._default_manager.filter(pk__in=keys[start : start + _AT_ONCE]).delete()


def _of(rows: QuerySet[Relationship], contacts: Collection[int] | None) -> QuerySet[Relationship]:
    return rows if contacts is None else rows.filter(contact__in=list(contacts))
