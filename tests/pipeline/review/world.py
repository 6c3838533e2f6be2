"""A small world of people with open questions: real tables, real links, a pipeline whose layers are never asked."""

from datetime import UTC, datetime, timedelta

from deals.models import Contact, ContactLink
from pipeline import cases
from pipeline.linking import Linkage, apply
from pipeline.models import Batch, Dossier, ImportFile, Record, Review, Row, Run, Source, Subject
from pipeline.pipeline import Candidate, Case, Contrast, Origin, Pair, Pipeline, Presentation, Side
from pipeline.runner.decide import Outcome
from pipeline.runner.decide import record as write

NOW = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
LINKS = Linkage(
    pipeline="match-people",
    entity=Contact,
    link=ContactLink,
    field="contact",
    recompute=lambda ids, now: [
        Contact.objects.filter(pk=pk).update(
            record_count=(n := ContactLink.objects.filter(contact=pk, closed_at=None).count()), is_current=n > 0
        )
        for pk in ids
    ],
    repoint=lambda ids: None,
)


class Light:
    name, label, is_model, tier = "light", "Light model", True, "light"

    def step(self, case, exchanges):
        return None


def load(object_ids):
    found = Record.objects.filter(kind="contact")
    found = found if object_ids is None else found.filter(pk__in=object_ids)
    return [Case(object_id=record.pk, values=record.values) for record in found.order_by("pk")]


def side(object_id, values):
    return Side(
        object_id=object_id,
        title=values["name"],
        source="HubSpot",
        origin=Origin(text=f"people.csv, line {object_id}", url=f"/rows/{object_id}/"),
        url=f"/people/{object_id}/",
    )


def present(case, anchor):
    pairs = tuple(
        Pair(
            left=side(case.object_id, case.values),
            right=side(candidate.object_id, candidate.values),
            contrasts=(
                Contrast(
                    label="Name", left=case.values["name"], right=candidate.values["name"],
                    level=candidate.levels["name"], points=candidate.points["name"], name="name",
                ),
                Contrast(label="City", left="", right=candidate.values.get("city", ""), level="missing", name="city"),
            ),
            probability=candidate.probability,
            guards=candidate.guards,
        )
        for candidate in case.candidates
    )  # fmt: skip
    best = next((pair.right.title for pair in pairs if pair.right.object_id == anchor), "nobody")
    return Presentation(
        question=f"Is {case.values['name']} the same person as {best}?",
        pairs=pairs,
        on_same=f"The record joins {best}.",
        on_new="Stays a person of their own.",
    )


match_people = Pipeline(
    name="match-people",
    title="People",
    subject="pipeline.Record",
    question="Is this imported person one we know?",
    answers=("same", "new", "unsure"),
    load=load,
    prepare=lambda cases, memory: None,
    layers=(Light(),),
    present=present,
    apply=lambda decisions, now: apply(LINKS, decisions, now),
    reasons={"name_close": "the names are nearly the same", "two_at_firm": "two people at one company"},
    corrections={
        "other_person": "Different people",
        "other_firm": "Same name, another company",
        "shared_mail": "They share an address",
    },
)


def people(*names, city=""):
    """One contact record per name, each with a provisional contact of its own; the records, oldest first."""
    source, _ = Source.objects.get_or_create(system="hubspot", name="HubSpot")
    file = ImportFile.objects.create(
        batch=Batch.objects.create(), source=source, name="people.csv", size=1, sha256="0" * 64
    )
    return [person(file, line, name, city) for line, name in enumerate(names, start=2)]


def person(file, line, name, city=""):
    row = Row.objects.create(file=file, line=line, cells=[name], outcome="created")
    record = Record.objects.create(
        source=file.source, kind="contact", key=f"{file.pk}-{line}", values={"name": name, "city": city},
        content_hash="", row=row, recorded_at=NOW,
    )  # fmt: skip
    contact = Contact.objects.create(full_name=name, first_seen_at=NOW, record_count=1)
    ContactLink.objects.create(record=record, contact=contact)
    return record


def case_of(record, candidates, probability=0.7, guards=()):
    return Case(
        object_id=record.pk,
        values=record.values,
        source="HubSpot",
        candidates=tuple(
            Candidate(
                object_id=other.pk,
                values=other.values,
                weight=1.2,
                probability=round(probability - 0.1 * i, 3),
                levels={"name": "close"},
                points={"prior": -1.3, "name": 2.5},
                features={"name": round(0.9 - 0.1 * i, 3)},
                guards=guards,
            )
            for i, other in enumerate(candidates)
        ),
    )


def subject_of(record):
    return Subject.objects.get_or_create(pipeline="match-people", object_id=record.pk)[0]


def question(record, *candidates, stake=0.7, probability=0.7, path=(), guards=(), reason="below_threshold", due=False):
    """An open question about a record and its candidates, as a run leaves it."""
    run = Run.objects.create(pipeline="match-people", state=Run.State.FINISHED)
    subject = subject_of(record)
    dossier = Dossier.objects.create(
        run=run,
        subject=subject,
        case_hash="h",
        case=cases.to_json(case_of(record, candidates, probability, guards)),
    )
    outcome = Outcome(
        subject=subject,
        label="unsure",
        layer="person",
        reason=reason,
        anchor=candidates[0].pk if candidates else None,
        is_for_person=True,
        is_ask_due=due,
        stake=stake,
        case_hash="h",
        dossier_id=dossier.pk,
        evidence={"weight": 1.2},
        path=path,
    )
    return Review.objects.get(decision=write([outcome], pipeline=match_people, run=run, now=NOW)[0])


def settled(record, label, anchor=None, layer="match_weight", is_model=False):
    """A decision of a layer, as a run leaves it."""
    run = Run.objects.create(pipeline="match-people", state=Run.State.FINISHED)
    outcome = Outcome(
        subject=subject_of(record),
        label=label,
        anchor=anchor.pk if anchor else None,
        layer=layer,
        is_model=is_model,
        reason="name_close",
        score=0.995,
        case_hash="h",
    )
    return write([outcome], pipeline=match_people, run=run, now=NOW)[0]


def grouping():
    """The names that stand together now, as a set of frozensets."""
    found = {}
    for link in ContactLink.objects.filter(closed_at=None).select_related("record"):
        found.setdefault(link.contact_id, set()).add(link.record.values["name"])
    return {frozenset(names) for names in found.values()}


def parted(*groups):
    """`parted("AB", "C")` is the grouping of one-letter names."""
    return {frozenset(group) for group in groups}


def later(minutes):
    return NOW + timedelta(minutes=minutes)
