"""Who works on what: chunks are claimed by one conditional UPDATE, held by a lease in time and a growing fence."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from pipeline import registry
from pipeline.models import Batch, Chunk, Run

# A chunk that killed its worker this often is broken, not unlucky.
MAX_ATTEMPTS = 4


class LeaseLost(Exception):
    """Another worker holds the chunk now; whatever this one still has to write must not be written."""


def owner_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"[:80]


def claimable(now: datetime) -> QuerySet[Chunk]:
    """Chunks that nobody holds and whose earlier stages are finished, oldest first."""
    waiting = Q(state=Chunk.State.PENDING) | Q(state=Chunk.State.LEASED, lease_until__lt=now)
    unfinished = Q(state__in=(Chunk.State.PENDING, Chunk.State.LEASED))
    earlier = Chunk.objects.filter(unfinished, stage__lt=OuterRef("stage"))
    in_progress = Q(run__state__in=(Run.State.QUEUED, Run.State.RUNNING)) | Q(batch__state=Batch.State.RUNNING)
    return (
        Chunk.objects.filter(waiting & in_progress)
        .exclude(phase=Chunk.Phase.FREE, run__pipeline__in=_held_back())
        .filter(~Exists(earlier.filter(run=OuterRef("run"))), ~Exists(earlier.filter(batch=OuterRef("batch"))))
        .order_by("id")
    )


def _held_back() -> list[str]:
    """Pipelines that build on one whose run is still on its way: people wait for their companies."""
    active = set(Run.objects.filter(state__in=(Run.State.QUEUED, Run.State.RUNNING)).values_list("pipeline", flat=True))
    return [name for name, pipeline in registry.pipelines().items() if active & set(pipeline.after)]


def claim(now: datetime | None = None) -> Chunk | None:
    """The next chunk, now held by this worker, or None. Two workers never get the same one: the fence decides."""
    now = now or timezone.now()
    for chunk in claimable(now).select_related("run", "batch")[:8]:
        taken = Chunk.objects.filter(pk=chunk.pk, fence=chunk.fence, state=chunk.state).update(
            state=Chunk.State.LEASED,
            owner=owner_name(),
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            lease_until=now + lease(),
        )
        if taken:
            chunk.refresh_from_db()
            return chunk
    return None


def lease() -> timedelta:
    return timedelta(seconds=settings.CHUNK_LEASE_S)


@contextmanager
def fenced(chunk: Chunk, **changes: object) -> Iterator[None]:
    """A transaction that commits only while this worker still holds the chunk; `changes` are written to the chunk.

    Raises LeaseLost where another worker took over.
    """
    with transaction.atomic():
        held = Chunk.objects.filter(pk=chunk.pk, fence=chunk.fence, state=Chunk.State.LEASED)
        if not held.update(**{"lease_until": timezone.now() + lease(), **changes}):
            raise LeaseLost(f"Chunk {chunk.pk} is held by another worker.")
        yield


def breathe() -> None:
    """SQLite's write lock is not fair: without a pause between batches other writers (the web) starve."""
    if connection.vendor == "sqlite" and settings.SQLITE_PAUSE_S:
        time.sleep(settings.SQLITE_PAUSE_S)


def finish(chunk: Chunk, **changes: object) -> None:
    """Mark the chunk done, inside the caller's `fenced` block."""
    Chunk.objects.filter(pk=chunk.pk, fence=chunk.fence).update(state=Chunk.State.DONE, lease_until=None, **changes)


def fail(chunk: Chunk, sentence: str) -> bool:
    """Give the chunk up (after too many attempts) or let it be taken again after a pause. True when given up."""
    is_over = chunk.attempts >= MAX_ATTEMPTS
    # A lease nobody holds is the pause: the chunk is claimable again when it has run out.
    pause = timedelta(seconds=settings.CHUNK_RETRY_S * 2 ** (chunk.attempts - 1))
    Chunk.objects.filter(pk=chunk.pk, fence=chunk.fence).update(
        state=Chunk.State.FAILED if is_over else Chunk.State.LEASED,
        owner="",
        lease_until=None if is_over else timezone.now() + pause,
        error=sentence[:2000],
    )
    return is_over


class Heartbeat:
    """Renews a chunk's lease from a thread of its own while the work goes on."""

    def __init__(self, chunk: Chunk) -> None:
        self._chunk = chunk
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease-{chunk.pk}", daemon=True)

    def __enter__(self) -> Self:
        # An in-memory database is one connection's own; there nobody else could take the chunk anyway.
        if not _is_private_database():
            self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _beat(self) -> None:
        while not self._stop.wait(settings.CHUNK_RENEW_S):
            close_old_connections()
            held = Chunk.objects.filter(pk=self._chunk.pk, fence=self._chunk.fence, state=Chunk.State.LEASED)
            if not held.update(lease_until=timezone.now() + lease()):
                break
        connection.close()


def _is_private_database() -> bool:
    name = str(connection.settings_dict["NAME"])
    return connection.vendor == "sqlite" and (name == ":memory:" or "mode=memory" in name)
