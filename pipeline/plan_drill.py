"""The nightly drill: five past cases without AI, as far as the page that would ask a person about them."""

import logging
from collections.abc import Sequence
from datetime import datetime

from governance.models import PlanVersion
from pipeline import registry
from pipeline.models import Dossier, Drill, Run, Subject
from pipeline.pipeline import Pipeline
from pipeline.runner import free, memory

log = logging.getLogger(__name__)
CASES = 5


def drill(pipeline: Pipeline, now: datetime) -> Drill | None:
    """Judge the cases decided last by the free layers alone; None while nothing was ever decided."""
    subjects = list(Subject.objects.filter(pipeline=pipeline.name).exclude(decision=None).order_by("-decision")[:CASES])
    if not subjects:
        return None
    made = Drill(pipeline=pipeline.name, at=now, cases=len(subjects))
    try:
        _try(pipeline, subjects, made, now)
    except Exception as error:  # whatever breaks is what the drill is there to find
        log.exception("Working without AI failed in %s.", pipeline.name)
        made.error = f"{type(error).__name__}: {error}"[:300]
    made.save()
    return made


def _try(pipeline: Pipeline, subjects: Sequence[Subject], made: Drill, now: datetime) -> None:
    run = Run(pipeline=pipeline.name, memory=memory.freeze(pipeline, now), created_at=now)
    learnt = memory.recall(run, pipeline)
    by_id = {subject.object_id: subject for subject in subjects}
    prepared = pipeline.prepare(pipeline.cases(sorted({*by_id, *_beside(subjects)})), learnt)
    due = [
        free.Standing(case=case, subject=by_id[case.object_id], case_hash="")
        for case in prepared.cases
        if case.object_id in by_id
    ]
    _, settled, open_ = free.judge(pipeline, prepared, due, learnt)
    for standing in [*open_, *(standing for standing, _, _, ruling in settled if ruling.is_for_person)]:
        pipeline.present(standing.case, None)
        made.to_person += 1
    made.by_rules = len(due) - made.to_person


def _beside(subjects: Sequence[Subject]) -> set[int]:
    """The records the subjects were last compared with."""
    dossiers = Dossier.objects.filter(subject__in=subjects).values_list("case", flat=True)
    return {candidate["object_id"] for case in dossiers for candidate in case.get("candidates", ())}


def age_days(version: PlanVersion, now: datetime) -> int | None:
    """Days since each of a version's tasks last got by without AI, the longest of them; None where nothing was decided
    yet. What never did counts from the approval."""
    tasks = Subject.objects.filter(pipeline__in=version.tasks).exclude(decision=None)
    ages = []
    for task in tasks.order_by().values_list("pipeline", flat=True).distinct():
        passed = Drill.objects.filter(pipeline=task, error="").order_by("-at").first()
        since = passed.at if passed else version.approved_at or now
        ages.append((now - since).days)
    return max(ages, default=None)


def drill_all(version: PlanVersion, now: datetime) -> None:
    """Drill every task of a version that the program knows."""
    known = registry.pipelines()
    for task in version.tasks:
        if task in known:
            drill(known[task], now)
