"""What is asked of a language model and what comes back: `Question` and `Reply`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import BaseModel


class Tier(StrEnum):
    """How strong a model a question needs; which model serves a tier is the budget owner's choice."""

    LIGHT = "light"
    STRONG = "strong"


class Outcome(StrEnum):
    """How one question ended. Everything but ANSWERED sends the case down the ladder, never stops the run."""

    ANSWERED = "answered"
    REFUSED = "refused"  # the model declined
    MALFORMED = "malformed"  # not the agreed form, also after one repair
    TIMEOUT = "timeout"  # nothing came back in time; may still be billed
    FAILED = "failed"  # the provider answered with an error
    UNAFFORDABLE = "unaffordable"  # the month's budget does not cover the worst case
    BLOCKED = "blocked"  # the plan does not allow it
    UNAVAILABLE = "unavailable"  # no enabled model, price or key for this tier


@dataclass(frozen=True, kw_only=True)
class Message:
    """One part of a prompt; `role` is system, user or assistant."""

    role: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question to a model of a tier.

    `task` is a pipeline's name (the plan is looked up by it), `subject_key` names the case within the task.
    `reply_type` is a pydantic model: its JSON schema is sent and every answer is validated against it.
    `sources` and `fields` name what leaves the house (checked against the plan). `example_ids` are the people's
    answers quoted in the prompt, the oldest of them `oldest_example_months` old. `is_opted_out` says that somebody it
    is about objected: it is never sent.
    """

    task: str
    layer: str
    tier: Tier
    subject_key: str
    messages: tuple[Message, ...]
    reply_type: type[BaseModel]
    max_output_tokens: int = 400
    sources: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    example_ids: tuple[int, ...] = ()
    oldest_example_months: int | None = None
    is_opted_out: bool = False


@dataclass(frozen=True, kw_only=True)
class Reply:
    """How a question ended: the validated answer, or why there is none, and what it cost.

    `detail` is one sentence for the user. `attempt_ids` lists the ledger rows behind it (retries included; for an
    answer from the cache, the attempt that bought it). Costs are integer micro-dollars and 0 for a cached answer.
    """

    outcome: Outcome
    answer: BaseModel | None = None
    detail: str = ""
    model: str = ""
    attempt_ids: tuple[int, ...] = ()
    is_cached: bool = False
    is_practice: bool = False
    input_tokens: int = 0
    output_tokens: int = 0
    cost_microusd: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_answered(self) -> bool:
        return self.outcome is Outcome.ANSWERED
