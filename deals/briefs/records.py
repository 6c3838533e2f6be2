"""The database side of briefs: deals with their records to cases, decisions to briefs and suggestions."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from deals.briefs.evidence import CORRECTION, Evidence, evidence, to_json
from deals.briefs.rendering import day, money
from deals.briefs.standing import findings_of
from deals.imports.formats.message_head import without_head
from deals.models import (
    Account,
    AccountLink,
    Activity,
    Assessment,
    Brief,
    Contact,
    ContactLink,
    Deal,
    DealLink,
    DealRole,
    Participant,
    Sentence,
    SentenceMark,
    Suggestion,
)
from deals.signals.registry import BY_CODE
from pipeline.matching.single import folded
from pipeline.models import Decision
from pipeline.pipeline import Case

NAME = "brief-deals"
CLEARED = "cleared"
MOST_ACTIVITIES = 24
MOST_PEOPLE = 12
MOST_CORRECTIONS = 5
_CHUNK = 500


def load_cases(object_ids: Collection[int] | None = None) -> list[Case]:
    """All current deals (or those named) as cases; only open ones with their records."""
    deals = Deal.objects.filter(is_current=True).order_by("id")
    if object_ids is not None:
        deals = deals.filter(id__in=list(object_ids))
    closed = [
        Case(object_id=pk, values={"is_closed": True})
        for pk in deals.filter(is_closed=True).values_list("pk", flat=True)
    ]
    open_ids = list(deals.filter(is_closed=False).values_list("pk", flat=True))
    loaded = [
        case for start in range(0, len(open_ids), _CHUNK) for case in _open_cases(open_ids[start : start + _CHUNK])
    ]
    return sorted([*closed, *loaded], key=lambda case: case.object_id)


def _open_cases(deal_ids: Sequence[int]) -> list[Case]:
    deals = Deal.objects.filter(pk__in=deal_ids).select_related("account", "owner").order_by("pk")
    written = _activities(deal_ids)
    with_text = [pk for pk in deal_ids if written[pk]]
    people = _people(with_text, written)
    names = _names_in([one.pk for group in written.values() for one in group])
    origins = _Origins(deals, people)
    found = findings_of(deal_ids)
    cleared = _cleared(deal_ids)
    corrections = _corrections(deal_ids)
    righted = _righted(deal_ids)
    lessons = _lessons()
    amounts = _amounts(deal_ids)
    cases = []
    for deal in deals:
        values: dict[str, Any] = {"is_closed": False, "name": deal.name}
        # Where nobody wrote a word there is nothing to read: the records need not be gathered.
        if written[deal.pk]:
            values |= _parts(deal, written[deal.pk], people[deal.pk], names, origins)
            values |= _standing(deal.pk, found)
            values |= {"cleared": sorted(cleared[deal.pk]), "corrections": corrections[deal.pk]}
            values["activities"] = [*values["activities"], *to_json(righted[deal.pk])]
        cases.append(
            Case(
                object_id=deal.pk,
                values={name: value for name, value in values.items() if value not in ([], ())},
                is_sample=origins.is_sample(deal, written[deal.pk], people[deal.pk]),
                context={
                    "base_amount": amounts.get(deal.pk),
                    "lessons": [text for pk, text in lessons if pk != deal.pk][:MOST_CORRECTIONS],
                },
            )
        )
    return cases


def _amounts(deal_ids: Sequence[int]) -> dict[int, float | None]:
    """What deals are worth in the organisation's currency, as assessed last."""
    assessed = Assessment.objects.filter(deal__in=deal_ids, is_latest=True)
    return dict(assessed.values_list("deal", "base_amount"))


# Evidence


def _activities(deal_ids: Sequence[int]) -> dict[int, list[Activity]]:
    """The newest activities of each deal in which somebody wrote something, newest first."""
    newest = Window(
        RowNumber(), partition_by=F("deal"), order_by=[F("happened_at").desc(nulls_last=True), F("id").desc()]
    )
    found = (
        Activity.objects.filter(deal__in=deal_ids)
        .exclude(body="")
        .annotate(place=newest)
        .filter(place__lte=MOST_ACTIVITIES)
        .select_related("owner", "record__source")
        .order_by("deal", "place")
    )
    grouped: dict[int, list[Activity]] = defaultdict(list)
    for activity in found:
        grouped[activity.deal_id or 0].append(activity)
    return grouped


def _people(deal_ids: Sequence[int], written: Mapping[int, Sequence[Activity]]) -> dict[int, list[Contact]]:
    """Who plays a part in a deal or took part in what happened, those with a part first."""
    grouped: dict[int, dict[int, Contact]] = defaultdict(dict)
    for role in DealRole.objects.filter(deal__in=deal_ids).select_related("contact").order_by("-is_confirmed", "id"):
        grouped[role.deal_id].setdefault(role.contact_id, role.contact)
    activities = {one.pk: pk for pk in deal_ids for one in written[pk]}
    for part in _participants(activities):
        grouped[activities[part.activity_id]].setdefault(part.contact_id, part.contact)
    return defaultdict(list, {pk: list(people.values())[:MOST_PEOPLE] for pk, people in grouped.items()})


def _participants(activity_ids: Collection[int]) -> QuerySet[Participant]:
    return Participant.objects.filter(activity__in=list(activity_ids)).select_related("contact").order_by("id")


class _Origins:
    """The imported record that stands for each account, contact and deal: the newest one linked to it."""

    def __init__(self, deals: Iterable[Deal], people: Mapping[int, Sequence[Contact]]) -> None:
        contacts = {one.pk for group in people.values() for one in group}
        self._deal = _newest(DealLink, "deal", [deal.pk for deal in deals])
        self._account = _newest(AccountLink, "account", [deal.account_id for deal in deals if deal.account_id])
        self._contact = _newest(ContactLink, "contact", contacts)

    def of(self, entity: Deal | Account | Contact) -> tuple[int | None, str]:
        """(record id, source's name)."""
        table = {Deal: self._deal, Account: self._account, Contact: self._contact}[type(entity)]
        record, source, _ = table.get(entity.pk, (None, "", True))
        return record, source

    def is_sample(self, deal: Deal, written: Sequence[Activity], people: Sequence[Contact]) -> bool:
        """Whether all that would be shown to a model is invented."""
        found = [self._deal.get(deal.pk), *(self._contact.get(one.pk) for one in people)]
        found += [self._account.get(deal.account_id)] if deal.account_id else []
        return all(one is not None and one[2] for one in found) and all(a.record.source.is_sample for a in written)


def _newest(link: Any, name: str, pks: Collection[int]) -> dict[int, tuple[int | None, str, bool]]:
    rows = link.objects.filter(**{f"{name}__in": list(pks)}, closed_at=None, record__is_withdrawn=False)
    columns = (f"{name}_id", "record_id", "record__source__name", "record__source__is_sample")
    found: dict[int, tuple[int | None, str, bool]] = {}
    for pk, record, source, is_sample in rows.order_by("record__recorded_at", "record_id").values_list(*columns):
        was_sample = found[pk][2] if pk in found else True
        found[pk] = (record, source, was_sample and is_sample)
    return found


def _parts(
    deal: Deal,
    written: Sequence[Activity],
    people: Sequence[Contact],
    names: Mapping[int, Sequence[str]],
    origins: _Origins,
) -> dict[str, Any]:
    return {
        "deal": to_json([_deal(deal, *origins.of(deal))]),
        "account": to_json([_account(deal.account, *origins.of(deal.account))] if deal.account else []),
        "contacts": to_json([_contact(i, one, *origins.of(one)) for i, one in enumerate(people, 1)]),
        "activities": to_json([_activity(i, one, names[one.pk]) for i, one in enumerate(written, 1)]),
    }


def _deal(deal: Deal, record: int | None, source: str) -> Evidence:
    return evidence(
        "deal",
        1,
        deal.pk,
        record,
        source,
        name=deal.name,
        stage=deal.stage,
        amount=money(deal.amount, deal.currency) if deal.amount is not None else "",
        close_date=day(deal.close_date) if deal.close_date else "",
        created_on=day(deal.created_on) if deal.created_on else "",
        next_step=deal.next_step,
        forecast_category=deal.forecast_category,
        product=deal.product,
        owner=str(deal.owner or ""),
    )


def _account(account: Account, record: int | None, source: str) -> Evidence:
    place = {"city": account.city, "country": account.country, "industry": account.industry}
    size = f"{account.employees:,}" if account.employees else ""
    return evidence("account", 1, account.pk, record, source, name=account.name, employees=size, **place)


def _contact(number: int, contact: Contact, record: int | None, source: str) -> Evidence:
    reach = {"email": contact.email, "phone": contact.mobile or contact.phone}
    return evidence("contact", number, contact.pk, record, source, name=contact.full_name, title=contact.title, **reach)


def _activity(number: int, activity: Activity, people: Sequence[str]) -> Evidence:
    owner = str(activity.owner or "")
    is_theirs = activity.direction == Activity.Direction.INBOUND
    author = people[0] if is_theirs and people else (owner if activity.direction else "")
    return evidence(
        activity.kind,
        number,
        activity.pk,
        activity.record_id,
        activity.record.source.name,
        on=day(activity.happened_at) if activity.happened_at else "",
        subject=activity.subject,
        text=without_head(activity.body),
        people=", ".join(people[:6]),
        **{"from": author},
    )


def _names_in(activity_ids: Collection[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    for part in _participants(activity_ids):
        names[part.activity_id].append(part.contact.full_name)
    return names


def _standing(deal_id: int, found: Mapping[int, Sequence[Any]]) -> dict[str, Any]:
    """What fired, as far as it changes what has to be said: the days since do not."""
    findings = found.get(deal_id, ())
    return {
        "state": [f"{one.code}:{int(one.severity)}" for one in findings],
        "signals": [BY_CODE[one.code].title for one in findings if one.code in BY_CODE],
    }


# What people said


def _cleared(deal_ids: Collection[int]) -> dict[int, set[str]]:
    """Keys of records that read like orders and that a person called harmless."""
    said = Decision.objects.filter(subject__pipeline=NAME, subject__object_id__in=deal_ids, label=CLEARED)
    cleared: dict[int, set[str]] = defaultdict(set)
    for pk, kept in said.exclude(by=None).values_list("subject__object_id", "evidence"):
        cleared[pk].update(kept.get("orders") or ())
    return cleared


def _corrections(deal_ids: Collection[int]) -> dict[int, list[dict[str, str]]]:
    marks = _disputed().filter(sentence__brief__deal__in=deal_ids)
    grouped: dict[int, list[dict[str, str]]] = defaultdict(list)
    for pk, said, mark, right in marks.values_list("sentence__brief__deal", "sentence__text", "mark", "correction"):
        if len(grouped[pk]) < MOST_CORRECTIONS:
            grouped[pk].append({"said": said[:200], "mark": mark, "right": right})
    return grouped


def _righted(deal_ids: Collection[int]) -> dict[int, list[Evidence]]:
    """What people said is right instead, as records that a statement may cite."""
    marks = _disputed().filter(sentence__brief__deal__in=deal_ids).exclude(correction="").select_related("by")
    grouped: dict[int, list[Evidence]] = defaultdict(list)
    for mark in marks.annotate(deal=F("sentence__brief__deal")):
        told = grouped[mark.deal]
        if len(told) < MOST_CORRECTIONS:
            author = mark.by.get_full_name() or mark.by.get_username()
            said = {"on": day(mark.created_at), "from": author}
            told.append(
                evidence(CORRECTION, len(told) + 1, mark.pk, record_id=None, source="", text=mark.correction, **said)
            )
    return grouped


def _lessons() -> list[tuple[int, str]]:
    """(deal, what a person said about a sentence there), newest first; without what is a fact of that deal."""
    marks = _disputed().values_list("sentence__brief__deal", "sentence__template", "mark")[: 2 * MOST_CORRECTIONS]
    return [(pk, f"{mark}: {template}"[:200]) for pk, template, mark in marks]


def _disputed() -> QuerySet[SentenceMark]:
    disputed = (SentenceMark.Mark.GENERIC, SentenceMark.Mark.WRONG)
    return SentenceMark.objects.filter(withdrawn_at=None, mark__in=disputed).order_by("-id")


# What follows from decisions


def store(decisions: Sequence[Decision], now: datetime) -> None:
    """Briefs and suggestions as the decisions say; a brief stays in view until another takes its place."""
    deals = {one.subject.object_id: one for one in decisions}
    known = set(Deal.objects.filter(pk__in=list(deals)).values_list("pk", flat=True))
    standing = [one for pk, one in deals.items() if pk in known]
    _retire(standing)
    written = [one for one in standing if one.label == "brief"]
    Brief.objects.filter(deal__in=[one.subject.object_id for one in written], is_current=True).update(is_current=False)
    for decision in written:
        _write(decision, now)
    _suggest([one for one in standing if one.label in ("brief", "found", "absent")], now)


def _retire(decisions: Sequence[Decision]) -> None:
    """A brief that a person refused, or whose release was taken back, is no longer shown."""
    refused = [one.subject.object_id for one in decisions if one.by_id and one.label == "none"]
    undone = [one.supersedes_id for one in decisions if one.path and one.path[-1].get("outcome") == "taken_back"]
    Brief.objects.filter(deal__in=refused).update(is_current=False)
    Brief.objects.filter(decision__in=undone).update(is_current=False)


def _write(decision: Decision, now: datetime) -> None:
    said = decision.evidence
    brief = Brief.objects.create(
        deal_id=decision.subject.object_id,
        decision=decision,
        written_at=now,
        removed=said.get("removed", 0),
        **_author(decision, "write-brief"),
    )
    Sentence.objects.bulk_create(
        Sentence(brief=brief, position=i, **claim) for i, claim in enumerate(said.get("claims", ()), 1)
    )


def _suggest(decisions: Sequence[Decision], now: datetime) -> None:
    bulk_of = [
        Suggestion(
            deal_id=decision.subject.object_id,
            fingerprint=fingerprint(one["element"], one["value"]),
            decision=decision,
            created_at=now,
            **one,
            **_author(decision, "find-qualification"),
        )
        for decision in decisions
        for one in decision.evidence.get("suggestions", ())
    ]
    # What was proposed before keeps its answer.
    Suggestion.objects.bulk_create(bulk_of, ignore_conflicts=True, batch_size=_CHUNK)


def fingerprint(element: str, value: str) -> str:
    """32 hex digits that are the same for the same thing said in other letters."""
    return hashlib.blake2b(f"{element}\x1f{folded(value)}".encode(), digest_size=16).hexdigest()


def _author(decision: Decision, layer: str) -> dict[str, Any]:
    passage: dict[str, Any] = next((one for one in decision.path if one.get("layer") == layer and one.get("model")), {})
    return {"model": str(passage.get("model", ""))[:200], "is_practice": bool(passage.get("is_practice"))}


def deal_url(deal_id: int) -> str:
    return f"{reverse('admin:deals_deal_change', args=[deal_id])}#brief"
