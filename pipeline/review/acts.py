"""One thing a person did, as decisions: written together, taken back together.

Each decision of an act names all its subjects in `evidence["together"]`; same moment, same person, no run. What the act
took back of earlier "not the same" stands in `evidence["withdrew"]`.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from pipeline.models import Answer, Decision, PairFact, Record, Review, Subject
from pipeline.pipeline import Pipeline
from pipeline.runner import decide
from pipeline.wording import title_of

from .errors import CannotUndo
from .groups import edges_around, group_of

PERSON = "person"
UNDONE = "taken_back"
BY_HAND = "joined_by_hand"


def outcome(subject: Subject, label: str, anchor: int | None, reason: str, *, by: User) -> decide.Outcome:
    """What a person decided about a subject, resting on all that was said about it before."""
    former = subject.decision
    said = {"layer": PERSON, "label": label, "anchor": anchor, "reason": reason, "outcome": "accepted", "by": by.pk}
    if subject.is_ask_due:
        said["was_ask_due"] = True
    return decide.Outcome(
        subject=subject,
        label=label,
        anchor=anchor,
        layer=PERSON,
        reason=reason,
        score=1.0,
        dossier_id=former.dossier_id if former else None,
        evidence=former.evidence if former else {},
        path=[*(former.path if former else ()), said],
        versions=former.versions if former else {},
    )


def write(
    outcomes: Sequence[decide.Outcome],
    *,
    pipeline: Pipeline,
    by: User,
    now: datetime,
    withdrew: Collection[int] = (),
) -> list[Decision]:
    """Record an act, the main outcome first. The caller holds the transaction."""
    together = [one.subject.object_id for one in outcomes]
    act: dict[str, Any] = {"together": together, "withdrew": sorted(withdrew)}
    PairFact.objects.filter(pk__in=withdrew).update(withdrawn_at=now)
    complete = [replace(one, evidence={**one.evidence, **act}) for one in outcomes]
    return decide.record(complete, pipeline=pipeline, now=now, by=by)


def keep_apart(record_id: int, others: Collection[int], answer: Answer, now: datetime) -> None:
    """Remember that a record is none of the others; what is on record already stays as it is."""
    kinds = dict(Record.objects.filter(pk__in=[record_id, *others]).values_list("id", "kind"))
    PairFact.objects.bulk_create(
        [
            PairFact(
                kind=kinds[record_id], low_id=min(record_id, other), high_id=max(record_id, other),
                answer=answer, created_at=now,
            )
            for other in sorted(set(others) & kinds.keys())
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def take_back(decision: Decision, *, pipeline: Pipeline, by: User, now: datetime) -> Decision:
    """Put every subject of the act back to what held before; the new decision about the main one.

    Raises CannotUndo where the decision is no person's, where something was decided since, or where what was joined by
    hand was later joined on by hand: nobody can tell which of the two the later one meant.
    """
    act = _act_of(decision)
    for one in act:
        _require_current(one, decision)
    _require_last_join(decision)
    answers = _answers_of(decision)
    PairFact.objects.filter(answer__in=answers, withdrawn_at=None).update(withdrawn_at=now)
    answers.filter(withdrawn_at=None).update(withdrawn_at=now)
    _restore_facts(decision.evidence.get("withdrew", ()))
    restored: dict[int, Decision] = {}
    for author in dict.fromkeys(one.supersedes.by if one.supersedes else None for one in act):
        former = [one for one in act if (one.supersedes.by if one.supersedes else None) == author]
        outcomes = [_former(one, by) for one in former]
        for new in decide.record(outcomes, pipeline=pipeline, now=now, by=author):
            restored[new.subject_id] = new
    return restored[decision.subject_id]


def _act_of(decision: Decision) -> list[Decision]:
    if decision.by_id is None or decision.run_id is not None or "together" not in decision.evidence:
        raise CannotUndo("Only what a person decided can be taken back.")
    same_act = Decision.objects.filter(
        subject__pipeline=decision.subject.pipeline,
        subject__object_id__in=decision.evidence["together"],
        created_at=decision.created_at,
        by=decision.by_id,
        run=None,
    )
    return list(same_act.select_related("subject", "supersedes__by").order_by("id"))


def _answers_of(decision: Decision) -> QuerySet[Answer]:
    # An answer may stand under either record of its pair, so the moment names the act, not the subject.
    return Answer.objects.filter(pipeline=decision.subject.pipeline, by=decision.by_id, created_at=decision.created_at)


def _require_current(one: Decision, main: Decision) -> None:
    if one.subject.decision_id == one.pk:
        return
    since = Decision.objects.filter(supersedes=one.pk).select_related("by").first()
    if since is not None and since.path and since.path[-1].get("outcome") == UNDONE:
        raise CannotUndo("This was taken back already.")
    who = f"{since.by.get_username()} has" if since is not None and since.by is not None else "A later run has"
    what = "this record" if one.pk == main.pk else "a record that moved along with it"
    raise CannotUndo(f"{who} decided about {what} since; take that back first.")


def _require_last_join(decision: Decision) -> None:
    """Whole pages are joined by hand, single records by everybody else: only the former can rest on this one."""
    if decision.reason != BY_HAND:
        return
    record, name = decision.subject.object_id, decision.subject.pipeline
    edges = edges_around(name, [record])
    subjects = Subject.objects.filter(pipeline=name, object_id__in=edges).select_related("decision__by")
    standing = {one.object_id: one.decision for one in subjects if one.decision is not None}
    later = [one for one, held in standing.items() if held.reason == BY_HAND and held.pk > decision.pk]
    for child in sorted(later, key=lambda one: -standing[one].pk):
        before = {one: anchor for one, anchor in edges.items() if standing[one].pk < standing[child].pk}
        ends = child, edges[child]
        mine = [end for end in ends if record in group_of(end, before)]
        if mine:
            raise CannotUndo(_joined_since(standing[child], ends[1] if mine[0] == child else child))


def _joined_since(later: Decision, other: int) -> str:
    who = later.by.get_username() if later.by else "Somebody"
    values = Record.objects.filter(pk=other).values_list("values", flat=True).first() or {}
    return f"{who} joined “{title_of(values, other)}” to these on {later.created_at:%-d %b %Y}; take that back first."


def _former(one: Decision, by: User) -> decide.Outcome:
    """What held before, as an outcome; a question that was open is asked again."""
    former, said = one.supersedes, {"layer": PERSON, "outcome": UNDONE, "by": by.pk}
    if former is None:
        # Never decided before: alone, and due in the next run.
        return decide.Outcome(subject=one.subject, label="new", layer=PERSON, reason=UNDONE, path=[said])
    review = former.reviews.order_by("-id").first()
    was_checked = review is not None and review.kind == Review.Kind.AUDIT
    return decide.Outcome(
        subject=one.subject,
        label=former.label,
        anchor=former.anchor,
        score=former.score,
        layer=former.layer,
        reason=former.reason,
        is_model=former.is_model,
        is_for_person=review is not None and not was_checked,
        is_checked=was_checked,
        is_ask_due=bool(one.path and one.path[-1].get("was_ask_due")),
        stake=review.stake if review else 0.0,
        dossier_id=former.dossier_id,
        evidence=former.evidence,
        path=[*former.path, said],
        versions=former.versions,
    )


def _restore_facts(ids: Collection[int]) -> None:
    for fact in PairFact.objects.filter(pk__in=ids):
        again = PairFact.objects.filter(kind=fact.kind, low=fact.low_id, high=fact.high_id, withdrawn_at=None)
        if not again.exists():
            PairFact.objects.filter(pk=fact.pk).update(withdrawn_at=None)
