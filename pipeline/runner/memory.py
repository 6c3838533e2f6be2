"""What people taught, as it stood when the run began: the same for every chunk and after every restart."""

import hashlib
from datetime import datetime
from typing import Any

from governance import plans
from governance.models import Organisation
from pipeline.models import Answer, PairFact, Run, Threshold
from pipeline.pipeline import Example, Memory, Pipeline
from pipeline.runner.accept import DEFAULT_THRESHOLD

# The newest answers are enough: selection takes eight, and older ones have lost most of their weight.
_MOST_EXAMPLES = 2000


def freeze(pipeline: Pipeline, now: datetime) -> dict[str, Any]:
    """What goes into `Run.memory`: ids of the answers that may be quoted, and the versions of all that decides."""
    answers = Answer.objects.filter(pipeline=pipeline.name, withdrawn_at=None, split=Answer.Split.LEARN)
    quotable = answers.exclude(features={}).exclude(dossier=None).order_by("-id")
    thresholds = dict(pipeline.thresholds)
    for row in Threshold.objects.filter(pipeline=pipeline.name, valid_from__lte=now).order_by("valid_from"):
        thresholds[row.layer, row.label] = row.value
    version, plan = plans.governing(pipeline.name, Organisation.current().day(now))
    if plan is not None and plan.accept_percent is not None:
        least = plan.accept_percent / 100
        for key in ((layer.name, label) for layer in pipeline.model_layers for label in pipeline.answers):
            thresholds[key] = max(least, thresholds.get(key, DEFAULT_THRESHOLD))
    return {
        "answers": list(quotable.values_list("id", flat=True)[:_MOST_EXAMPLES]),
        "thresholds": [[layer, label, value] for (layer, label), value in sorted(thresholds.items())],
        "plan": str(version or "none"),
        "prompt": prompt_version(pipeline),
    }


def versions(run: Run) -> dict[str, Any]:
    """What a decision of this run keeps of it: plan, prompt, thresholds."""
    return {name: run.memory[name] for name in ("plan", "prompt", "thresholds") if name in run.memory}


def prompt_version(pipeline: Pipeline) -> str:
    """Eight hex digits that change with any word of the pipeline's instructions."""
    text = "\x1f".join(layer.prompt for layer in pipeline.model_layers)
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def recall(run: Run, pipeline: Pipeline) -> Memory:
    """The frozen memory of a run. Pairs kept apart are read fresh: an answer given meanwhile must never be overrun."""
    answers = Answer.objects.filter(id__in=run.memory.get("answers", ())).select_related("dossier", "by")
    examples = (example_of(answer) for answer in answers.order_by("-id"))
    facts = PairFact.objects.filter(withdrawn_at=None).values_list("low", "high")
    return Memory(
        examples=tuple(example for example in examples if example is not None),
        never_same=frozenset(facts),
        thresholds={(layer, label): value for layer, label, value in run.memory.get("thresholds", ())},
    )


def example_of(answer: Answer) -> Example | None:
    """The answer as it is quoted: the case beside the candidate it was about; None where that is not on record."""
    case = answer.dossier.case if answer.dossier else None
    if not case or not case["candidates"]:
        return None
    shown = next((c for c in case["candidates"] if c["object_id"] == answer.anchor), case["candidates"][0])
    return Example(
        answer_id=answer.pk,
        label=answer.label,
        reason=answer.reason,
        note=answer.note,
        author=answer.by.get_short_name() or answer.by.get_username(),
        left=case["values"],
        right=shown["values"],
        features=shown["features"],
        levels=shown["levels"],
        is_correction=answer.is_correction,
    )
