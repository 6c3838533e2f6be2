"""What workers are woken for: drain claimable chunks for a while. The chunk rows are the truth, a task only a nudge."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.models import Task
from django_q.tasks import async_task

from governance.models import PlanDryRun
from pipeline import plan_nightly
from pipeline.ingest import staging
from pipeline.models import Batch, Chunk, Run
from pipeline.plan_dry_run import run_dry
from pipeline.runner import ask, chunks, finish, free

log = logging.getLogger(__name__)

WORK: dict[str, Callable[[Chunk], None]] = {
    Chunk.Phase.IMPORT: staging.work,
    Chunk.Phase.FREE: free.work,
    Chunk.Phase.ASK: ask.work,
    Chunk.Phase.FINISH: lambda chunk: (finish.work if chunk.run_id else staging.settle)(chunk),
}


def wake() -> bool:
    """Queue a drain where there is something to claim. True when one was queued."""
    if not chunks.claimable(timezone.now()).exists():
        return False
    async_task("pipeline.tasks.drain", group="drain")
    return True


def wake_on_commit() -> None:
    """Nudge the workers once the rows they are to find are there."""
    transaction.on_commit(lambda: async_task("pipeline.tasks.drain", group="drain"))


def drain(seconds: float | None = None) -> int:
    """Work on claimable chunks until there are none or `seconds` are over; the number of chunks worked on."""
    until = time.monotonic() + (settings.DRAIN_S if seconds is None else seconds)
    worked = 0
    while time.monotonic() < until and (chunk := chunks.claim()) is not None:
        do(chunk)
        worked += 1
    return worked


def tidy() -> int:
    """Delete the queue's own records of jobs older than a week (our tables keep what they did). Returns how many."""
    before = timezone.now() - timedelta(days=7)
    return Task.objects.filter(stopped__lt=before).delete()[0]


def plan_dry_run(pk: int) -> None:
    """Replay past cases under a draft; what went wrong is shown on its page."""
    dry_run = PlanDryRun.objects.select_related("plan_version__plan").filter(pk=pk, state=PlanDryRun.State.WAITING)
    for waiting in dry_run:
        try:
            run_dry(waiting)
        except Exception:
            PlanDryRun.objects.filter(pk=pk).update(state=PlanDryRun.State.FAILED, finished_at=timezone.now())
            raise


def check_plans() -> int:
    """The plan's nightly checks. Returns how many findings there were."""
    return plan_nightly.check_plans()


def do(chunk: Chunk) -> None:
    """Work on one claimed chunk under a heartbeat. Trouble is put on the chunk; only repeated trouble ends its run."""
    try:
        with chunks.Heartbeat(chunk):
            WORK[chunk.phase](chunk)
    except chunks.LeaseLost:
        log.warning("Chunk %s went to another worker.", chunk.pk)
    except Exception as error:  # a bug or a lost database: the chunk is tried again, then reported
        log.exception("Chunk %s failed.", chunk.pk)
        if chunks.fail(chunk, f"{type(error).__name__}: {error}"):
            _give_up(chunk)


def _give_up(chunk: Chunk) -> None:
    """A chunk that failed for good: questions go to people at the finish, anything else ends the run or the import."""
    now = timezone.now()
    if chunk.run_id and chunk.phase != Chunk.Phase.ASK:
        sentence = "The run stopped because a step failed repeatedly. What was decided stays; start it again to go on."
        Run.objects.filter(pk=chunk.run_id).update(state=Run.State.FAILED, finished_at=now, error=sentence)
    if chunk.batch_id:
        Batch.objects.filter(pk=chunk.batch_id).update(state=Batch.State.DONE, finished_at=now)
