"""A plan's dry run: its tasks' last 200 cases once more under the draft. Nothing is asked, decided or spent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from governance.models import PlanDryRun, PlanVersion
from governance.plan_checks import PlanFacts
from governance.plan_checks.modes import ALWAYS, AMBIGUOUS
from governance.plan_own_records import NUMBER
from governance.plans import plan_facts
from pipeline import cases as case_io
from pipeline import registry
from pipeline.learning.audit import place
from pipeline.leaving import limited
from pipeline.models import Decision, Run, Subject
from pipeline.pipeline import Case, Pipeline
from pipeline.runner import free, memory
from pipeline.runner.forecast import forecast
from pipeline.wording import is_matching, layer_words

CASES = 200
_SHOWN = 20
PERSON, ASKED = "person", "asked"


@dataclass(frozen=True, kw_only=True)
class Word:
    """What the draft says about a case; an empty `label` where a model or a person would be asked."""

    case: Case
    layer: str
    label: str = ""
    anchor: int | None = None


@dataclass(kw_only=True)
class Replay:
    """How often each layer decided, and what came out otherwise than it stands now."""

    layers: Counter[str] = field(default_factory=Counter)
    changed: list[dict[str, Any]] = field(default_factory=list)
    newly_in_review: list[dict[str, Any]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


def run_dry(dry_run: PlanDryRun) -> None:
    """Replay every task of the draft and store what came of it."""
    draft = dry_run.plan_version
    known = registry.pipelines()
    result = [replay(draft, known[task]) for task in draft.tasks if task in known]
    PlanDryRun.objects.filter(pk=dry_run.pk).update(
        result=result, state=PlanDryRun.State.DONE, finished_at=timezone.now()
    )


def replay(draft: PlanVersion, pipeline: Pipeline) -> dict[str, Any]:
    """One task's entry of the stored result: plain values for the page."""
    plan = plan_facts(draft)
    assert plan is not None
    now = timezone.now()
    run = Run(pipeline=pipeline.name, memory=memory.freeze(pipeline, now, plan), created_at=now)
    learnt = memory.recall(run, pipeline)
    prepared = pipeline.prepare(pipeline.cases(None), learnt)
    subjects = _recent(pipeline)
    cases = [case for case in prepared.cases if not subjects or case.object_id in subjects][:CASES]
    due = [
        free.Standing(
            case=case,
            subject=subjects.get(case.object_id) or Subject(pipeline=pipeline.name, object_id=case.object_id),
            case_hash=case_io.case_hash(case),
        )
        for case in cases
    ]
    _, settled, open_ = free.judge(pipeline, prepared, due, learnt) if due else ({}, [], [])
    found = Replay()
    for standing, layer, verdict, ruling in settled:
        if ruling.is_for_person:
            _to_person(found, standing)
        else:
            found.layers[layer] += 1
            found.words.append(Word(case=standing.case, layer=layer, label=verdict.label, anchor=verdict.anchor))
            _compare(found, standing, verdict.label, verdict.anchor)
    may_ask = plan.modes.get(pipeline.name, AMBIGUOUS if not plan.modes else "") in (AMBIGUOUS, ALWAYS)
    asked = [free.with_examples(standing, run, learnt) for standing in open_] if may_ask and due else []
    _replay_open(found, open_, plan, may_ask=may_ask)
    questions = [limited(standing.case, learnt.terms.fields_out) for standing in asked]
    expected = forecast(pipeline, questions, f"draft:{draft.pk}", draft)
    return {
        "task": pipeline.name,
        "title": pipeline.title,
        "cases": len(due),
        "is_past": bool(subjects),
        "layers": [[name, _words(name, pipeline), number] for name, number in _in_order(found.layers, pipeline)],
        "forecast": expected,
        "changed": len(found.changed),
        "changed_cases": found.changed[:_SHOWN],
        "newly_in_review": len(found.newly_in_review),
        "review_cases": found.newly_in_review[:_SHOWN],
        "own": _own(found.words, pipeline, draft),
    }


def _own(words: Sequence[Word], pipeline: Pipeline, draft: PlanVersion) -> list[dict[str, Any]]:
    """Ten cases for the owner to answer, the same after every dry run: such that another record is like them, first
    those the draft has a word about."""
    if not is_matching(pipeline):
        return []
    seed = f"own:{draft.plan_id}"
    alike = [word for word in words if word.case.candidates]
    ranked = sorted(alike, key=lambda word: (not word.label, place(word.case.object_id, seed)))
    return [
        {
            "object_id": word.case.object_id,
            "label": word.label,
            "anchor": word.anchor,
            "layer": word.layer,
            "case": case_io.to_json(replace(word.case, examples=())),
        }
        for word in ranked[:NUMBER]
    ]


def _recent(pipeline: Pipeline) -> dict[int, Subject]:
    decided = Subject.objects.filter(pipeline=pipeline.name, decision__isnull=False)
    recent = decided.select_related("decision").order_by("-decision_id")[:CASES]
    return {subject.object_id: subject for subject in recent}


def _replay_open(found: Replay, open_: list[free.Standing], plan: PlanFacts, *, may_ask: bool) -> None:
    """What the rules leave open: a model's recorded answer stands where the draft still allows one, the rest is asked
    or goes to a person."""
    left_to_see = 20 if "first_20" in (plan.always_review or frozenset()) else 0
    for standing in open_:
        decision = standing.subject.decision
        if not may_ask:
            _to_person(found, standing)
        elif decision is not None and decision.is_model:
            is_too_low = plan.accept_percent is not None and 100 * (decision.score or 0) < plan.accept_percent
            if is_too_low or left_to_see:
                left_to_see = max(0, left_to_see - (not is_too_low))
                _to_person(found, standing)
            else:
                found.layers[decision.layer] += 1
                word = Word(case=standing.case, layer=decision.layer, label=decision.label, anchor=decision.anchor)
                found.words.append(word)
        elif decision is not None and decision.layer == PERSON and not standing.subject.is_ask_due:
            found.layers[PERSON] += 1
            found.words.append(Word(case=standing.case, layer=PERSON))
        else:
            found.layers[ASKED] += 1
            found.words.append(Word(case=standing.case, layer=ASKED))


def _to_person(found: Replay, standing: free.Standing) -> None:
    found.layers[PERSON] += 1
    found.words.append(Word(case=standing.case, layer=PERSON))
    decision = standing.subject.decision
    if decision is not None and decision.layer != PERSON:
        found.newly_in_review.append(_told(decision, "a person is asked"))


def _compare(found: Replay, standing: free.Standing, label: str, anchor: int | None) -> None:
    decision = standing.subject.decision
    if decision is None or (decision.label, decision.anchor) == (label, anchor) or decision.by_id:
        return
    found.changed.append(_told(decision, label))


def _told(decision: Decision, after: str) -> dict[str, Any]:
    return {"decision": decision.pk, "before": decision.label, "after": after}


def _in_order(layers: Counter[str], pipeline: Pipeline) -> list[tuple[str, int]]:
    order = [*(layer.name for layer in pipeline.layers), ASKED, PERSON]
    return [(name, layers[name]) for name in order if layers[name]]


def _words(name: str, pipeline: Pipeline) -> str:
    return "Asked of a model, answer not known yet" if name == ASKED else layer_words(name, pipeline)
