"""Joins and separates records that nobody asked about, and takes that back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from pipeline import registry
from pipeline.cases import from_json
from pipeline.models import Answer, Decision, Dossier, Record, Subject
from pipeline.pipeline import UNSURE, Case, Pipeline
from pipeline.runner.decide import Outcome

from . import acts, proposals
from .answers import LONGEST_NOTE
from .errors import CannotJoin, CannotSeparate, CannotUndo
from .groups import edges_around, facts_between, group_of
from .undo import take_back

__all__ = ["CannotJoin", "CannotSeparate", "CannotUndo", "join", "separate", "undo"]


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What somebody says about pairs of records, and why."""

    pipeline: Pipeline
    label: str
    by: User
    now: datetime
    reason: str = ""
    note: str = ""


def join(
    pipeline: Pipeline | str,
    record_id: int,
    anchor_id: int,
    by: User,
    note: str = "",
    now: datetime | None = None,
) -> Decision:
    """Say that two records, and all that is joined with either, are the same. An earlier "not the same" gives way.

    Raises CannotJoin where they are one already or can't be joined.
    """
    pipeline, now = _pipeline(pipeline), now or timezone.now()
    _require_joinable(record_id, anchor_id)
    edges = edges_around(pipeline.name, [record_id, anchor_id])
    group, others = group_of(record_id, edges), group_of(anchor_id, edges)
    if anchor_id in group:
        raise CannotJoin("These two are joined already.")
    # The one record of the group that hangs on no other: only its link may move, else the group would come apart.
    root = min(group - edges.keys(), default=record_id)
    said = _Said(pipeline=pipeline, label="same", by=by, now=now, note=note)
    try:
        with transaction.atomic():
            subject = _subjects(pipeline, [root])[root]
            former = subject.decision
            outcome = acts.outcome(subject, "same", anchor_id, acts.BY_HAND, by=by)
            withdrew = facts_between(group, others)
            decision = acts.write([outcome], pipeline=pipeline, by=by, now=now, withdrew=withdrew)[0]
            _keep_answer(said, (root, anchor_id), former, decision)
    except IntegrityError as error:
        raise CannotJoin("Somebody decided about these records at the same moment; look again.") from error
    return decision


def separate(
    pipeline: Pipeline | str,
    record_id: int,
    by: User,
    reason: str = "",
    note: str = "",
    now: datetime | None = None,
) -> Decision:
    """Take exactly this record out of its group; the others stay together, also those that hung on it.

    It is never matched with any of them again. Raises CannotSeparate where it stands alone.
    """
    pipeline, now = _pipeline(pipeline), now or timezone.now()
    edges = edges_around(pipeline.name, [record_id])
    left_behind = group_of(record_id, edges) - {record_id}
    if not left_behind:
        raise CannotSeparate("This record stands alone already.")
    targets = _new_anchors(record_id, edges)
    said = _Said(pipeline=pipeline, label="new", by=by, now=now, reason=reason, note=note)
    try:
        with transaction.atomic():
            subjects = _subjects(pipeline, [record_id, *targets])
            former = {subject.object_id: subject.decision for subject in subjects.values()}
            outcomes = [acts.outcome(subjects[record_id], "new", None, reason or "separated_by_hand", by=by)]
            outcomes += [_reanchored(subjects[child], anchor, by) for child, anchor in targets.items()]
            decision = acts.write(outcomes, pipeline=pipeline, by=by, now=now)[0]
            main = _keep_answers(said, record_id, edges, former, decision)
            acts.keep_apart(record_id, left_behind, main, now)
    except IntegrityError as error:
        raise CannotSeparate("Somebody decided about this record at the same moment; look again.") from error
    return decision


def undo(decision: Decision, by: User, now: datetime | None = None) -> Decision:
    """Take back what a person decided, by hand or as an answer, with everything that moved along.

    Raises CannotUndo with a sentence where something was decided since.
    """
    return take_back(decision.pk, by, now or timezone.now())


def _new_anchors(record_id: int, edges: Mapping[int, int]) -> dict[int, int | None]:
    """For each record that hangs on the leaving one: what it hangs on from now on, None for the one that leads.

    They move to what the leaving record hung on itself; where that is nothing, to the oldest of them.
    """
    children = sorted(child for child, anchor in edges.items() if anchor == record_id)
    rest = {child: anchor for child, anchor in edges.items() if record_id not in (child, anchor)}
    target = edges.get(record_id, children[0] if children else None)
    # A circle of anchors leads back to the target from behind: such a child is held by it already.
    held = group_of(target, rest) if target is not None else set()
    return {child: None if child in held else target for child in children}


def _reanchored(subject: Subject, anchor: int | None, by: User) -> Outcome:
    label = "new" if anchor is None else "same"
    return acts.outcome(subject, label, anchor, "stays_with_the_others", by=by)


def _pipeline(pipeline: Pipeline | str) -> Pipeline:
    return registry.get(pipeline) if isinstance(pipeline, str) else pipeline


def _require_joinable(record_id: int, anchor_id: int) -> None:
    if record_id == anchor_id:
        raise CannotJoin("A record can't be joined with itself.")
    found = Record.objects.filter(pk__in=[record_id, anchor_id], is_withdrawn=False).values_list("kind", flat=True)
    if len(found) < 2:
        raise CannotJoin("One of the two records is not there any more.")
    if len(set(found)) > 1:
        raise CannotJoin(f"Records of different kinds can't be the same: {' and '.join(sorted(found))}.")


def _subjects(pipeline: Pipeline, record_ids: list[int]) -> dict[int, Subject]:
    """The subjects by record, made where no run has seen the record yet, held until the transaction ends."""
    Subject.objects.bulk_create(
        [Subject(pipeline=pipeline.name, object_id=record_id) for record_id in record_ids], ignore_conflicts=True
    )
    found = Subject.objects.select_for_update(of=("self",)).select_related("decision")
    found = found.filter(pipeline=pipeline.name, object_id__in=record_ids).order_by("id")
    return {subject.object_id: subject for subject in found}


def _keep_answers(
    said: _Said,
    record_id: int,
    edges: Mapping[int, int],
    former: Mapping[int, Decision | None],
    decision: Decision,
) -> Answer:
    """One answer per link that was cut; the first, which is returned, carries the decision."""
    cut = [(record_id, edges[record_id])] if record_id in edges else []
    cut += [(child, record_id) for child in sorted(edges) if edges[child] == record_id]
    main, *rest = cut
    for pair in rest:
        _keep_answer(said, pair, former[pair[0]], None)
    return _keep_answer(said, main, former[main[0]], decision)


def _keep_answer(said: _Said, pair: tuple[int, int], former: Decision | None, decision: Decision | None) -> Answer:
    """Keep what was said about a pair, with its comparison where one was ever made."""
    dossier, case = _comparison(said.pipeline, pair)
    about = pair[1] if pair[0] == case.object_id else pair[0]
    return Answer.objects.create(
        subject=dossier.subject if dossier else _subjects(said.pipeline, [case.object_id])[case.object_id],
        proposal=former,
        decision=decision,
        dossier=dossier,
        pipeline=said.pipeline.name,
        by=said.by,
        label=said.label,
        anchor=about,
        reason=said.reason,
        note=said.note.strip()[:LONGEST_NOTE],
        is_correction=former is not None and former.label not in (said.label, UNSURE),
        features=proposals.features(case, about),
        split=proposals.split_of(*pair, proposals.given_answers(said.pipeline)),
        created_at=said.now,
    )


def _comparison(pipeline: Pipeline, pair: tuple[int, int]) -> tuple[Dossier | None, Case]:
    """The newest dossier in which one of the two was compared with the other; else a case of the first alone."""
    dossiers = Dossier.objects.filter(subject__pipeline=pipeline.name, subject__object_id__in=pair)
    for dossier in dossiers.select_related("subject").order_by("-id"):
        case = from_json(dossier.case)
        if any(case.candidate(one) for one in pair if one != case.object_id):
            return dossier, case
    return None, Case(object_id=pair[0], values={})
