"""How far a run or an import is, in a sentence and a share."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from pipeline.models import Batch, Chunk, Run

_DOING = {
    Chunk.Phase.IMPORT: "Reading rows",
    Chunk.Phase.FREE: "Applying the rules",
    Chunk.Phase.ASK: "Asking questions",
    Chunk.Phase.FINISH: "Summing up",
    Chunk.Phase.UNDO: "Taking back",
}


@dataclass(frozen=True, kw_only=True)
class Progress:
    """`percent` is 0..100; `sentence` says what happens now; `is_waiting`: nobody has taken it up yet."""

    percent: float
    sentence: str
    is_waiting: bool = False


def progress(work: Run | Batch) -> Progress:
    """How far the chunks of a run or a batch are. One query."""
    chunks = Chunk.objects.filter(**{"run" if isinstance(work, Run) else "batch": work})
    over = Q(state__in=(Chunk.State.DONE, Chunk.State.FAILED))
    phases = list(
        chunks.order_by("stage")
        .values("phase", "stage")
        .annotate(
            parts=Count("id"),
            over=Count("id", filter=over),
            held=Count("id", filter=Q(state=Chunk.State.LEASED)),
            items=Sum("total"),
            finished=Sum("done"),
        )
    )
    if not phases:
        return Progress(percent=0, sentence="Waiting for a worker", is_waiting=True)
    now = next((phase for phase in phases if phase["over"] < phase["parts"]), None)
    if now is None:
        return Progress(percent=100, sentence="Done")
    done_before = sum(_weight(phase["phase"]) for phase in phases[: phases.index(now)])
    all_of_it = sum(_weight(phase["phase"]) for phase in phases)
    part = now["finished"] / now["items"] if now["items"] else now["over"] / now["parts"]
    percent = 100 * (done_before + _weight(now["phase"]) * min(1, part)) / all_of_it
    counted = f", {min(now['finished'], now['items']):,} of {now['items']:,}" if now["items"] else ""
    is_waiting = not now["held"] and not any(phase["over"] for phase in phases)
    sentence = "Waiting for a worker" if is_waiting else f"{_DOING[Chunk.Phase(now['phase'])]}{counted}"
    return Progress(percent=round(percent, 1), sentence=sentence, is_waiting=is_waiting)


def _weight(phase: str) -> int:
    # Questions and rows take the time; a summary takes none worth showing.
    return {Chunk.Phase.ASK: 6, Chunk.Phase.IMPORT: 6, Chunk.Phase.FREE: 2}.get(Chunk.Phase(phase), 1)
