"""Whether a model's text is an answer: read as JSON, validated, or why not."""

import re
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from governance.providers.wire import Sent
from governance.questions import Message, Outcome

_FENCED = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)
_LONGEST_QUOTE = 2_000


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What a text amounts to: ANSWERED with the answer, or REFUSED or MALFORMED with one sentence."""

    outcome: Outcome
    answer: BaseModel | None = None
    problem: str = ""
    is_cut_off: bool = False

    @property
    def is_repairable(self) -> bool:
        """Whether asking once more may help: a cut-off answer would be cut off again."""
        return self.outcome is Outcome.MALFORMED and not self.is_cut_off


def judge(sent: Sent, reply_type: type[BaseModel]) -> Judged:
    """Judge a reply by its form only; whether it is true is for the layers and people."""
    if sent.refusal or sent.finish_reason == "content_filter":
        return Judged(outcome=Outcome.REFUSED, problem="The model declined to answer.")
    try:
        return Judged(outcome=Outcome.ANSWERED, answer=reply_type.model_validate_json(_bare(sent.text)))
    except ValidationError as err:
        if sent.finish_reason == "length":
            return Judged(outcome=Outcome.MALFORMED, problem="The answer was cut off at its limit.", is_cut_off=True)
        return Judged(outcome=Outcome.MALFORMED, problem=_summary(err))


def repair_messages(messages: tuple[Message, ...], text: str, problem: str) -> tuple[Message, ...]:
    """The same question again with the unfit answer and what was wrong with it."""
    request = f"That answer is not in the agreed form: {problem} Answer again with the JSON object only."
    return (
        *messages,
        Message(role="assistant", text=text[:_LONGEST_QUOTE] or "(nothing)"),
        Message(role="user", text=request),
    )


def _bare(text: str) -> str:
    # Servers that ignore the schema like to wrap JSON in a fence.
    fenced = _FENCED.search(text)
    return fenced.group(1) if fenced else text


def _summary(err: ValidationError) -> str:
    """The first three faults, without quoting the values (they may hold personal data or instructions)."""
    faults = [f"{'.'.join(map(str, fault['loc'])) or 'answer'}: {fault['type']}" for fault in err.errors()[:3]]
    return "; ".join(faults)[:300] + "."
