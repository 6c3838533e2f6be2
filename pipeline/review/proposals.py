"""What a question was about: its case, the candidates a person is shown, and what was proposed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.cases import from_json
from pipeline.models import Answer, Decision
from pipeline.pipeline import UNSURE, Candidate, Case, Pipeline
from pipeline.wording import is_matching

# More than three are not compared with care; the best three hold the right one or it is not there.
SHOWN = 3
# One pair in five is kept back to measure learning by, once so many answers are given: before that an exam of a few
# pairs would say nothing, while every answer teaches much.
_EXAM_ONE_IN = 5
EXAM_FROM = 30


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What the machine leaned to before a person was asked; `layer` is empty where only the match weight spoke."""

    label: str
    anchor: int | None
    layer: str = ""


NOTHING = Proposal(label="", anchor=None)


def case_of(decision: Decision, pipeline: Pipeline) -> Case:
    """The case as it was judged; without a dossier as it stands now, with no candidates.

    Raises LookupError where the subject is gone.
    """
    if decision.dossier is not None:
        return from_json(decision.dossier.case)
    found = pipeline.cases([decision.subject.object_id])
    if not found:
        raise LookupError("The record of this question is no longer there.")
    return found[0]


def proposal(decision: Decision, case: Case, pipeline: Pipeline) -> Proposal:
    """The last model's verdict, else the way the best candidate's probability leans."""
    models = {layer.name for layer in pipeline.model_layers}
    for passage in reversed(decision.path):
        if passage.get("layer") in models and passage.get("label") in set(pipeline.answers) - {UNSURE}:
            return Proposal(label=passage["label"], anchor=passage.get("anchor"), layer=passage["layer"])
    if not is_matching(pipeline):
        return NOTHING
    best = max(case.candidates, key=lambda one: one.probability, default=None)
    if best is None or best.probability < 0.5:
        return Proposal(label="new", anchor=None)
    return Proposal(label="same", anchor=best.object_id)


def shown(case: Case, proposed: Proposal) -> tuple[Candidate, ...]:
    """At most three candidates, the proposed one first, then by probability."""
    ranked = sorted(case.candidates, key=lambda one: (one.object_id != proposed.anchor, -one.probability))
    return tuple(ranked[:SHOWN])


def is_correction(label: str, anchor: int | None, proposed: Proposal) -> bool:
    """Whether an answer differs from what was proposed, if anything was."""
    if proposed == NOTHING:
        return False
    return label != proposed.label or (label == "same" and anchor != proposed.anchor)


def features(case: Case, object_id: int | None) -> Mapping[str, Any]:
    """The comparison of the case with one candidate, numbers in 0..1; empty where it was never compared."""
    candidate = case.candidate(object_id)
    return dict(candidate.features) if candidate else {}


def split_of(left: int, right: int | None, given: int) -> Answer.Split:
    """Learning or exam, after so many `given` answers, by a hash of the two records: the same pair, the same side."""
    pair = ":".join(str(one) for one in sorted({left, right if right is not None else left}))
    number = int.from_bytes(hashlib.sha256(pair.encode()).digest()[:8])
    is_exam = given >= EXAM_FROM and number % _EXAM_ONE_IN == 0
    return Answer.Split.EXAM if is_exam else Answer.Split.LEARN


def given_answers(pipeline: Pipeline) -> int:
    """How many answers people have given in a pipeline and not taken back."""
    return Answer.objects.filter(pipeline=pipeline.name, withdrawn_at=None).count()
