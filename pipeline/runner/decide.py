"""Writes decisions, whoever took them: supersede, update the subject, open or close reviews, apply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from pipeline import bulk
from pipeline.models import Decision, Review, Run, Subject
from pipeline.pipeline import Pipeline


# Not frozen, which would triple what making one costs: a run makes one for every case.
@dataclass(kw_only=True, slots=True)
class Outcome:
    """What is to be recorded about one subject. `layer` is "person" where a person decided or has to.

    `is_for_person` opens a review, `is_checked` a blind check while the decision stands; `stake` orders the queue.
    `is_ask_due` marks a case that no model could be asked about: the next run tries again.
    """

    subject: Subject
    label: str
    layer: str
    reason: str
    anchor: int | None = None
    score: float | None = None
    is_model: bool = False
    is_for_person: bool = False
    is_checked: bool = False
    is_ask_due: bool = False
    stake: float = 0.0
    case_hash: str | None = None
    dossier_id: int | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    path: Sequence[Mapping[str, Any]] = ()
    versions: Mapping[str, Any] = field(default_factory=dict)


def record(
    outcomes: Sequence[Outcome],
    *,
    pipeline: Pipeline,
    now: datetime,
    run: Run | None = None,
    by: User | None = None,
) -> list[Decision]:
    """Write the decisions in order and apply them; subjects that are only reserved are stored. The caller holds the
    transaction.

    Raises IntegrityError where a subject was decided meanwhile (each decision is superseded at most once).
    """
    decided_before = [outcome.subject.pk for outcome in outcomes if outcome.subject.decision_id is not None]
    decisions = [_decision(outcome, run=run, by=by, now=now) for outcome in outcomes]
    bulk.create(decisions)
    _point_subjects_at(decisions, outcomes)
    if decided_before:
        Review.objects.filter(subject__in=decided_before, closed_at=None).update(closed_at=now)
    bulk.create(
        Review(
            decision=decision,
            subject=outcome.subject,
            pipeline=pipeline.name,
            stake=outcome.stake,
            kind=Review.Kind.QUESTION if outcome.is_for_person else Review.Kind.AUDIT,
        )
        for decision, outcome in zip(decisions, outcomes, strict=True)
        if outcome.is_for_person or outcome.is_checked
    )
    pipeline.apply(decisions, now)
    return decisions


def _decision(outcome: Outcome, *, run: Run | None, by: User | None, now: datetime) -> Decision:
    decision = bulk.instance(
        Decision,
        subject_id=outcome.subject.pk,
        run_id=run.pk if run else None,
        by_id=by.pk if by else None,
        label=outcome.label,
        anchor=outcome.anchor,
        score=outcome.score,
        layer=outcome.layer,
        is_model=outcome.is_model,
        reason=outcome.reason,
        evidence=outcome.evidence,
        path=outcome.path,
        versions=outcome.versions,
        dossier_id=outcome.dossier_id,
        supersedes_id=outcome.subject.decision_id,
        created_at=now,
    )
    decision.subject = outcome.subject
    return decision


def _point_subjects_at(decisions: Sequence[Decision], outcomes: Sequence[Outcome]) -> None:
    new: list[Subject] = []
    known: list[Subject] = []
    for decision, outcome in zip(decisions, outcomes, strict=True):
        subject = outcome.subject
        subject.decision_id = decision.pk
        subject.state = Subject.State.REVIEW if outcome.is_for_person else Subject.State.DECIDED
        subject.is_ask_due = outcome.is_ask_due
        if outcome.case_hash is not None:
            subject.case_hash = outcome.case_hash
        (new if subject._state.adding else known).append(subject)
    bulk.create(new)
    bulk.update(known, ("decision", "state", "is_ask_due", "case_hash"))
