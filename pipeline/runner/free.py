"""The free pass: every due case through the layers that cost nothing, then the questions that remain are forecast."""

import gc
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pipeline import bulk, data_audit, evidence, plan_facts, registry
from pipeline import cases as case_io
from pipeline.learning.examples import MOST, select
from pipeline.leaving import limited
from pipeline.models import Chunk, Decision, Dossier, Run, Step, Subject
from pipeline.pipeline import UNSURE, Case, Memory, Pipeline, Verdict, Work
from pipeline.runner import chunks, decide, forecast, growth
from pipeline.runner.accept import Ruling, cuts, rule
from pipeline.runner.ahead import ahead
from pipeline.runner.memory import recall, thresholds_of, versions

# Cases to a transaction. SQLite has one writer, whom the web must not wait for long.
BATCH = {"sqlite": 1000, "postgresql": 5000}


@dataclass(kw_only=True)
class Standing:
    """A due case on its way through the layers."""

    case: Case
    subject: Subject
    case_hash: str
    path: list[dict[str, Any]] = field(default_factory=list)


# Standing, layer, verdict, ruling.
Settled = tuple[Standing, str, Verdict, Ruling]
Cuts = tuple[float | None, float | None]


def work(chunk: Chunk) -> None:
    """Judge, record and apply; leaves dossiers and ask chunks for what stays open. May be repeated after a kill."""
    with _uncollected():
        _work(chunk)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare a pass over many cases the collector of cycles, which would walk all of them again and again for nothing:
    they hold none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _work(chunk: Chunk) -> None:
    run = chunk.run
    assert run is not None
    pipeline = registry.get(run.pipeline)
    Run.objects.filter(pk=run.pk, started_at=None).update(started_at=timezone.now())
    Run.objects.filter(pk=run.pk, state=Run.State.QUEUED).update(state=Run.State.RUNNING)
    memory = recall(run, pipeline)
    started = time.perf_counter()
    prepared, untouched = growth.prepared(pipeline, memory, run.as_of)
    due, unchanged = _due(pipeline, run, prepared.cases)
    unchanged += untouched
    if run.is_dry_run:
        _finish_dry_run(chunk, run, pipeline, prepared, due, memory, started, unchanged)
        return
    timings, open_ = _decide(chunk, run, pipeline, prepared, due, memory)
    _audit_decided(run, prepared.cases, open_)
    _hand_over(chunk, run, pipeline, memory, timings, open_, unchanged)
    learned = {name: prepared.facts[name] for name in ("learned",) if name in prepared.facts}
    summary = {"free_seconds": round(time.perf_counter() - started, 3), **learned}
    Run.objects.filter(pk=run.pk).update(summary=summary)


def _audit_decided(run: Run, cases: Sequence[Case], open_: Sequence[Standing]) -> None:
    """Counted from the decisions themselves: exact also after a restart."""
    made = Decision.objects.filter(run=run, by=None).order_by()
    layer_of = dict(made.values_list("subject__object_id", "layer"))
    by_rules = [object_id for object_id, layer in layer_of.items() if layer != "person"]
    _audit(run, cases, due=[*layer_of, *(standing.case.object_id for standing in open_)], by_rules=by_rules)


def _audit(run: Run, cases: Sequence[Case], *, due: Collection[int], by_rules: Collection[int]) -> None:
    """Store what the data is like."""
    imports = plan_facts.source_facts(timezone.now())
    found = data_audit.audit(cases, due=due, by_rules=by_rules, imports=imports)
    Run.objects.filter(pk=run.pk).update(audit={"sources": [asdict(one) for one in found]})


def _due(pipeline: Pipeline, run: Run, cases: Sequence[Case]) -> tuple[list[Standing], int]:
    """Cases whose content changed since their last decision, that were never decided, or still have to be asked.

    What a person decided stands, and what this run decided before a restart is done.
    """
    subjects = _subjects(pipeline, cases)
    done = set(Decision.objects.filter(run=run, by=None).values_list("subject_id", flat=True))
    by_person = set(
        Subject.objects.filter(pipeline=pipeline.name, decision__by__isnull=False).values_list("id", flat=True)
    )
    due, unchanged = [], 0
    for case in cases:
        subject = subjects[case.object_id]
        if subject.pk in done:
            continue
        case_hash = case_io.case_hash(case)
        is_known = subject.case_hash == case_hash and not subject.is_ask_due
        if is_known or (pipeline.is_answer_final and subject.pk in by_person):
            unchanged += 1
            continue
        due.append(Standing(case=case, subject=subject, case_hash=case_hash))
    return due, unchanged


def _subjects(pipeline: Pipeline, cases: Sequence[Case]) -> dict[int, Subject]:
    stored = Subject.objects.filter(pipeline=pipeline.name)
    if len(cases) <= growth.MOST_NEAR:
        stored = stored.filter(object_id__in=[case.object_id for case in cases])
    known = {subject.object_id: subject for subject in stored}
    # Stored with their first decision; where a person makes one of them before, the chunk fails and is taken again.
    return known | {
        case.object_id: bulk.instance(
            Subject, pipeline=pipeline.name, object_id=case.object_id, case_hash="", state="", decision_id=None,
            is_ask_due=False,
        )
        for case in cases
        if case.object_id not in known
    }  # fmt: skip


def judge(
    pipeline: Pipeline, prepared: Work, due: Sequence[Standing], memory: Memory
) -> tuple[dict[str, float], list[Settled], list[Standing]]:
    """The due cases, completed, through the free layers: seconds per layer, what each settled, and what stays open."""
    timings: dict[str, float] = {}
    settled: list[Settled] = []
    open_ = [Standing(case=pipeline.complete(one.case), subject=one.subject, case_hash=one.case_hash) for one in due]
    for layer in pipeline.free_layers:
        started = time.perf_counter()
        verdicts = layer.judge(replace(prepared, cases=tuple(standing.case for standing in open_)))
        left = []
        for standing, verdict in zip(open_, verdicts, strict=True):
            ruling = rule(standing.case, layer.name, verdict, memory) if verdict else None
            if verdict:
                standing.path.append(_passage(layer.name, verdict, ruling))
            is_settled = ruling is not None and (ruling.is_accepted or ruling.is_for_person)
            if memory.terms.asks_always and ruling and ruling.is_accepted and standing.case.candidates:
                is_settled = False
            if verdict and ruling and is_settled:
                settled.append((standing, layer.name, verdict, ruling))
            else:
                left.append(standing)
        open_ = left
        timings[layer.name] = time.perf_counter() - started
    return timings, settled, open_


def _passage(layer: str, verdict: Verdict, ruling: Ruling | None) -> dict[str, Any]:
    return {
        "layer": layer,
        "label": verdict.label,
        "score": round(verdict.score, 6),
        "anchor": verdict.anchor,
        "reason": verdict.reason,
        "outcome": "accepted" if ruling and ruling.is_accepted else (ruling.reason if ruling else ""),
    }


@dataclass(frozen=True, kw_only=True)
class _Batch:
    """Some of the due cases, judged: what to record, which of it a person is asked about, what stays open."""

    number: int
    seconds: Mapping[str, float]
    outcomes: Sequence[decide.Outcome]
    asked: Sequence[Standing]
    open_: Sequence[Standing]


def _decide(
    chunk: Chunk, run: Run, pipeline: Pipeline, prepared: Work, due: Sequence[Standing], memory: Memory
) -> tuple[dict[str, float], list[Standing]]:
    """Judge and record batch by batch, oldest first; seconds per layer, and what stays open."""
    due = sorted(due, key=lambda standing: standing.case.object_id)
    versions_, cuts_ = versions(run), cuts(thresholds_of(run))

    def judged(some: Sequence[Standing]) -> _Batch:
        seconds, settled, left = judge(pipeline, prepared, some, memory)
        settled.sort(key=lambda one: one[0].case.object_id)
        return _Batch(
            number=len(some),
            seconds=seconds,
            outcomes=[_outcome(one, versions_, cuts_) for one in settled],
            asked=[standing for standing, _, _, ruling in settled if ruling.is_for_person],
            open_=left,
        )

    timings = {layer.name: 0.0 for layer in pipeline.free_layers}
    open_: list[Standing] = []
    seen = 0
    for batch in ahead(map(judged, _slices(due, BATCH[connection.vendor]))):
        seen += batch.number
        timings = {name: total + batch.seconds[name] for name, total in timings.items()}
        open_ += batch.open_
        with chunks.fenced(chunk, total=len(due), done=seen):
            _record(batch, run, pipeline)
        chunks.breathe()
    return timings, open_


def _record(batch: _Batch, run: Run, pipeline: Pipeline) -> None:
    bulk.reserve(outcome.subject for outcome in batch.outcomes if outcome.subject.pk is None)
    dossiers = _dossiers(run, batch.asked)
    for outcome in batch.outcomes:
        outcome.dossier_id = dossiers.get(outcome.subject.pk)
    decide.record(batch.outcomes, pipeline=pipeline, run=run, now=timezone.now())


def _outcome(settled: Settled, versions_: Mapping[str, Any], cuts_: Cuts) -> decide.Outcome:
    """What is to be recorded; where a person is asked, the dossier is still to come."""
    standing, layer, verdict, ruling = settled
    return decide.Outcome(
        subject=standing.subject,
        label=UNSURE if ruling.is_for_person else verdict.label,
        layer="person" if ruling.is_for_person else layer,
        reason=ruling.reason or verdict.reason,
        anchor=verdict.anchor,
        score=verdict.score,
        is_for_person=ruling.is_for_person,
        stake=stake(standing.case),
        case_hash=standing.case_hash,
        evidence=evidence.of(standing.case, verdict.anchor, verdict.evidence, cuts_),
        path=standing.path,
        versions=versions_,
    )


def stake(case: Case) -> float:
    """The review queue's order: the nearer a link, the sooner the question. Money at stake joins with the deals."""
    return max((candidate.probability for candidate in case.candidates), default=0.0)


def _hand_over(
    chunk: Chunk,
    run: Run,
    pipeline: Pipeline,
    memory: Memory,
    timings: dict[str, float],
    open_: Sequence[Standing],
    unchanged: int,
) -> None:
    """Write dossiers for what stays open, the forecast, the steps and the chunks that ask."""
    open_ = [with_examples(standing, run, memory) for standing in open_]
    questions = [limited(standing.case, memory.terms.fields_out) for standing in open_]
    for batch in _slices(open_, BATCH[connection.vendor]):
        with chunks.fenced(chunk):
            bulk.create(standing.subject for standing in batch if standing.subject.pk is None)
            _dossiers(run, batch)
    with chunks.fenced(chunk):
        _write_steps(chunk, run, pipeline, timings, len(open_))
        subjects = [standing.subject.pk for standing in open_]
        size = pipeline.size_of_ask
        Chunk.objects.bulk_create(
            Chunk(run=run, phase=Chunk.Phase.ASK, stage=1, idx=i, total=len(part), payload={"subjects": part})
            for i, part in enumerate(_slices(subjects, size))
        )
        Chunk.objects.create(run=run, phase=Chunk.Phase.FINISH, stage=2)
        decided = Decision.objects.filter(run=run, by=None).count()
        expected = forecast.forecast(pipeline, questions, run.key)
        items = decided + len(open_) + unchanged
        expected["plan"] = plan_facts.check_run(
            run, pipeline, items=items, open_items=len(open_), forecast=expected, now=timezone.now()
        )
        Run.objects.filter(pk=run.pk).update(cases=decided + len(open_), unchanged=unchanged, forecast=expected)
        if expected["plan"].get("is_pause"):
            Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(state=Run.State.CONSENT)
        chunks.finish(chunk, total=decided, done=decided)


def with_examples(standing: Standing, run: Run, memory: Memory) -> Standing:
    """Freeze into the case what a question needs, so that a question asked again after a restart is the same one."""
    features = standing.case.candidates[0].features if standing.case.candidates else {}
    most = MOST if memory.terms.most_examples is None else memory.terms.most_examples
    marker = salted_hmac("question", f"{run.key}:{standing.case.object_id}").hexdigest()[:12]
    standing.case = standing.case.but(marker=marker, examples=select(features, memory.examples, most))
    return standing


def _dossiers(run: Run, standings: Sequence[Standing]) -> dict[int, int]:
    """Subject id → dossier id; those written before a restart are kept as they are."""
    kept = Dossier.objects.filter(run=run, subject__in=[s.subject.pk for s in standings])
    known = dict(kept.values_list("subject", "id"))
    new = [s for s in standings if s.subject.pk not in known]
    now = timezone.now()
    ids = bulk.insert(
        Dossier,
        ("run_id", "subject_id", "case_hash", "path", "case", "created_at"),
        ((run.pk, s.subject.pk, s.case_hash, s.path, case_io.to_json(s.case), now) for s in new),
    )
    return known | {s.subject.pk: pk for s, pk in zip(new, ids, strict=True)}


def _write_steps(chunk: Chunk, run: Run, pipeline: Pipeline, timings: dict[str, float], still_open: int) -> None:
    """Counts come from the decisions themselves: exact also after a restart."""
    made = Decision.objects.filter(run=run, by=None)
    by_rules = made.exclude(layer="person").order_by().values_list("layer").annotate(n=Count("id"))
    decided: dict[str, int] = dict(by_rules)
    held = Counter(path[-1]["layer"] for path in made.filter(layer="person").values_list("path", flat=True))
    seen = sum(decided.values()) + sum(held.values()) + still_open
    steps = []
    for position, layer in enumerate(pipeline.layers):
        if layer.is_model:
            continue
        here, away = decided.get(layer.name, 0), held[layer.name]
        steps.append(
            Step(
                run=run,
                chunk=chunk,
                layer=layer.name,
                position=position,
                seen=seen,
                decided=here,
                sent_to_review=away,
                milliseconds=round(1000 * timings.get(layer.name, 0.0)),
            )
        )
        seen -= here + away
    Step.objects.bulk_create(steps)


def _finish_dry_run(
    chunk: Chunk,
    run: Run,
    pipeline: Pipeline,
    prepared: Work,
    due: Sequence[Standing],
    memory: Memory,
    started: float,
    unchanged: int,
) -> None:
    _, settled, open_ = judge(pipeline, prepared, due, memory)
    _audit(
        run,
        prepared.cases,
        due=[standing.case.object_id for standing in due],
        by_rules=[standing.case.object_id for standing, _, _, ruling in settled if not ruling.is_for_person],
    )
    open_ = [with_examples(standing, run, memory) for standing in open_]
    questions = [limited(standing.case, memory.terms.fields_out) for standing in open_]
    decided = Counter("person" if ruling.is_for_person else layer for _, layer, _, ruling in settled)
    now = timezone.now()
    with chunks.fenced(chunk):
        Run.objects.filter(pk=run.pk).update(
            state=Run.State.FINISHED,
            finished_at=now,
            cases=len(settled) + len(open_),
            unchanged=unchanged,
            forecast=forecast.forecast(pipeline, questions, run.key),
            summary={"decided": decided, "open": len(open_), "free_seconds": round(time.perf_counter() - started, 3)},
        )
        chunks.finish(chunk)


def _slices(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (items[i : i + size] for i in range(0, len(items), size))
