"""Erases a person on request: every copy of what is known of them, with a count of what went as proof.

The ledgers keep that something was decided and what it cost; they no longer say about whom. Uploaded files that held
the person are removed whole, as their other rows stand in the database.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from deals.models import Activity, Contact, ContactLink, FieldChange
from governance.models import Exchange
from leads import suppression
from leads.models import Erasure, Lead, LeadEvent, LeadLink, SuppressionKey
from pipeline.models import Answer, Decision, Dossier, FilePart, Record, Row, Subject, Version

ERASED = "erased"
_PIPELINES = {"lead": "qualify-leads", "contact": "match-contacts"}
_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class Traces:
    """Everything that is kept of a person: leads, contacts, and the records they come from."""

    leads: tuple[int, ...]
    contacts: tuple[int, ...]
    records: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.leads or self.contacts or self.records)


def traces(text: str) -> Traces:
    """What is kept of the person with this e-mail address, phone number or profile address."""
    kind = "email" if "@" in text else "profile" if "/" in text else "phone"
    value = suppression.normalised(kind, text)
    if not value:
        return Traces(leads=(), contacts=(), records=())
    if kind == "email":
        said = Q(values__email__iexact=text.strip()) | Q(values__email__iexact=value)
    elif kind == "phone":
        said = Q(values__phone=value) | Q(values__mobile=value)
    else:
        said = Q(values__linkedin__iexact=text.strip()) | Q(values__linkedin__icontains=value)
    found = set(Record.objects.filter(said, kind__in=("lead", "contact", "lead_event")).values_list("id", flat=True))
    return _around(found)


def traces_of(leads: Collection[int]) -> Traces:
    """What is kept of the people these leads are."""
    return _around(set(LeadLink.objects.filter(lead__in=list(leads)).values_list("record_id", flat=True)))


def _around(records: set[int]) -> Traces:
    """All records of the leads and contacts these records belong to: one person under several names."""
    leads = set(LeadLink.objects.filter(record__in=records, closed_at=None).values_list("lead_id", flat=True))
    contacts = set(ContactLink.objects.filter(record__in=records, closed_at=None).values_list("contact_id", flat=True))
    records = records | set(LeadLink.objects.filter(lead__in=leads).values_list("record_id", flat=True))
    records |= set(ContactLink.objects.filter(contact__in=contacts).values_list("record_id", flat=True))
    records |= set(LeadEvent.objects.filter(lead__in=leads).values_list("record_id", flat=True))
    return Traces(leads=tuple(sorted(leads)), contacts=tuple(sorted(contacts)), records=tuple(sorted(records)))


def erase(found: Traces, *, by: User, now: datetime, requested_by: str = "", is_retention: bool = False) -> Erasure:
    """Erase them, suppress their addresses, and keep the proof. Nothing can bring it back."""
    with transaction.atomic():
        hashes = _suppress(found, by=by, now=now, is_retention=is_retention)
        counts = _erase(found)
        proof = {"hashes": hashes, "counts": counts, "at": now.isoformat()}
        digest = hashlib.sha256(json.dumps(proof, sort_keys=True).encode()).hexdigest()
        return Erasure.objects.create(
            hashes=hashes, counts=counts, digest=digest, by=by, created_at=now, requested_by=requested_by[:200],
            is_retention=is_retention,
        )  # fmt: skip


def expired(months: int, now: datetime) -> list[int]:
    """Leads past their time: seen first so many months ago, never converted, not accepted, nothing done since."""
    before = now - timedelta(days=round(30.44 * months))
    old = Lead.objects.filter(first_seen_at__lt=before).exclude(
        status__in=(Lead.Status.CONVERTED, Lead.Status.ACCEPTED)
    )
    return list(old.exclude(events__happened_at__gte=before).order_by("id").values_list("id", flat=True))


def _suppress(found: Traces, *, by: User, now: datetime, is_retention: bool) -> list[str]:
    secret, hashes = SuppressionKey.current(), set()
    for values in Record.objects.filter(pk__in=found.records).values_list("values", flat=True):
        for kind, value in suppression.identifiers(values):
            normal = suppression.normalised(kind, value)
            if kind == "domain" or not normal:
                continue
            hashes.add(suppression.keyed_hash(kind, normal, secret))
            if not is_retention:
                suppression.suppress(kind, value, reason="erased", now=now, by=by, source="erasure request")
    return sorted(hashes)


def _erase(found: Traces) -> dict[str, int]:
    records = Record.objects.filter(pk__in=found.records)
    kinds = dict(records.values_list("id", "kind"))
    rows = set(records.values_list("row_id", flat=True))
    rows |= set(Version.objects.filter(record__in=found.records).values_list("row_id", flat=True))
    files = set(Row.objects.filter(pk__in=rows).values_list("file_id", flat=True))
    counts = {
        "versions": Version.objects.filter(record__in=found.records).update(values={}, content_hash=""),
        "rows": _blank_rows(rows),
        "uploaded files": len(files) if FilePart.objects.filter(file__in=files).delete()[0] else 0,
        **_erase_decisions(kinds),
    }
    for pk in found.records:
        # A key may be an address or hold a name; it must stay one of a kind.
        Record.objects.filter(pk=pk).update(values={}, content_hash="", key=f"{ERASED}:{pk}", is_withdrawn=True)
    counts["records"] = len(found.records)
    here = Activity.objects.filter(participations_of(found.contacts))
    counts["activities blanked"] = here.update(subject="", body="") if found.contacts else 0
    counts["changes"] = FieldChange.objects.filter(contact__in=found.contacts).delete()[0]
    counts["contacts"] = len(found.contacts)
    Contact.objects.filter(pk__in=found.contacts).delete()
    counts["leads"] = len(found.leads)
    Lead.objects.filter(pk__in=found.leads).delete()
    return counts


def participations_of(contacts: Sequence[int]) -> Q:
    return Q(participants__contact__in=list(contacts))


def _blank_rows(rows: set[int]) -> int:
    """Cells become empty; that there was a line, and what became of it, stays."""
    found = list(Row.objects.filter(pk__in=rows))
    for row in found:
        row.cells = ["" for _ in row.cells]
        row.reason = "Erased on request."
    Row.objects.bulk_update(found, ["cells", "reason"], batch_size=_AT_ONCE)
    return len(found)


def _erase_decisions(kinds: dict[int, str]) -> dict[str, int]:
    """What was compared, asked and answered about the person: emptied, the decision itself kept."""
    about = Q()
    for kind, pipeline in _PIPELINES.items():
        about |= Q(pipeline=pipeline, object_id__in=[pk for pk, one in kinds.items() if one == kind])
    subjects = Subject.objects.filter(about) if about else Subject.objects.none()
    ids = list(subjects.values_list("id", flat=True))
    keys = [str(pk) for pk in subjects.values_list("object_id", flat=True)]
    beside = _compared_with(list(kinds))
    dossiers = Dossier.objects.filter(Q(subject__in=ids) | Q(pk__in=beside))
    exchanges = Exchange.objects.filter(attempt__task__in=_PIPELINES.values(), attempt__subject_key__in=keys)
    return {
        "comparisons": _blank_cases(dossiers),
        "decisions": Decision.objects.filter(subject__in=ids).update(evidence={}, path=[]),
        "prompts": exchanges.update(messages=[], answer=""),
        "notes": Answer.objects.filter(subject__in=ids).update(note="", features={}),
    }


def _compared_with(records: Sequence[int]) -> list[int]:
    """Dossiers of others in which the person was a candidate."""
    wanted = set(records)
    found: Any = Dossier.objects.filter(subject__pipeline__in=_PIPELINES.values()).values_list("id", "case")
    return [
        pk for pk, case in found.iterator(chunk_size=_AT_ONCE)
        if any(one["object_id"] in wanted for one in case.get("candidates", ()))
    ]  # fmt: skip


def _blank_cases(dossiers: Any) -> int:
    emptied = list(dossiers.only("id", "case"))
    for dossier in emptied:
        dossier.case = {**dossier.case, "values": {}, "context": {}, "candidates": [], "examples": []}
    Dossier.objects.bulk_update(emptied, ["case"], batch_size=_AT_ONCE)
    return len(emptied)
