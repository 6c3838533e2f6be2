"""Asks models about the cases a chunk holds: the one place outside governance that goes through its door.

Layers only say what to ask next; budget, plan, cache and retries are the gateway's. Decisions and steps are written in
one transaction at the end, so a killed chunk is simply taken again: recorded answers come from the cache.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from governance import gateway
from governance.models import Attempt, PlanVersion
from governance.questions import Outcome, Question, Reply, Tier
from pipeline import cases as case_io
from pipeline import evidence, registry
from pipeline.leaving import limited
from pipeline.models import Chunk, Decision, Dossier, ExampleUse, Run, Step, Subject
from pipeline.pipeline import UNSURE, Case, Exchange, Memory, ModelLayer, Pipeline, Verdict
from pipeline.plan_history import stop_facts
from pipeline.runner import chunks, decide
from pipeline.runner.accept import Ruling, cuts, rule
from pipeline.runner.memory import recall, thresholds_of, versions
from pipeline.runner.results import Results, results_of

MOST_EXCHANGES = 3
Turn = Question | Verdict | None
_LONGEST_ASKING_S = 3600.0
# What a verdict says about itself that a plan's line speaks of.
_OBSERVED = ("sentences", "unfounded")
# Nothing was bought and nothing was said: the next run asks again.
_DUE_AGAIN = frozenset({Outcome.UNAFFORDABLE, Outcome.BLOCKED, Outcome.UNAVAILABLE, Outcome.FAILED})


@dataclass(kw_only=True)
class Asked:
    """A case on its way through the model layers."""

    dossier: Dossier
    case: Case
    path: list[dict[str, Any]]
    verdict: Verdict | None = None
    layer: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)
    reason: str = "models_unsure"
    is_accepted: bool = False
    is_over: bool = False
    last: Outcome | None = None


@dataclass(kw_only=True)
class Tally:
    """What one layer did in this chunk."""

    layer: ModelLayer
    position: int
    seen: int = 0
    decided: int = 0
    to_person: int = 0
    seconds: float = 0.0
    replies: list[tuple[Question, Reply]] = field(default_factory=list)


def work(chunk: Chunk) -> None:
    """Ask about every case of the chunk that this run has not decided yet, and record what came of it."""
    run = chunk.run
    assert run is not None
    pipeline = registry.get(run.pipeline)
    memory = recall(run, pipeline)
    asked = _open_cases(chunk, run)
    results = results_of(run, pipeline, timezone.now())
    observed = stop_facts(results.tasks, timezone.now())
    tallies = []
    for position, layer in enumerate(pipeline.layers):
        if layer.is_model:
            tallies.append(_pass(layer, position, asked, memory, results, observed, chunk))  # type: ignore[arg-type]
    results.note(timezone.now())
    _write(chunk, run, pipeline, asked, tallies)


def first_questions(pipeline: Pipeline, cases: Sequence[Case]) -> list[Question]:
    """What would be asked about these cases first: the ground of the forecast."""
    if not pipeline.model_layers:
        return []
    steps = [pipeline.model_layers[0].step(case, ()) for case in cases]
    return [step for step in _marked(cases, steps) if isinstance(step, Question)]


def _marked(cases: Sequence[Case], steps: Sequence[Turn]) -> list[Turn]:
    """The steps with the questions marked that are about somebody who objected, on whichever side."""
    sides = [
        (place, values)
        for place, case in enumerate(cases)
        for values in (case.values, *(candidate.values for candidate in case.candidates))
    ]
    objected = registry.objected([values for _, values in sides])
    out = {place for (place, _), is_out in zip(sides, objected, strict=True) if is_out}
    return [
        replace(step, is_opted_out=True) if place in out and isinstance(step, Question) else step
        for place, step in enumerate(steps)
    ]


def estimate(questions: Sequence[Question], run_key: str, draft: PlanVersion | None = None) -> gateway.Estimate:
    """What the questions are likely to cost and what they can cost at most; under a draft where one is given."""
    return gateway.estimate(questions, gateway.CallContext(run_key=run_key), draft)


def readiness(task: str, tier: Tier, *, allow_practice: bool) -> gateway.Readiness:
    """Whether a question of a task could be asked now; if not, why."""
    return gateway.is_ready(task, tier, allow_practice=allow_practice)


def ask_beside_runs(
    questions: Sequence[Question],
    run_key: str,
    *,
    allow_practice: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Reply]:
    """Ask questions that belong to no run (lists compared from the shell); the replies stand in the same order."""
    context = gateway.CallContext(run_key=run_key, allow_practice=allow_practice, deadline_s=_LONGEST_ASKING_S)
    return gateway.ask(questions, context, on_progress)


def _open_cases(chunk: Chunk, run: Run) -> list[Asked]:
    """Neither decided by this run before a restart nor by a person since it began: their word stands."""
    subjects = chunk.payload["subjects"]
    decided = Decision.objects.filter(run=run, by=None, subject__in=subjects).values("subject")
    dossiers = Dossier.objects.filter(run=run, subject__in=subjects).exclude(subject__in=decided)
    by_person = dossiers.filter(subject__decision__by__isnull=False, subject__decision__created_at__gte=run.created_at)
    return [
        Asked(dossier=dossier, case=case_io.from_json(dossier.case), path=list(dossier.path))
        for dossier in dossiers.exclude(pk__in=by_person).select_related("subject").order_by("id")
    ]


def _still_open(asked: Sequence[Asked]) -> list[Asked]:
    """Those whose subject nobody decided while the questions were on their way; locked until they are written."""
    subjects = Subject.objects.select_for_update().filter(pk__in=[item.dossier.subject_id for item in asked])
    decision = dict(subjects.values_list("id", "decision_id"))
    return [item for item in asked if decision[item.dossier.subject_id] == item.dossier.subject.decision_id]


def _pass(
    layer: ModelLayer,
    position: int,
    asked: Sequence[Asked],
    memory: Memory,
    results: Results,
    observed: Mapping[str, Any],
    chunk: Chunk,
) -> Tally:
    """One layer over the cases still open: at most three exchanges each, all cases side by side."""
    started = time.perf_counter()
    fields = memory.terms.fields_out
    tally = Tally(layer=layer, position=position)
    talks: list[tuple[Asked, list[Exchange]]] = [(item, []) for item in asked if not item.is_over]
    tally.seen = len(talks)
    waiting = talks
    for _ in range(MOST_EXCHANGES + 1):
        turns = [layer.step(limited(item.case, fields), exchanges) for item, exchanges in waiting]
        marked = _marked([item.case for item, _ in waiting], turns)
        steps = [(item, exchanges, step) for (item, exchanges), step in zip(waiting, marked, strict=True)]
        for item, exchanges, step in steps:
            if not isinstance(step, Question):
                _conclude(item, layer, step, exchanges, memory, results, tally)
        asking = [(item, exchanges, step) for item, exchanges, step in steps if isinstance(step, Question)]
        asking = [entry for entry in asking if len(entry[1]) < MOST_EXCHANGES]
        if not asking:
            break
        replies = _ask([(step, item.case.is_sample) for item, _, step in asking], results.run, observed, chunk)
        for (item, exchanges, step), reply in zip(asking, replies, strict=True):
            exchanges.append(Exchange(question=step, reply=reply))
            item.last = reply.outcome
            tally.replies.append((step, reply))
        waiting = [(item, exchanges) for item, exchanges, _ in asking]
    tally.seconds = time.perf_counter() - started
    return tally


def _conclude(
    item: Asked,
    layer: ModelLayer,
    verdict: Verdict | None,
    exchanges: Sequence[Exchange],
    memory: Memory,
    results: Results,
    tally: Tally,
) -> None:
    reply = exchanges[-1].reply if exchanges else None
    ruling = rule(item.case, layer.name, verdict, memory) if verdict else None
    observed = {name: verdict.evidence[name] for name in _OBSERVED if name in verdict.evidence} if verdict else {}
    if verdict and ruling and ruling.is_accepted and (reason := results.objection(item.case, verdict, observed)):
        ruling = Ruling(is_for_person=True, reason=reason)
    outcome = "accepted" if ruling and ruling.is_accepted else (ruling.reason if ruling else "")
    item.path.append(_passage(layer.name, verdict, exchanges, outcome))
    if verdict:
        item.verdict, item.layer = verdict, layer.name
        item.evidence |= verdict.evidence
    if ruling and ruling.is_accepted:
        item.is_accepted = item.is_over = True
        tally.decided += 1
    elif ruling and ruling.is_for_person and verdict and verdict.label != UNSURE:
        item.is_over, item.reason = True, ruling.reason
        tally.to_person += 1
    elif reply is not None and not reply.is_answered:
        item.reason = f"ask:{reply.outcome.value}"
        # A dearer model is no way out of an empty budget.
        item.is_over = reply.outcome is Outcome.UNAFFORDABLE
    elif verdict:
        item.reason = "below_threshold" if verdict.label != UNSURE else "models_unsure"


def _passage(layer: str, verdict: Verdict | None, exchanges: Sequence[Exchange], outcome: str) -> dict[str, Any]:
    passage: dict[str, Any] = {"layer": layer, "outcome": outcome}
    if verdict:
        passage |= {"label": verdict.label, "score": round(verdict.score, 6), "anchor": verdict.anchor}
        passage |= {"reason": verdict.reason, "said": str(verdict.evidence.get("said", ""))[:400]}
    if exchanges:
        replies = [exchange.reply for exchange in exchanges]
        passage |= {
            "attempts": [attempt for reply in replies for attempt in reply.attempt_ids],
            "asked": replies[-1].outcome.value,
            "detail": replies[-1].detail,
            "model": replies[-1].model,
            "is_practice": replies[-1].is_practice,
            "is_cached": all(reply.is_cached for reply in replies),
            "cost_microusd": sum(reply.cost_microusd for reply in replies),
        }
    return passage


def _ask(
    questions: Sequence[tuple[Question, bool]], run: Run, observed: Mapping[str, Any], chunk: Chunk
) -> list[Reply]:
    """Replies in the order of the questions. Practice answers never decide what a user uploaded."""
    plan = run.forecast.get("plan") or {}
    if plan and not plan["is_pause"]:
        return [Reply(outcome=Outcome.BLOCKED, detail=plan["sentence"])] * len(questions)
    replies: dict[int, Reply] = {}
    for allow_practice in (False, True):
        places = [i for i, (_, is_sample) in enumerate(questions) if is_sample is allow_practice]
        if places:
            # A run that paused and is at its questions has somebody's consent.
            context = gateway.CallContext(
                run_key=run.key, allow_practice=allow_practice, has_consent=bool(plan), observed=observed
            )
            found = gateway.ask([questions[i][0] for i in places], context, on_progress=_progress(chunk))
            replies |= dict(zip(places, found, strict=True))
    return [replies[i] for i in range(len(questions))]


def _progress(chunk: Chunk) -> Callable[..., None]:
    def show(done: int, total: int) -> None:
        held = Chunk.objects.filter(pk=chunk.pk, fence=chunk.fence)
        held.update(done=min(done, chunk.total))

    return show


def _write(chunk: Chunk, run: Run, pipeline: Pipeline, asked: Sequence[Asked], tallies: Sequence[Tally]) -> None:
    now = timezone.now()
    with chunks.fenced(chunk):
        outcomes = [_outcome(run, pipeline, item) for item in _still_open(asked)]
        decide.record(outcomes, pipeline=pipeline, run=run, now=now)
        Step.objects.bulk_create(_step(run, chunk, tally) for tally in tallies)
        ExampleUse.objects.bulk_create(
            [
                ExampleUse(attempt_id=attempt, answer_id=answer)
                for tally in tallies
                for question, reply in tally.replies
                if not reply.is_cached
                for attempt in reply.attempt_ids
                for answer in question.example_ids
            ],
            ignore_conflicts=True,
        )
        chunks.finish(chunk, done=chunk.total)


def _outcome(run: Run, pipeline: Pipeline, item: Asked) -> decide.Outcome:
    verdict = item.verdict
    if pipeline.fallback and not item.is_accepted and (item.last is None or item.reason.startswith("ask:")):
        return _without_a_model(run, pipeline.fallback, item)
    sure = _rules_word(item)
    if sure is not None:
        return _as_the_rules_had_it(run, item, sure)
    best = item.case.candidate(verdict.anchor) if verdict else None
    best = best or (item.case.candidates[0] if item.case.candidates else None)
    said = item.evidence
    if item.is_accepted and verdict:
        label, layer, reason, anchor = verdict.label, item.layer, verdict.reason, verdict.anchor
    else:
        label, layer, reason, anchor = UNSURE, "person", item.reason, best.object_id if best else None
    return decide.Outcome(
        subject=item.dossier.subject,
        label=label,
        layer=layer,
        reason=reason,
        anchor=anchor,
        score=verdict.score if verdict else None,
        is_model=item.is_accepted,
        is_for_person=not item.is_accepted,
        is_ask_due=not item.is_accepted and item.last in _DUE_AGAIN,
        stake=max((candidate.probability for candidate in item.case.candidates), default=0.0),
        case_hash=item.dossier.case_hash,
        dossier_id=item.dossier.pk,
        evidence=evidence.of(item.case, best.object_id if best else None, said, cuts(thresholds_of(run))),
        path=item.path,
        versions=versions(run),
    )


def _without_a_model(run: Run, fallback: tuple[str, str], item: Asked) -> decide.Outcome:
    """What stands where no model answered, asked again by the next run; what one of the models said is kept."""
    return decide.Outcome(
        subject=item.dossier.subject,
        label=fallback[1],
        layer=fallback[0],
        reason=item.reason if item.last else "nothing_asked",
        is_ask_due=item.last is not None,
        case_hash=item.dossier.case_hash,
        dossier_id=item.dossier.pk,
        evidence=item.evidence,
        path=item.path,
        versions=versions(run),
    )


def _rules_word(item: Asked) -> dict[str, Any] | None:
    """What the rules had decided about a case that the plan wants asked all the same, and nobody could be asked."""
    if item.is_accepted or not item.reason.startswith("ask:"):
        return None
    return next((passage for passage in item.dossier.path if passage.get("outcome") == "accepted"), None)


def _as_the_rules_had_it(run: Run, item: Asked, sure: dict[str, Any]) -> decide.Outcome:
    return decide.Outcome(
        subject=item.dossier.subject,
        label=sure["label"],
        layer=sure["layer"],
        reason=sure["reason"],
        anchor=sure["anchor"],
        score=sure["score"],
        case_hash=item.dossier.case_hash,
        dossier_id=item.dossier.pk,
        evidence=evidence.of(item.case, sure["anchor"], {}, cuts(thresholds_of(run))),
        path=item.path,
        versions=versions(run),
    )


def _step(run: Run, chunk: Chunk, tally: Tally) -> Step:
    """Calls, tokens and cost come from the ledger: also what a killed worker bought before this one took over."""
    attempts = Attempt.objects.filter(
        run_key=run.key, layer=tally.layer.name, subject_key__in=_subject_keys(run, chunk)
    )
    held = Q(state__in=(Attempt.State.OPEN, Attempt.State.UNKNOWN))
    used = attempts.aggregate(
        calls=Count("id"),
        input_tokens=Sum("input_tokens", default=0),
        output_tokens=Sum("output_tokens", default=0),
        cost=Sum("cost_microusd", default=0),
        held=Sum("reserved_microusd", filter=held, default=0),
    )
    return Step(
        run=run,
        chunk=chunk,
        layer=tally.layer.name,
        position=tally.position,
        is_model=True,
        seen=tally.seen,
        decided=tally.decided,
        sent_to_review=tally.to_person,
        milliseconds=round(1000 * tally.seconds),
        calls=used["calls"],
        cached=sum(reply.is_cached for _, reply in tally.replies),
        input_tokens=used["input_tokens"],
        output_tokens=used["output_tokens"],
        cost_microusd=used["cost"] + used["held"],
    )


def _subject_keys(run: Run, chunk: Chunk) -> list[str]:
    objects = Dossier.objects.filter(run=run, subject__in=chunk.payload["subjects"])
    return [str(object_id) for object_id in objects.values_list("subject__object_id", flat=True)]
