"""Starts, stops and releases runs."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from pipeline import registry
from pipeline.models import Chunk, Run
from pipeline.runner import memory


class AlreadyRunning(Exception):
    """Two runs of one pipeline never overlap."""


def start(pipeline_name: str, *, by: Any = None, is_dry_run: bool = False, as_of: date | None = None) -> Run:
    """Queue a run; a worker takes it up. Raises LookupError for an unknown name and AlreadyRunning."""
    pipeline = registry.get(pipeline_name)
    now = timezone.now()
    try:
        with transaction.atomic():
            run = Run.objects.create(
                pipeline=pipeline.name, by=by, is_dry_run=is_dry_run, as_of=as_of, memory=memory.freeze(pipeline, now)
            )
            Chunk.objects.create(run=run, phase=Chunk.Phase.FREE, stage=0)
    except IntegrityError:
        active = Run.objects.filter(pipeline=pipeline.name, state__in=Run.ACTIVE).first()
        number = f" (run {active.pk})" if active else ""
        raise AlreadyRunning(f"“{pipeline.title}” is running already{number}.") from None
    return run


def stop(run: Run) -> bool:
    """End a run after the chunks now in work; what is decided stays decided. False where it had ended already."""
    return bool(
        Run.objects.filter(pk=run.pk, state__in=Run.ACTIVE).update(state=Run.State.STOPPED, finished_at=timezone.now())
    )


def consent(run: Run) -> bool:
    """Let a run that waits at the plan's ceiling go on. False where it does not wait."""
    return bool(Run.objects.filter(pk=run.pk, state=Run.State.CONSENT).update(state=Run.State.RUNNING))
