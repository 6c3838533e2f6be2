"""What both model layers of briefs share: the records of a case in a prompt, and the way from its refs to ours."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from deals.briefs.case import PARTS, records_of, told
from deals.briefs.claims import Claim
from deals.briefs.evidence import Evidence, coded, in_own_refs, prompt_body, sign, unmarked
from deals.briefs.grounding import Checked, Grounds
from governance.questions import Message, Question, Tier
from pipeline.pipeline import Case, Exchange
from pipeline.untrusted import block

MOST_FAILURES_TOLD = 12


@dataclass(frozen=True)
class Reading:
    """A case as one question shows it: the same case gives the same question."""

    case: Case
    extra: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def mark(self) -> str:
        return sign(self.case.marker)

    @cached_property
    def shown(self) -> dict[str, Evidence]:
        return coded(records_of(self.case), self.case.marker)

    @cached_property
    def grounds(self) -> Grounds:
        return Grounds(self.shown, self.case.values.get("cleared") or ())

    def body(self) -> dict[str, Any]:
        """The JSON that follows the instructions."""
        return {
            "task": "brief-deals",
            "sign": self.mark,
            **self.extra,
            "corrections": told(self.case.values.get("corrections") or ()),
            "lessons": list(self.case.context.get("lessons") or ()),
            "records": prompt_body(self.shown, self.mark),
        }

    def question(
        self, *, layer: str, tier: Tier, prompt: str, reply_type: type[BaseModel], max_output_tokens: int
    ) -> Question:
        return Question(
            task="brief-deals",
            layer=layer,
            tier=tier,
            subject_key=str(self.case.object_id),
            messages=(
                Message(role="system", text=prompt),
                Message(role="user", text=block(self.body(), self.case.marker)),
            ),
            reply_type=reply_type,
            max_output_tokens=max_output_tokens,
            sources=frozenset(record.source for record in self.shown.values()) - {""},
            fields=frozenset(part for part in PARTS if self.case.values.get(part)),
        )

    def check(self, claim: Claim) -> Checked:
        """A claim read back from marked text and held against the records."""
        plain = claim.model_copy(
            update={"text": unmarked(claim.text, self.mark), "quote": unmarked(claim.quote, self.mark)}
        )
        return self.grounds.check(plain)

    def sources(self, refs: Sequence[str]) -> list[dict[str, Any]]:
        """The records behind refs of the prompt, as they are kept with a sentence."""
        found = (self.shown[ref] for ref in dict.fromkeys(refs) if ref in self.shown)
        return [
            {"ref": one.ref, "kind": one.kind, "object_id": one.object_id, "record_id": one.record_id} for one in found
        ]

    def own(self, text: str) -> str:
        return in_own_refs(text, self.shown)


def asked_again(first: Question, exchange: Exchange, failures: Sequence[str]) -> Question:
    """The same question with the answer that did not hold and what is wrong with it."""
    answer = exchange.reply.answer
    listed = "\n".join(f"- {one}" for one in failures[:MOST_FAILURES_TOLD])
    said = (
        "Some of it does not stand in the records it cites:\n"
        f"{listed}\nAnswer again in the same form, with everything that holds. Leave out what no record says."
    )
    return Question(
        task=first.task,
        layer=first.layer,
        tier=first.tier,
        subject_key=first.subject_key,
        messages=(
            *first.messages,
            Message(role="assistant", text=answer.model_dump_json() if answer else "{}"),
            Message(role="user", text=said),
        ),
        reply_type=first.reply_type,
        max_output_tokens=first.max_output_tokens,
        sources=first.sources,
        fields=first.fields,
    )
