"""Asks a model which of the best candidates the case is, or none. Its verdict is evidence, not the judge."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, Field

from governance.questions import Message, Question, Tier
from pipeline.pipeline import UNSURE, Case, Exchange, Verdict
from pipeline.untrusted import block, clean

MOST_CANDIDATES = 3
# How far a verdict moves the match weight, in bits, until reviews have measured it: odds of 20 : 1 and 64 : 1.
BITS = {Tier.LIGHT: math.log2(20), Tier.STRONG: 6.0}


class SameReply(BaseModel):
    """What a model answers: which candidate is the same, if any."""

    answer: Literal["same", "different", "unsure"]
    candidate: str = Field(default="", description="The ref of the candidate that is the same; empty otherwise.")
    confidence: float = Field(ge=0, le=1)
    reason: str = Field(max_length=400, description="One short sentence that names the fields that decided it.")


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question per case with its best three candidates; `prompt` is the instruction text.

    `fields` are the values that may stand in the question. The verdict's score is the posterior after the model's
    answer moved each candidate's match weight by `BITS[tier]`.
    """

    tier: Tier
    prompt: str
    task: str
    fields: tuple[str, ...]
    is_model: bool = True

    @property
    def name(self) -> str:
        return f"ask-{self.tier.value}"

    @property
    def label(self) -> str:
        return f"{self.tier.value.capitalize()} model"

    def step(self, case: Case, exchanges: Sequence[Exchange]) -> Question | Verdict | None:
        if not case.candidates:
            return None
        if not exchanges:
            return self._question(case)
        reply = exchanges[-1].reply
        return self._verdict(case, reply.answer) if isinstance(reply.answer, SameReply) else None

    def _question(self, case: Case) -> Question:
        shown = case.candidates[:MOST_CANDIDATES]
        messages = [Message(role="system", text=self.prompt)]
        if case.examples:
            told = [self._told(example) for example in case.examples]
            text = "What people of this company decided in cases of like shape, most similar first:"
            messages.append(Message(role="user", text=f"{text}\n{block({'examples': told}, case.marker)}"))
        body = {
            "task": self.task,
            "case": self._visible(case.values),
            "candidates": [
                {"ref": f"c{i}", "values": self._visible(c.values), "levels": dict(c.levels)}
                for i, c in enumerate(shown, start=1)
            ],
        }
        messages.append(Message(role="user", text=block(body, case.marker)))
        sides = (case.values, *(c.values for c in shown), *(v for e in case.examples for v in (e.left, e.right)))
        return Question(
            task=self.task,
            layer=self.name,
            tier=self.tier,
            subject_key=str(case.object_id),
            messages=tuple(messages),
            reply_type=SameReply,
            max_output_tokens=200,
            sources=frozenset({case.source, *(c.source for c in shown)}) - {""},
            fields=frozenset(name for values in sides for name in self._visible(values)),
            example_ids=tuple(example.answer_id for example in case.examples),
            oldest_example_months=max((example.age_months for example in case.examples), default=None),
        )

    def _told(self, example: Any) -> dict[str, Any]:
        return {
            "left": self._visible(example.left),
            "right": self._visible(example.right),
            "levels": dict(example.levels),
            "answer": "same" if example.label == "same" else "different",
            "by": example.author,
            "because": clean(": ".join(part for part in (example.reason, example.note) if part)),
            "correction": example.is_correction,
        }

    def _visible(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: clean(values[name]) for name in self.fields if values.get(name) not in (None, "", [])}

    def _verdict(self, case: Case, answer: SameReply) -> Verdict:
        shown = {f"c{i}": c for i, c in enumerate(case.candidates[:MOST_CANDIDATES], start=1)}
        chosen = shown.get(answer.candidate.strip())
        evidence = {"said": clean(answer.reason), "confidence": answer.confidence}
        if answer.answer == "same" and chosen is not None:
            score = _moved(chosen.weight, BITS[self.tier])
            return Verdict(label="same", score=score, reason="model_same", anchor=chosen.object_id, evidence=evidence)
        if answer.answer == "different":
            score = math.prod(1.0 - _moved(c.weight, -BITS[self.tier]) for c in shown.values())
            return Verdict(label="new", score=score, reason="model_different", evidence=evidence)
        return Verdict(label=UNSURE, score=0.0, reason="model_unsure", evidence=evidence)


def _moved(weight: float, bits: float) -> float:
    """The posterior (0..1) of a match weight in bits moved by evidence of `bits`."""
    return 1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, weight + bits)))
