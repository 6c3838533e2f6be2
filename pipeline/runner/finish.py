"""The end of a run: what no chunk could settle goes to a person, and the run's sums are stored."""

from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from pipeline import audits, evidence, registry
from pipeline import cases as case_io
from pipeline.models import Chunk, Decision, Dossier, Review, Run
from pipeline.pipeline import UNSURE, Pipeline
from pipeline.runner import chunks, decide
from pipeline.runner.accept import cuts
from pipeline.runner.memory import thresholds_of


def work(chunk: Chunk) -> None:
    """Close the run. Its numbers are sums of its steps and decisions, so that every page shows the same."""
    run = chunk.run
    assert run is not None
    pipeline = registry.get(run.pipeline)
    with chunks.fenced(chunk):
        _leave_the_rest_to_people(run, pipeline)
        now = timezone.now()
        Run.objects.filter(pk=run.pk).update(
            state=Run.State.FINISHED, finished_at=now, summary=run.summary | summary(run)
        )
        audits.draw(pipeline.name, now)
        chunks.finish(chunk)


def summary(run: Run) -> dict[str, Any]:
    """Decided by layer, waiting, calls, tokens, micro-dollars."""
    decided = Decision.objects.filter(run=run, by=None).values_list("layer").annotate(n=Count("id"))
    used = run.steps.aggregate(
        calls=Sum("calls", default=0),
        cached=Sum("cached", default=0),
        input_tokens=Sum("input_tokens", default=0),
        output_tokens=Sum("output_tokens", default=0),
        cost_microusd=Sum("cost_microusd", default=0),
    )
    by_layer = dict(decided)
    waiting = Review.objects.filter(decision__run=run, closed_at=None, kind=Review.Kind.QUESTION).aggregate(
        review=Count("id"), ask_due=Count("id", filter=Q(subject__is_ask_due=True))
    )
    return {"decided": by_layer, **waiting, **used}


def _leave_the_rest_to_people(run: Run, pipeline: Pipeline) -> None:
    decided = Decision.objects.filter(run=run, by=None).values("subject")
    undecided = Dossier.objects.filter(run=run).exclude(subject__in=decided)
    # What a person decided while the run was on its way stands.
    by_person = undecided.filter(subject__decision__by__isnull=False, subject__decision__created_at__gte=run.created_at)
    rest = list(undecided.exclude(pk__in=by_person).select_related("subject"))
    if not rest:
        return
    outcomes = []
    for dossier in rest:
        case = case_io.from_json(dossier.case)
        best = case.candidates[0] if case.candidates else None
        layer, label = pipeline.fallback or ("person", UNSURE)
        outcomes.append(
            decide.Outcome(
                subject=dossier.subject,
                label=label,
                layer=layer,
                reason="ask:interrupted",
                anchor=best.object_id if best else None,
                is_for_person=pipeline.fallback is None,
                is_ask_due=True,
                stake=best.probability if best else 0.0,
                case_hash=dossier.case_hash,
                dossier_id=dossier.pk,
                evidence=evidence.of(case, None, {}, cuts(thresholds_of(run))),
                path=dossier.path,
            )
        )
    decide.record(outcomes, pipeline=pipeline, run=run, now=timezone.now())
