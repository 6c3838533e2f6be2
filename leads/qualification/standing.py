"""How a lead stands after a decision: grade, heat, what happens next, who has it and until when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.utils.crypto import salted_hmac

from deals.models import Account, Contact
from governance.models import Organisation
from leads import profile_versions
from leads.models import Lead, LeadLink
from leads.qualification.profile import GRADES, Profile
from leads.qualification.surroundings import seats
from leads.routing import Claims, Handling, Seat, choose, due, handling
from pipeline import bulk
from pipeline.models import Decision, Dossier

_OF_QUEUE = {
    "owner": Lead.Status.OWNER,
    "path": Lead.Status.PATH,
    "review": Lead.Status.REVIEW,
    "nurture": Lead.Status.NURTURE,
    "none": Lead.Status.NONE,
}


def stand(decisions: Sequence[Decision], now: datetime) -> None:
    """Write how the decided leads stand. What sales did with a lead (accepted, handed back, converted) stays."""
    told = {one.subject.object_id: one for one in decisions if one.label != "same"}
    lead_of = _leads_of(told)
    leads = _placed(set(lead_of.values()))
    _, profile = profile_versions.current(now)
    desk = _Desk(profile, now)
    kept = _kept(told.values())
    twins = _leads_of({kept[pk]["twin"] for pk in told if kept.get(pk, {}).get("twin")})
    found = {pk: kept[pk].get("facts", {}) for pk in told if kept.get(pk)}
    contacts = _present(Contact, (facts.get("contact") for facts in found.values()))
    accounts = _present(Account, (facts.get("account") for facts in found.values()))
    changed = []
    for record in sorted(lead_of):
        lead, evidence = leads.get(lead_of[record]), kept.get(record)
        if lead is None or not evidence or _leading(lead, record) != record:
            continue
        facts = evidence.get("facts", {})
        lead.contact_id = facts.get("contact") if facts.get("contact") in contacts else lead.contact_id
        lead.account_id = facts.get("account") if facts.get("account") in accounts else lead.account_id
        lead.twin_id = twins.get(evidence.get("twin") or 0)
        desk.place(lead, told[record], evidence)
        changed.append(lead)
    bulk.rewrite(Lead, Lead.STANDING, map(attrgetter(*_ATTRIBUTES, "pk"), changed))


@dataclass(slots=True)
class Place:
    """How a lead stands, column by column as they are read: of sixty, a qualification reads and writes a third."""

    pk: int
    record_count: int
    status: str
    grade: str
    fit_low: int | None
    fit_high: int | None
    coverage: int | None
    is_provisional: bool
    disqualifier: str
    why: str
    heat: float
    band: str
    heat_on: date | None
    drops_on: date | None
    drops_to: str
    is_holdout: bool
    owner_id: int | None
    owner_why: str
    due_at: datetime | None
    qualified_at: datetime | None
    contact_id: int | None
    account_id: int | None
    twin_id: int | None
    decision_id: int | None


_FIELDS: list[Any] = [Lead._meta.get_field(name) for name in Lead.STANDING]
_ATTRIBUTES = tuple(field.attname for field in _FIELDS)


def _placed(ids: Collection[int]) -> dict[int, Place]:
    columns = ("pk", "record_count", *_ATTRIBUTES)
    rows = Lead.objects.filter(is_current=True, pk__among=ids).values_list(*columns)
    return {row[0]: Place(*row) for row in rows}


def _leading(lead: Place, record: int) -> int:
    """The record whose decision speaks for a lead of several: its oldest."""
    if lead.record_count <= 1:
        return record
    links = LeadLink.objects.filter(lead=lead.pk, closed_at=None).order_by("record_id")
    return links.values_list("record_id", flat=True)[0]


class _Desk:
    """Hands leads out one by one, so that each sees the room the one before left."""

    def __init__(self, profile: Profile, now: datetime) -> None:
        self._profile, self._now = profile, now
        self._zone = Organisation.current().zone
        self._due: dict[int, datetime] = {}
        self._seats = {one: [held, capacity] for one, (held, capacity) in seats().items()}

    def place(self, lead: Place, decision: Decision, evidence: Mapping[str, Any]) -> None:
        """Set the lead's standing from a decision and what it rests on."""
        found = evidence["assessment"]
        lead.fit_low, lead.fit_high, lead.coverage = found["low"], found["high"], found["coverage"]
        _warm(lead, found["heat"], evidence["as_of"])
        is_by_person = decision.by_id is not None
        lead.grade = decision.label if decision.label in GRADES else found["grade"]
        lead.is_provisional = found["is_provisional"] and not is_by_person
        lead.decision_id = decision.pk
        lead.qualified_at = self._now
        against = found["against"]
        hard = next((one for one in against if one["is_hard"]), None)
        lead.disqualifier = ""
        lead.is_holdout = False
        if decision.label == "disqualified":
            lead.grade = ""
            lead.disqualifier = hard["code"] if hard else "person"
            lead.why = (hard["because"] if hard else "A person ruled it out")[:255]
            self._settle(lead, Lead.Status.DISQUALIFIED, None, evidence)
            return
        lead.why = (against[0]["because"] if against else _summary(found))[:255]
        if decision.label == "unsure":
            self._settle(lead, Lead.Status.REVIEW, None, evidence)
            return
        lead.is_holdout = lead.grade == "C" and is_held_out(decision.subject.object_id, self._profile)
        what = handling(lead.grade, lead.band, self._profile, is_holdout=lead.is_holdout)
        self._settle(lead, _OF_QUEUE[what.queue], what, evidence)

    def _settle(self, lead: Place, status: str, what: Handling | None, evidence: Mapping[str, Any]) -> None:
        if lead.status in Lead.SETTLED:
            return
        was_open = lead.status in (Lead.Status.OWNER, Lead.Status.PATH)
        lead.status = status
        if status not in (Lead.Status.OWNER, Lead.Status.PATH):
            lead.due_at = None
            claims = _claims(evidence)
            if status == Lead.Status.DISQUALIFIED and claims.open_deal:
                lead.owner_id, lead.owner_why = claims.open_deal, "owns the open deal or the account"
            return
        if not (was_open and lead.owner_id):
            self._give(lead, evidence)
        if what is not None and what.hours is not None and not (was_open and lead.due_at):
            lead.due_at = self._due_in(what.hours)

    def _due_in(self, hours: int) -> datetime:
        if hours not in self._due:
            self._due[hours] = due(self._now, hours, self._zone)
        return self._due[hours]

    def _give(self, lead: Place, evidence: Mapping[str, Any]) -> None:
        room = [Seat(colleague=one, held=held, capacity=most) for one, (held, most) in self._seats.items()]
        claims = _claims(evidence)
        if lead.owner_id and not (claims.named or claims.open_deal):
            # Somebody has it in its own system already: a turn of the round-robin would take it away from them.
            claims = Claims(strongest=claims.strongest, territory=claims.territory or lead.owner_id)
        choice = choose(claims, room, self._profile)
        if choice.colleague is not None:
            lead.owner_id, lead.owner_why = choice.colleague, choice.because
            if choice.colleague in self._seats:
                self._seats[choice.colleague][0] += 1
        elif not lead.owner_id:
            lead.owner_why = choice.because


def is_held_out(record_id: int, profile: Profile) -> bool:
    """Whether a C lead is worked all the same: drawn by the installation's key, for the same lead always alike."""
    drawn = salted_hmac("leads.holdout", str(record_id), algorithm="sha256").digest()
    return int.from_bytes(drawn[:8], "big") / 2**64 < profile.holdout_percent / 100


def _warm(lead: Place, found: Mapping[str, Any], as_of: str) -> None:
    lead.heat, lead.band = found["points"], found["band"]
    lead.heat_on = date.fromisoformat(as_of)
    lead.drops_on = date.fromisoformat(found["drops_on"]) if found["drops_on"] else None
    lead.drops_to = found["drops_to"]


def _claims(evidence: Mapping[str, Any]) -> Claims:
    said = evidence.get("facts", {}).get("claims", {})
    strongest = said.get("strongest")
    return Claims(
        named=said.get("named"), open_deal=said.get("open_deal"), territory=said.get("territory"),
        strongest=(strongest[0], strongest[1]) if strongest else None,
    )  # fmt: skip


def _summary(found: Mapping[str, Any]) -> str:
    """The two criteria that gave most, and what is open."""
    best = sorted(found["lines"], key=lambda line: -line["earned"])[:2]
    open_ = [line["criterion"] for line in found["lines"] if line["unknown"] > 0]
    earned = "; ".join(line["because"] for line in best if line["earned"])
    return earned + (f"; not known: {', '.join(open_)}" if open_ else "")


def _kept(decisions: Iterable[Decision]) -> dict[int, Mapping[str, Any]]:
    """Record → what its decision rests on: its own evidence, else the case as it was put to a model or a person."""
    found: dict[int, Mapping[str, Any]] = {}
    waiting = []
    for one in decisions:
        if "assessment" in one.evidence:
            found[one.subject.object_id] = one.evidence
        elif one.dossier_id:
            waiting.append(one)
    cases = dict(Dossier.objects.filter(pk__in=[one.dossier_id for one in waiting]).values_list("id", "case"))
    for one in waiting:
        case = cases[one.dossier_id or 0]
        if "assessment" in case.get("context", {}):
            found[one.subject.object_id] = {**case["context"], "facts": case["values"]["facts"]}
    return found


def _leads_of(records: Collection[int]) -> dict[int, int]:
    links = LeadLink.objects.filter(record__among=records, closed_at=None)
    return dict(links.values_list("record_id", "lead_id"))


def _present(model: Any, ids: Iterable[int | None]) -> set[int]:
    """Of these ids those that still are: an erased contact must not be pointed at."""
    return set(model.objects.filter(pk__in={one for one in ids if one}).values_list("pk", flat=True))
