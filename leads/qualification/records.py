"""The qualification's database side: records to cases, decisions to leads that are graded, routed and joined."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from governance.models import Organisation
from leads import profile_versions
from leads.models import Lead, LeadEvent, LeadLink, Lift, Reading
from leads.qualification.case import ASKED, as_held, values_of
from leads.qualification.profile import Profile, to_json
from leads.qualification.standing import stand
from leads.qualification.surroundings import Surroundings
from leads.values import recompute, repoint
from pipeline.linking import Linkage, Move
from pipeline.linking import apply as link_records
from pipeline.matching.single import folded
from pipeline.models import Decision, ImportFile, Record
from pipeline.people import names_of
from pipeline.pipeline import Case

KIND = "lead"
NAME = "qualify-leads"
LINKAGE = Linkage(
    pipeline=NAME, entity=Lead, link=LeadLink, field="lead", recompute=recompute, repoint=repoint,
)  # fmt: skip
_MISS_DAYS = 90


def load_cases(object_ids: Collection[int] | None = None, as_of: date | None = None) -> list[Case]:
    """All lead records (or those named) as cases, oldest first, under the profile in force now; by default as of today
    in the organisation's zone."""
    now = timezone.now()
    version, profile = profile_versions.current(now)
    return cases_under(profile, version.number, as_of or Organisation.current().day(now), object_ids)


def cases_under(
    profile: Profile,
    version: int,
    as_of: date,
    object_ids: Collection[int] | None = None,
) -> list[Case]:
    """The lead records as cases under any profile and on any day."""
    records = Record.objects.filter(kind=KIND, is_withdrawn=False).order_by("id")
    if object_ids is not None:
        records = records.filter(id__in=list(object_ids))
    rows = list(records.values_list("id", "key", "values", "source__name", "source__is_sample", "recorded_at"))
    lead_of = dict(LeadLink.objects.filter(closed_at=None).values_list("record_id", "lead_id"))
    size = dict(Lead.objects.filter(record_count__gt=1).values_list("id", "record_count"))
    around = Surroundings(as_of=as_of, profile=profile)
    told = _Told(as_of)
    said = cells_of(profile)
    shared = to_json(profile)
    cases = []
    for pk, key, raw, source, is_sample, recorded_at in rows:
        lead = lead_of.get(pk)
        if lead is None:
            # Its lead was deleted; the row of the file is all that is left of it.
            continue
        given, family = names_of(raw)
        values = values_of(raw, given, family)
        held = told.held(lead)
        facts = around.of(as_held(values, held.get("held", {})))
        facts["events"] = told.events(lead)
        facts["lifted"] = told.lifted(lead)
        if pk in said:
            facts["told"] = said[pk]
        values |= {"facts": facts, "profile": version, **held}
        context = {
            "as_of": as_of.isoformat(),
            "profile": shared,
            "recorded_at": recorded_at.isoformat(),
            "has_id": not key.startswith(("row:", "name:")),
        }
        cases.append(
            Case(
                object_id=pk, values=values, source=source, group=lead, group_size=size.get(lead, 1),
                is_sample=is_sample, context=context,
            )
        )  # fmt: skip
    _add_engagements(cases, around)
    _add_readings(cases)
    return cases


def cells_of(profile: Profile) -> dict[int, dict[str, str]]:
    """Record → cells of its row that a learned rule looks at, by the head of their column; nothing without rules."""
    wanted = {rule.column.casefold() for rule in profile.learned}
    if not wanted:
        return {}
    rows = Record.objects.filter(kind=KIND, is_withdrawn=False).values_list("id", "row__file_id", "row__cells")
    heads = dict(ImportFile.objects.values_list("id", "header"))
    places = {file: [(place, name.casefold()) for place, name in enumerate(header) if name.casefold() in wanted]
              for file, header in heads.items()}  # fmt: skip
    found = {}
    for pk, file, cells in rows.iterator(chunk_size=10_000):
        told = {name: cells[place] for place, name in places.get(file, ()) if place < len(cells) and cells[place]}
        if told:
            found[pk] = told
    return found


class _Told:
    """What was told of leads beside their records: events, reasons set aside, values people hold."""

    def __init__(self, as_of: date) -> None:
        zone = Organisation.current().zone
        self._events: dict[int, list[list[str]]] = {}
        rows = LeadEvent.objects.exclude(record__is_withdrawn=True).order_by("happened_at", "id")
        for lead, kind, at, detail in rows.values_list("lead_id", "kind", "happened_at", "detail"):
            day = at.astimezone(zone).date().isoformat()
            self._events.setdefault(lead, []).append([kind, day, detail[:120]])
        self._lifted: dict[int, list[str]] = {}
        open_lifts = Lift.objects.filter(Q(until=None) | Q(until__gte=as_of), withdrawn_at=None).order_by("code")
        for lead, code in open_lifts.values_list("lead_id", "code"):
            self._lifted.setdefault(lead, []).append(code)
        self._held = dict(Lead.objects.exclude(held={}).values_list("id", "held"))

    def events(self, lead: int | None) -> list[list[str]]:
        return self._events.get(lead or 0, [])

    def lifted(self, lead: int | None) -> list[str]:
        return self._lifted.get(lead or 0, [])

    def held(self, lead: int | None) -> dict[str, Any]:
        held = self._held.get(lead or 0)
        return {"held": {name: one["value"] for name, one in held.items()}} if held else {}


def _add_engagements(cases: Iterable[Case], around: Surroundings) -> None:
    """What the CRM's own activities say a lead's contact did."""
    by_contact: dict[int, list[Any]] = {}
    for case in cases:
        if contact := case.values["facts"].get("contact"):
            by_contact.setdefault(contact, []).append(case.values["facts"])
    for contact, events in around.engagements(by_contact).items():
        for facts in by_contact[contact]:
            facts["events"] = [*facts["events"], *map(list, events)]


def text_key(kind: str, values: Mapping[str, Any]) -> str:
    """What a reading is kept under: a hash of exactly the texts that were read."""
    fields = ("title", "department") if kind == Reading.Kind.FUNCTION else ("title",)
    text = "\x1f".join(folded(str(values.get(name) or "")) for name in (ASKED if kind == "industry" else fields))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _add_readings(cases: Iterable[Case]) -> None:
    since = timezone.now().timestamp() - _MISS_DAYS * 86_400
    known: dict[tuple[str, str, bool], tuple[str, float]] = {
        (kind, key, is_sample): (value, read_at.timestamp())
        for kind, key, is_sample, value, read_at in Reading.objects.values_list(
            "kind", "key", "is_sample", "value", "read_at"
        )
    }
    if not known:
        return
    for case in cases:
        readings, misses = {}, []
        for kind in Reading.Kind.values:
            found = known.get((kind, text_key(kind, case.values), case.is_sample))
            if found and found[0]:
                readings[kind] = found[0]
            elif found and found[1] >= since:
                misses.append(kind)
        if readings or misses:
            case.context.update(readings=readings, misses=misses)  # type: ignore[attr-defined]


def apply(decisions: Sequence[Decision], now: datetime) -> list[Move]:
    """Bring leads in line with the decisions: join records, keep what was read, grade and route."""
    moves = link_records(LINKAGE, decisions, now)
    _keep_readings(decisions, now)
    stand(decisions, now)
    return moves


def _keep_readings(decisions: Sequence[Decision], now: datetime) -> None:
    new: dict[tuple[str, str, bool], Reading] = {}
    read = [one for one in decisions if one.evidence.get("readings") and one.by_id is None]
    records = Record.objects.select_related("source").in_bulk([one.subject.object_id for one in read])
    for decision in read:
        record = records.get(decision.subject.object_id)
        if record is None:
            continue
        for kind, one in decision.evidence["readings"].items():
            key = (kind, text_key(kind, record.values), record.source.is_sample)
            new[key] = Reading(
                kind=kind, key=key[1], is_sample=key[2], value=one["value"][:120], quote=one["quote"][:200],
                decision=decision, read_at=now,
            )  # fmt: skip
    Reading.objects.bulk_create(
        new.values(), update_conflicts=True, unique_fields=["kind", "key", "is_sample"],
        update_fields=["value", "quote", "decision", "read_at"],
    )  # fmt: skip
