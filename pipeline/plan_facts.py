"""What a plan is checked against here: tasks, their prompts, their sources, and what a run is about to do."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User

from governance import plans
from governance.models import LanguageModel, Organisation, PlanVersion
from governance.plan_checks import At, Finding, SourceFacts
from governance.plan_checks.ai_share import PAUSES
from pipeline import list_matching, registry
from pipeline.models import ImportFile, Run, Source
from pipeline.pipeline import Pipeline
from pipeline.runner.memory import prompt_version, text_version

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_STOPS = frozenset({"not asked", "rules only", "unfinished"})


def task_titles() -> dict[str, str]:
    """The tasks that may ask a model, by key."""
    titles = {name: pipeline.title for name, pipeline in registry.pipelines().items() if pipeline.model_layers}
    return titles | {list_matching.NAME: list_matching.TITLE}


def prompts() -> dict[str, str]:
    """Task → the version of its prompts."""
    known = registry.pipelines()
    versions = {name: prompt_version(known[name]) for name in task_titles() if name in known}
    return versions | {list_matching.NAME: text_version(list_matching.PROMPT)}


def purposes(tasks: Collection[str]) -> frozenset[str]:
    """What the results of these tasks serve, in the plan's terms."""
    known = registry.pipelines()
    return frozenset(purpose for task in tasks if task in known for purpose in known[task].purposes)


def at_saving(tasks: Collection[str]) -> dict[str, Any]:
    """What a draft is checked against beside its own answers."""
    return {
        "known_tasks": frozenset(task_titles()),
        "purposes": purposes(tasks),
        "known_sources": frozenset(Source.objects.values_list("name", flat=True)),
        "known_models": frozenset(LanguageModel.objects.filter(is_enabled=True).values_list("name", flat=True)),
        "reviewers": reviewers(),
    }


def reviewers() -> int:
    """How many people may answer questions."""
    return User.objects.with_perm("pipeline.add_answer", backend=_BACKEND).filter(is_active=True).count()


def source_facts(now: datetime) -> tuple[SourceFacts, ...]:
    """Each source's last import: its age in days and the share of its rows that failed."""
    last: dict[str, SourceFacts] = {}
    files = ImportFile.objects.filter(state=ImportFile.State.DONE, source__isnull=False, imported_at__isnull=False)
    for source in Source.objects.filter(pk__in=files.values("source")).order_by("name"):
        file = files.filter(source=source).order_by("-imported_at").first()
        if file is not None and file.imported_at is not None:
            failed = 100 * file.failed / file.rows if file.rows else 0.0
            age = (now - file.imported_at).days
            last[source.name] = SourceFacts(name=source.name, age_days=age, error_percent=failed)
    return tuple(last.values())


def check_run(
    run: Run, pipeline: Pipeline, *, items: int, open_items: int, forecast: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Check the plan at the start of a run, before any question: {} where it may ask, else what the run's page says.

    `line` and `sentence` of what stops the asking, or of what makes the run wait for consent (`is_pause`).
    """
    day = Organisation.current().day(now)
    version = plans.governing(pipeline.name, day)[0]
    if version is None:
        found = plans.failing(None, at=At.RUN, day=day, task=pipeline.name)
        plans.record(None, found, at=At.RUN, task=pipeline.name, run_key=run.key, now=now)
    else:
        found = plans.check(version, _facts(run, version, pipeline, items, open_items, forecast, day, now),
                            run_key=run.key, now=now)  # fmt: skip
    stops = [finding for finding in found if finding.action in _STOPS]
    pauses = [finding for finding in found if finding.action == PAUSES]
    chosen = next(iter(stops + pauses), None)
    return _told(chosen, is_pause=not stops) if chosen and open_items else {}


def _facts(
    run: Run,
    version: PlanVersion,
    pipeline: Pipeline,
    items: int,
    open_items: int,
    forecast: Mapping[str, Any],
    day: date,
    now: datetime,
) -> Any:
    return plans.facts_for(
        version,
        at=At.RUN,
        day=day,
        task=pipeline.name,
        other_plans=plans.other_plans(version, day),
        items=items,
        ai_items=open_items,
        run_microusd=forecast.get("expected_microusd", 0),
        source_facts=source_facts(now),
        prompt=run.memory.get("prompt", ""),
    )


def _told(finding: Finding, *, is_pause: bool) -> dict[str, Any]:
    return {"line": finding.line, "sentence": finding.sentence, "is_pause": is_pause}
