"""Warm paths from what is on record. Read anew each time, so that whoever opts out is gone from all of them at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from deals.models import Acquaintance, Activity, Colleague, Contact, Participant, Relationship
from deals.models.relationships import STRENGTH, strength_on
from leads.models import Introduction
from leads.network.paths import POTENTIAL, Bridge, Known, Path, find, is_rested

# More people than this whom somebody met are not looked through, nor at one company: among many it says little.
MOST_BRIDGES, MOST_AT_COMPANY = 300, 500
MOST_SHOWN = 2
CONTACT_KINDS = ("email", "call", "meeting", "message")


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One interaction behind a link: what, when, and its page."""

    activity_id: int
    kind: str
    on: datetime


@dataclass(frozen=True, kw_only=True)
class WarmPath:
    """A path with what a person reads of it: names, ties, and the last two interactions behind each link."""

    path: Path
    colleague: Colleague
    tie: Relationship
    via: Contact | None
    first_seen: Sequence[Happened]
    second_seen: Sequence[Happened]


def paths_to(contact: Contact, today: date) -> list[WarmPath]:
    """At most three paths to a contact, best first: a handful of indexed queries."""
    bridges = _bridges(contact)
    known = _known({contact.pk, *(bridge.contact for bridge in bridges)}, today)
    found = find(contact.pk, known, bridges)
    ties = _ties(found)
    people = Contact.objects.in_bulk([path.via.contact for path in found if path.via])
    # Who opted out since the ties were read is missing here.
    shown = [(path, ties.get((path.colleague, path.first.contact))) for path in found]
    return [_shown(path, contact, tie, people) for path, tie in shown if tie is not None]


def resting(colleagues: Collection[int], today: date) -> set[int]:
    """Those of the colleagues who were asked for introductions too often of late."""
    asked: dict[int, list[date]] = defaultdict(list)
    rows = Introduction.objects.filter(colleague__in=list(colleagues)).order_by()
    for colleague, day in rows.values_list("colleague_id", "asked_on"):
        asked[colleague].append(day)
    return {colleague for colleague, days in asked.items() if not is_rested(days, today)}


def ask(path: WarmPath, contact: Contact, user: Any, now: datetime, today: date) -> Introduction | None:
    """Keep that a colleague was asked; None where they are asked about this person already."""
    try:
        with transaction.atomic():
            return Introduction.objects.create(
                colleague=path.colleague,
                contact=contact,
                via=path.via,
                asked_by=user,
                asked_at=now,
                asked_on=today,
                strength=path.path.score,
            )
    except IntegrityError:
        return None


def record(introduction: Introduction, state: str, now: datetime) -> None:
    """Keep what came of a request. Raises ValueError for an unknown state."""
    introduction.state = Introduction.State(state)
    introduction.answered_at = now
    introduction.save(update_fields=["state", "answered_at"])


def _bridges(contact: Contact) -> list[Bridge]:
    """Contacts who met the person in our presence, and those at the same company whom a colleague knows."""
    bridges = []
    met = Acquaintance.objects.filter(Q(one=contact) | Q(other=contact)).order_by("-strength", "pk")[:MOST_BRIDGES]
    for tie in met:
        other = tie.other_id if tie.one_id == contact.pk else tie.one_id
        bridges.append(Bridge(contact=other, strength=tie.strength, kind="met", is_dormant=tie.is_dormant))
    if contact.account_id:
        bridges += [Bridge(contact=pk, strength=POTENTIAL, kind="employer") for pk in _known_colleagues_of(contact)]
    return bridges


def _known_colleagues_of(contact: Contact) -> Collection[int]:
    """Whom of the person's company one of us knows, best first."""
    at = Contact.objects.filter(account=contact.account_id, is_current=True, has_left=False).exclude(pk=contact.pk)
    # Read before the ties: over both, a large company makes the planner read all ties there are.
    people = list(at.order_by("pk").values_list("pk", flat=True)[:MOST_AT_COMPANY])
    ties = Relationship.objects.shared().filter(contact__in=people).order_by("-strength", "pk")
    return dict.fromkeys(ties.values_list("contact_id", flat=True)[:MOST_BRIDGES])


def _known(contacts: Collection[int], today: date) -> list[Known]:
    """Ties of colleagues who share theirs, may be asked and did not hide the contact."""
    rows = Relationship.objects.shared().filter(contact__in=list(contacts)).order_by()
    columns = ("colleague_id", "contact_id", "is_dormant", *STRENGTH)
    # Plain values: of hundreds of ties three are shown.
    ties = [
        Known(colleague=colleague, contact=contact, strength=strength_on(today, *told), is_dormant=is_dormant)
        for colleague, contact, is_dormant, *told in rows.values_list(*columns)
    ]
    tired = resting({tie.colleague for tie in ties}, today)
    return [tie for tie in ties if tie.strength > 0 and tie.colleague not in tired]


def _ties(paths: Sequence[Path]) -> dict[tuple[int, int], Relationship]:
    """The relationship behind each path's first link."""
    wanted = Q(pk__in=())
    for path in paths:
        wanted |= Q(colleague=path.colleague, contact=path.first.contact)
    rows = Relationship.objects.shared().filter(wanted).select_related("colleague")
    return {(tie.colleague_id, tie.contact_id): tie for tie in rows}


def _shown(path: Path, target: Contact, tie: Relationship, people: Mapping[int, Contact]) -> WarmPath:
    via = people.get(path.via.contact) if path.via else None
    with_colleague = Activity.objects.filter(owner=path.colleague)
    return WarmPath(
        path=path,
        colleague=tie.colleague,
        tie=tie,
        via=via,
        first_seen=_last(with_colleague, [path.first.contact]),
        second_seen=_last(Activity.objects.all(), [via.pk, target.pk]) if via else [],
    )


def _last(activities: QuerySet[Activity], contacts: Sequence[int]) -> list[Happened]:
    """The last two contacts that all of these people took part in."""
    for contact in contacts:
        activities = activities.filter(pk__in=Participant.objects.filter(contact=contact).values("activity"))
    held = activities.filter(is_planned=False, happened_at__isnull=False, kind__in=CONTACT_KINDS)
    rows = held.order_by("-happened_at", "-pk")[:MOST_SHOWN]
    return [
        Happened(activity_id=one.pk, kind=one.get_kind_display(), on=one.happened_at) for one in rows if one.happened_at
    ]
