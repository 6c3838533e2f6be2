"""What a person answers to an open question, kept with all that later learning needs."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from pipeline import registry
from pipeline.models import Answer, Decision, Review, Subject
from pipeline.pipeline import UNSURE, Case, Pipeline
from pipeline.wording import label_words

from . import acts, proposals
from .errors import QuestionClosed, WrongAnswer
from .groups import edges_around, facts_between, group_of

LONGEST_NOTE = 200
_CODES = {"same": "answered_the_same", "new": "kept_apart"}
_SAID = {"same": "the same", "new": "not the same"}


def answer(
    review: Review,
    *,
    by: User,
    label: str,
    anchor: int | None = None,
    reason: str = "",
    note: str = "",
    now: datetime,
) -> Answer:
    """Record "same" with the record it is the same as, or "new" with the reason: decision, effect, memory, all at once.

    Raises QuestionClosed where somebody was faster and WrongAnswer where the answer does not fit the question.
    """
    pipeline = registry.get(review.pipeline)
    try:
        with transaction.atomic():
            decision = _close(review, now)
            case = proposals.case_of(decision, pipeline)
            proposed = proposals.proposal(decision, case, pipeline)
            candidates = [one.object_id for one in proposals.shown(case, proposed)]
            _check(pipeline, label, anchor, {*candidates, decision.anchor}, reason, note)
            about = anchor if label == "same" else next(iter(candidates), None)
            made = _decide(pipeline, decision, case, label, anchor, reason, candidates, by, now)
            kept = Answer.objects.create(
                review=review,
                decision=made,
                label=label,
                anchor=about,
                reason=reason,
                note=note.strip(),
                is_correction=proposals.is_correction(label, anchor, proposed),
                features=proposals.features(case, about),
                **_common(decision, pipeline, about, by, now),
            )
            if label == "new":
                acts.keep_apart(case.object_id, candidates, kept, now)
    except IntegrityError as error:
        raise QuestionClosed("A run decided about this record at the same moment; look again.") from error
    return kept


def put_off(review: Review, *, by: User, now: datetime) -> Answer:
    """Record that the person can't tell; the question comes again behind all others. Raises QuestionClosed."""
    pipeline = registry.get(review.pipeline)
    with transaction.atomic():
        if not Review.objects.filter(pk=review.pk, closed_at=None).update(skipped_at=now):
            raise QuestionClosed(closed_because(review))
        decision = _decision_of(review)
        case = proposals.case_of(decision, pipeline)
        about = next(
            (one.object_id for one in proposals.shown(case, proposals.proposal(decision, case, pipeline))), None
        )
        # Without features: an answer that says nothing must never stand in a prompt.
        return Answer.objects.create(
            review=review, label=UNSURE, anchor=about, **_common(decision, pipeline, about, by, now)
        )


def closed_because(review: Review) -> str:
    """Why a question is no longer open, in a sentence."""
    given = review.answers.filter(withdrawn_at=None).exclude(label=UNSURE).select_related("by").first()
    if given is None:
        return "This question was settled meanwhile; here is the next one."
    said = _SAID.get(given.label) or label_words(given.label).lower()
    return f"{given.by.get_username()} answered this question before you: {said}."


def _close(review: Review, now: datetime) -> Decision:
    """The decision the question is about; of two people answering at once, one closes it and the other is told."""
    if not Review.objects.filter(pk=review.pk, closed_at=None).update(closed_at=now):
        raise QuestionClosed(closed_because(review))
    decision = _decision_of(review)
    subject = Subject.objects.select_for_update().get(pk=review.subject_id)
    if subject.decision_id != decision.pk:
        raise QuestionClosed("This record was decided about since; here is the next question.")
    return decision


def _decision_of(review: Review) -> Decision:
    return Decision.objects.select_related("dossier", "subject").get(pk=review.decision_id)


def _check(pipeline: Pipeline, label: str, anchor: int | None, known: set[int | None], reason: str, note: str) -> None:
    if label not in pipeline.answers or label == UNSURE:
        raise WrongAnswer(f"“{label}” is no answer to this question; answers are: {', '.join(pipeline.answers)}.")
    if label == "same" and (anchor is None or anchor not in known):
        raise WrongAnswer("Choose the record it is the same as.")
    if label == "new" and not reason:
        raise WrongAnswer("Say why they are not the same: choose one of the reasons.")
    if reason and reason not in pipeline.corrections:
        raise WrongAnswer(f"“{reason}” is none of the reasons offered.")
    if len(note.strip()) > LONGEST_NOTE:
        raise WrongAnswer(f"The note has {len(note.strip())} characters; at most {LONGEST_NOTE} are kept.")


def _decide(
    pipeline: Pipeline,
    decision: Decision,
    case: Case,
    label: str,
    anchor: int | None,
    reason: str,
    candidates: list[int],
    by: User,
    now: datetime,
) -> Decision:
    subject = Subject.objects.select_related("decision").get(pk=decision.subject_id)
    code = reason or _CODES.get(label, f"answered_{label}")
    outcomes = [acts.outcome(subject, label, anchor if label == "same" else None, code, by=by)]
    withdrew: list[int] = []
    if label == "same" and anchor is not None:
        edges = edges_around(pipeline.name, [case.object_id, anchor])
        withdrew = facts_between(group_of(case.object_id, edges), group_of(anchor, edges))
    else:
        # Where the other record was joined to this one meanwhile, "not the same" parts them again.
        joined = Subject.objects.filter(
            pipeline=pipeline.name,
            object_id__in=candidates,
            decision__label="same",
            decision__anchor=case.object_id,
        )
        outcomes += [acts.outcome(one, "new", None, code, by=by) for one in joined.select_related("decision")]
    return acts.write(outcomes, pipeline=pipeline, by=by, now=now, withdrew=withdrew)[0]


def _common(decision: Decision, pipeline: Pipeline, about: int | None, by: User, now: datetime) -> dict[str, Any]:
    return {
        "subject_id": decision.subject_id,
        "proposal": decision,
        "dossier_id": decision.dossier_id,
        "pipeline": pipeline.name,
        "by": by,
        "split": proposals.split_of(decision.subject.object_id, about, proposals.given_answers(pipeline)),
        "created_at": now,
    }
