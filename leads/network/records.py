"""Warm paths from what is on record. Read anew each time, so that whoever opts out is gone from all of them at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from deals.models import Acquaintance, Activity, Colleague, Contact, Participant, Relationship
from deals.models.relationships import STRENGTH, strength_on
from leads.models import Introduction
from leads.network.paths import LONGEST_REST, POTENTIAL, Bridge, Known, Path, find, is_rested

# More people than this whom somebody met are not looked through, nor at one company: among many it says little.
MOST_BRIDGES, MOST_AT_COMPANY = 300, 500
# All of them are worth the same as a bridge, so that the strongest ties decide: two colleagues have at most this many
# less one to them, and a third is among these.
MOST_TIES = 2 * MOST_AT_COMPANY + 1
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
    met, tired = _met(contact), resting(today)
    known = _known([contact.pk, *(bridge.contact for bridge in met)], tired, today)
    at_company = _known(_at_company(contact), tired, today, most=MOST_TIES)
    employed = [Bridge(contact=pk, strength=POTENTIAL, kind="employer") for pk in {tie.contact for tie in at_company}]
    found = find(contact.pk, [*known, *at_company], [*met, *employed])
    ties = _ties(found)
    people = Contact.objects.in_bulk([path.via.contact for path in found if path.via])
    # Who opted out since the ties were read is missing here.
    shown = [(path, ties.get((path.colleague, path.first.contact))) for path in found]
    return [_shown(path, contact, tie, people) for path, tie in shown if tie is not None]


def resting(today: date) -> set[int]:
    """Colleagues who were asked for introductions too often of late."""
    asked: dict[int, list[date]] = defaultdict(list)
    rows = Introduction.objects.filter(asked_on__gt=today - timedelta(days=LONGEST_REST)).order_by()
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


def _met(contact: Contact) -> list[Bridge]:
    """Contacts who met the person in our presence."""
    bridges = []
    met = Acquaintance.objects.filter(Q(one=contact) | Q(other=contact)).order_by("-strength", "pk")[:MOST_BRIDGES]
    for tie in met:
        other = tie.other_id if tie.one_id == contact.pk else tie.one_id
        bridges.append(Bridge(contact=other, strength=tie.strength, kind="met", is_dormant=tie.is_dormant))
    return bridges


def _at_company(contact: Contact) -> list[int]:
    """Contacts at the person's company. Read before the ties: over both, a large company makes the planner read all
    ties there are."""
    if not contact.account_id:
        return []
    at = Contact.objects.filter(account=contact.account_id, is_current=True, has_left=False).exclude(pk=contact.pk)
    return list(at.order_by("pk").values_list("pk", flat=True)[:MOST_AT_COMPANY])


def _known(contacts: Collection[int], tired: Collection[int], today: date, most: int | None = None) -> list[Known]:
    """Ties of colleagues who share theirs, are not tired and did not hide the contact; with `most` the strongest."""
    rows = Relationship.objects.shared().filter(contact__in=list(contacts)).exclude(colleague__in=tired)
    rows = rows.order_by("-strength", "pk")[:most] if most else rows.order_by()
    columns = ("colleague_id", "contact_id", "is_dormant", *STRENGTH)
    # Plain values: of hundreds of ties three are shown.
    ties = [
        Known(colleague=colleague, contact=contact, strength=strength_on(today, *told), is_dormant=is_dormant)
        for colleague, contact, is_dormant, *told in rows.values_list(*columns)
    ]
    return [tie for tie in ties if tie.strength > 0]


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
