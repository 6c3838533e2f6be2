"""Deals of a day as cases: their contacts, people and twins read in bulk, a few queries per thousand deals."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import TruncDate

from deals.models import (
    Account,
    AccountDomain,
    Activity,
    Contact,
    DealRole,
    FieldChange,
    Participant,
    Qualification,
    Relationship,
    Snooze,
)
from deals.signals.backdrop import Backdrop
from deals.signals.case import DealCase, Person, Tie, Touch, Twin
from deals.signals.contacts import KINDS, is_contact, is_reached, is_senior, parts_of
from deals.signals.replay import roles_at
from deals.signals.rules.qualification_gap import WORTH
from deals.signals.states import Frame, State
from pipeline.matching.guards import is_free_mail

SLICE = 1000
# A tie of this strength carries an introduction.
KNOWN_WELL = 40


def load_deals(backdrop: Backdrop, deal_ids: Collection[int] | None = None) -> Iterator[DealCase]:
    """Cases of the deals that were open at the end of the day (or of those named, open or not), by id."""
    states = backdrop.states
    wanted = sorted(pk for pk in (states if deal_ids is None else deal_ids) if pk in states)
    if deal_ids is None:
        wanted = [pk for pk in wanted if not states[pk].is_closed]
    siblings = _siblings(states, {states[pk].account_id for pk in wanted})
    for start in range(0, len(wanted), SLICE):
        some = [states[pk] for pk in wanted[start : start + SLICE]]
        yield from cases_of(some, backdrop, siblings)


def _siblings(states: Mapping[int, State], accounts: Collection[int | None]) -> dict[int, list[State]]:
    """Account → its open deals, where there are several."""
    found: dict[int, list[State]] = {}
    for state in states.values():
        if state.account_id is not None and state.account_id in accounts and not state.is_closed:
            found.setdefault(state.account_id, []).append(state)
    return {account: deals for account, deals in found.items() if len(deals) > 1}


@dataclass(frozen=True, kw_only=True)
class _Named:
    """A person's part as it is stored."""

    contact_id: int
    role: str
    role_id: int
    is_confirmed: bool


def cases_of(
    states: Sequence[State], backdrop: Backdrop, siblings: Mapping[int, list[State]] | None = None
) -> Iterator[DealCase]:
    """These deals as cases; without `siblings` no other deal is compared with them."""
    siblings = siblings or {}
    ids = [state.pk for state in states]
    touches, planned = _touches(states, backdrop)
    roles = _roles(states)
    took_part = {pk: {person for touch in found for person in touch.people} for pk, found in touches.items()}
    met = {contact for found in took_part.values() for contact in found}
    named = {one.contact_id for found in roles.values() for one in found}
    people = _people(met | named, backdrop)
    domains = _domains({state.account_id for state in states if state.account_id is not None})
    snoozed = _snoozed(ids, backdrop.as_of)
    known = _qualified(ids, backdrop)
    answered = _answered([pk for pk, told in known.items() if told["competitor"]], backdrop)
    ties = _senior_ties({state.account_id for state in states if state.account_id is not None}, backdrop.as_of)
    for state in states:
        yield DealCase(
            deal_id=state.pk,
            as_of=backdrop.as_of,
            name=state.name,
            is_closed=state.is_closed,
            is_won=state.is_won,
            stage=state.stage,
            pipeline=state.pipeline,
            amount=state.amount,
            currency=state.currency,
            base_amount=state.base_amount,
            close_date=state.close_date,
            created_on=state.created_on,
            next_step=state.next_step,
            forecast_category=state.forecast_category,
            probability=state.probability,
            owner_id=state.owner_id,
            owner=state.owner,
            is_owner_active=state.is_owner_active,
            account_id=state.account_id,
            account=state.account,
            account_domains=domains.get(state.account_id or 0, frozenset()),
            last_activity_on=state.last_activity_on,
            next_activity_on=state.next_activity_on,
            history=state.history,
            history_since=state.history_since,
            touches=tuple(touches.get(state.pk, ())),
            planned=tuple(planned.get(state.pk, ())),
            people=tuple(_people_of(roles.get(state.pk, ()), took_part.get(state.pk, set()), people)),
            twins=_twins(state, siblings),
            senior_ties=tuple(ties.get(state.account_id or 0, ())),
            **known.get(state.pk, {}),
            answered_on=answered.get(state.pk),
            stages=backdrop.stages_of(state.pipeline),
            peers=backdrop.peers_of(state),
            unknown=backdrop.unknown_of(state),
            snoozed=snoozed.get(state.pk, frozenset()),
        )


def _twins(state: State, siblings: Mapping[int, list[State]]) -> tuple[Twin, ...]:
    return tuple(
        Twin(deal_id=one.pk, name=one.name, base_amount=one.base_amount, close_date=one.close_date)
        for one in siblings.get(state.account_id or 0, ())
        if one.pk != state.pk
    )


# Contacts with the buying side


def _touches(states: Sequence[State], backdrop: Backdrop) -> tuple[dict[int, list[Touch]], dict[int, list[Touch]]]:
    """Deal → what was held by the end of the day, and what was planned then; each in order of time."""
    frame = backdrop.frame
    # A meeting ahead counts if it was known by then; for a day before the import, if the import told of it.
    known_by = {state.pk: max(frame.end, frame.calendar.end_of(state.first_seen_on)) for state in states}
    held: dict[int, list[Touch]] = {}
    planned: dict[int, list[Touch]] = {}
    for deal, touch, learnt_ahead_at, is_planned in _read_touches(states, backdrop):
        if learnt_ahead_at is not None:
            if learnt_ahead_at < known_by[deal]:
                planned.setdefault(deal, []).append(touch)
        elif not is_planned:
            held.setdefault(deal, []).append(touch)
    for touches in (*held.values(), *planned.values()):
        touches.sort(key=lambda touch: touch.on)
    return held, planned


def _read_touches(states: Sequence[State], backdrop: Backdrop) -> Iterator[tuple[int, Touch, datetime | None, bool]]:
    """(deal, touch, when it was learnt if it lies ahead of the day, whether it is a plan), each deal's own in order."""
    of_deals = Q(deal__in=[state.pk for state in states])
    yield from _touches_in(of_deals, backdrop.frame, lambda deal, _: deal)
    # What a file tells of an account alone belongs to its one open deal; with several nobody can tell whose it is.
    lone = {state.account_id or 0: state.pk for state in states if _is_lone(state, backdrop)}
    of_accounts = Q(deal=None, account__in=list(lone))
    yield from _touches_in(of_accounts, backdrop.frame, lambda _, account: lone[account]) if lone else ()


def _is_lone(state: State, backdrop: Backdrop) -> bool:
    return state.account_id is not None and backdrop.lone_deals.get(state.account_id) == state.pk


def _touches_in(
    wanted: Q, frame: Frame, deal_of: Callable[[int, int], int]
) -> Iterator[tuple[int, Touch, datetime | None, bool]]:
    ahead = When(happened_at__gte=frame.end, then="recorded_at")
    found = Activity.objects.filter(wanted, kind__in=sorted(KINDS)).exclude(happened_at=None)
    people = _participants(found)
    # The database turns moments into days: in its driver each costs as much as all else here.
    rows = found.annotate(
        on=TruncDate("happened_at", tzinfo=frame.calendar.zone), learnt_ahead_at=Case(ahead, default=None)
    ).values_list(
        "pk", "deal_id", "account_id", "kind", "direction", "subject", "status", "on", "learnt_ahead_at", "is_planned"
    )
    # By deal first: a sort of a few rows at a time stays in the database's memory.
    for pk, deal, account, kind, direction, subject, status, on, learnt_ahead_at, is_planned in rows.order_by(
        "deal_id", "happened_at", "pk"
    ):
        who = people.get(pk, ())
        if is_contact(kind, subject, status, len(who)):
            touch = Touch(
                activity_id=pk,
                on=on,
                kind=kind,
                direction=direction,
                people=who,
                subject=subject,
                is_reached=is_reached(kind, status),
            )
            yield deal_of(deal, account), touch, learnt_ahead_at, is_planned


def _participants(activities: QuerySet[Activity]) -> dict[int, tuple[int, ...]]:
    """Activity → the contacts who took part, each once; not asked by id: there are fifty per deal."""
    rows = Participant.objects.filter(activity__in=activities.order_by().values("pk")).order_by("pk")
    found: dict[int, tuple[int, ...]] = {}
    for activity, contact in rows.values_list("activity_id", "contact_id"):
        who = found.get(activity, ())
        if contact not in who:
            found[activity] = (*who, contact)
    return found


# People


def _roles(states: Sequence[State]) -> dict[int, list[_Named]]:
    rows = DealRole.objects.filter(deal__in=[state.pk for state in states]).order_by("pk")
    found: dict[int, list[_Named]] = {}
    for deal, contact, role, pk, is_confirmed in rows.values_list(
        "deal_id", "contact_id", "role", "pk", "is_confirmed"
    ):
        named = _Named(contact_id=contact, role=role, role_id=pk, is_confirmed=is_confirmed)
        found.setdefault(deal, []).append(named)
    for state in states:
        if state.roles_later:
            found[state.pk] = _as_then(found.get(state.pk, []), state)
    return found


def _as_then(named: Sequence[_Named], state: State) -> list[_Named]:
    """The people of the deal with later changes taken back; a part that is gone now has no row to point at."""
    now = {(one.contact_id, one.role): one for one in named}
    then = roles_at(now, state.roles_later)
    return [
        now.get(key) or _Named(contact_id=key[0], role=key[1], role_id=0, is_confirmed=False) for key in sorted(then)
    ]


def _people(contact_ids: Iterable[int], backdrop: Backdrop) -> dict[int, Person]:
    ids = sorted(contact_ids)
    gone_later = _told_later(ids, backdrop.frame.end)
    found: dict[int, Person] = {}
    for start in range(0, len(ids), 20_000):
        rows = Contact.objects.filter(pk__in=ids[start : start + 20_000])
        for pk, name, email, title, account, account_name, has_left, bounced in rows.values_list(
            "pk", "full_name", "email", "title", "account_id", "account__name", "has_left", "bounced"
        ):
            domain = email.rpartition("@")[2].lower()
            is_gone = (has_left or bool(bounced)) and pk not in gone_later
            found[pk] = Person(
                contact_id=pk,
                name=name or email,
                title=title,
                is_senior=is_senior(title),
                email_domain=domain,
                is_private_address=bool(domain) and is_free_mail(domain),
                account_id=account,
                account_name=account_name or "",
                has_left=is_gone,
                left_evidence=(f"contact:{pk}",) if is_gone else (),
            )
    return found


def _told_later(contact_ids: Sequence[int], end: datetime) -> set[int]:
    """People of whom it became known only after the day that they are gone."""
    later = FieldChange.objects.filter(contact__in=contact_ids, field__in=("bounced", "has_left"), happened_at__gte=end)
    return set(later.filter(Q(old="") | Q(old="False") | Q(old="false")).values_list("contact_id", flat=True))


def _people_of(named: Sequence[_Named], took_part: Collection[int], people: Mapping[int, Person]) -> Iterator[Person]:
    """Those the deal names, in order, then those who only took part."""
    by_contact: dict[int, list[_Named]] = {}
    for one in named:
        by_contact.setdefault(one.contact_id, []).append(one)
    for contact, roles in by_contact.items():
        if contact in people:
            yield replace(
                people[contact],
                is_named=True,
                is_confirmed=any(role.is_confirmed for role in roles),
                parts=parts_of(role.role for role in roles),
                role_ids=tuple(role.role_id for role in roles if role.role_id),
            )
    yield from (people[contact] for contact in sorted(took_part) if contact not in by_contact and contact in people)


def _domains(account_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Account → its own domains and those of its parent."""
    accounts: list[tuple[Any, ...]] = list(
        Account.objects.filter(pk__in=account_ids).values_list("pk", "domain", "parent_id", "parent__domain")
    )
    wanted = {pk for pk, *_ in accounts} | {parent for _, _, parent, _ in accounts if parent}
    listed: dict[int, set[str]] = {}
    for account, domain in AccountDomain.objects.filter(account__in=wanted).values_list("account_id", "domain"):
        listed.setdefault(account, set()).add(domain.lower())
    return {
        pk: frozenset(
            {domain.lower(), (above or "").lower()} - {""} | listed.get(pk, set()) | listed.get(parent, set())
        )
        for pk, domain, parent, above in accounts
    }


def _qualified(deal_ids: Sequence[int], backdrop: Backdrop) -> dict[int, dict[str, Any]]:
    """Deal → what people stand for by then: qualification by item and the competitor; nothing where nobody looked."""
    end = backdrop.frame.end
    rows = Qualification.objects.filter(deal__in=deal_ids, created_at__lt=end).order_by("pk")
    found: dict[int, dict[str, Any]] = {}
    for deal, element, level, value, created_at in rows.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gte=end)
    ).values_list("deal_id", "element", "level", "value", "created_at"):
        known = found.setdefault(deal, {"qualification": {}, "competitor": "", "competitor_on": None})
        held = known["qualification"].get(element, "empty")
        known["qualification"][element] = max(held, level, key=lambda one: WORTH[one])
        if element == "competition":
            known |= {"competitor": value, "competitor_on": backdrop.frame.calendar.day(created_at)}
    return found


def _answered(deal_ids: Sequence[int], backdrop: Backdrop) -> dict[int, date]:
    """Deal → the latest day on which something of ours, written or noted, named what sets us apart."""
    named = Q()
    for words in backdrop.settings.strengths:
        named |= Q(subject__icontains=words) | Q(body__icontains=words)
    if not (named and deal_ids):
        return {}
    frame = backdrop.frame
    ours = Activity.objects.filter(named, deal__in=deal_ids, happened_at__lt=frame.end, is_planned=False)
    rows = (
        ours.exclude(direction=Activity.Direction.INBOUND).order_by("happened_at").values_list("deal_id", "happened_at")
    )
    return {deal: frame.calendar.day(at) for deal, at in rows if deal and at}


def _senior_ties(account_ids: Collection[int], as_of: date) -> dict[int, list[Tie]]:
    """Account → colleagues who know somebody senior there (strength 40 and up) and share it, the strongest first."""
    begun = Q(first_on__lte=as_of) | Q(declared_on__lte=as_of)
    shared = Relationship.objects.shared().filter(begun, contact__account__in=account_ids, strength__gte=KNOWN_WELL)
    found: dict[int, list[Tie]] = {}
    for account, contact, name, title, colleague in (
        shared.filter(contact__has_left=False)
        .order_by("-strength", "pk")
        .values_list("contact__account_id", "contact_id", "contact__full_name", "contact__title", "colleague__name")
    ):
        if name and is_senior(title):
            found.setdefault(account, []).append(Tie(colleague=colleague, contact_id=contact, name=name, title=title))
    return found


def _snoozed(deal_ids: Sequence[int], as_of: date) -> dict[int, frozenset[str]]:
    rows = Snooze.objects.filter(
        Q(ended_at=None) | Q(ended_at__date__gt=as_of),
        deal__in=deal_ids,
        kind=Snooze.Kind.SNOOZED,
        since__lte=as_of,
        until__gt=as_of,
    )
    found: dict[int, set[str]] = {}
    for deal, code in rows.values_list("deal_id", "code"):
        found.setdefault(deal, set()).add(code)
    return {deal: frozenset(codes) for deal, codes in found.items()}
