"""One question on its way through the gateway: what was tried so far, and the reply it ends with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from governance.answers import repair_messages
from governance.fingerprints import fingerprint, reply_schema
from governance.models import Attempt, Budget
from governance.pricing import worst_case_microusd
from governance.questions import Message, Outcome, Question, Reply
from governance.routes import Route
from governance.tokens import input_bound


@dataclass(kw_only=True)
class Pending:
    """`routes` are the models left to try, the current one in front."""

    question: Question
    routes: Sequence[Route]
    longest_output: int
    messages: tuple[Message, ...] = ()
    schema: dict[str, Any] = field(default_factory=dict)
    reply: Reply | None = None
    retry_number: int = 0
    is_repair: bool = False
    short_of: Budget | None = None
    attempt_ids: list[int] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    input_tokens: int = 0
    output_tokens: int = 0
    cost_microusd: int = 0
    _fingerprints: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.messages = self.question.messages
        self.schema = reply_schema(self.question.reply_type)

    @property
    def route(self) -> Route:
        return self.routes[0]

    @property
    def output_tokens_wanted(self) -> int:
        return min(self.longest_output, self.route.model.max_output_tokens)

    @property
    def input_bound(self) -> int:
        return input_bound(self.messages, self.schema)

    def worst_case(self, max_output_tokens: int) -> int:
        """Micro-dollars that asking the current model can cost at most."""
        return worst_case_microusd(self.input_bound, max_output_tokens, self.route.rates)

    def fingerprint_at(self, route: Route) -> str:
        """The question's fingerprint at one of its models."""
        if route.model.pk not in self._fingerprints:
            self._fingerprints[route.model.pk] = fingerprint(
                model=route.model.name,
                request_model=route.model.request_model,
                messages=self.messages,
                schema=self.schema,
                max_output_tokens=self.longest_output,
            )
        return self._fingerprints[route.model.pk]

    def step_down(self) -> bool:
        """Go to the next model of the same strength; False when there is none."""
        if len(self.routes) < 2:
            return False
        self.facts.setdefault("fallback_from", self.route.model.name)
        self.routes = self.routes[1:]
        self.retry_number = 0
        return True

    def start_repair(self, text: str, problem: str) -> None:
        """Ask once more, with the unfit answer quoted."""
        self.messages = repair_messages(self.question.messages, text, problem)
        self.is_repair, self.retry_number = True, 0
        self.facts["repaired"] = problem
        self._fingerprints.clear()

    def count(self, attempt: Attempt) -> None:
        """Name an attempt among those behind the reply."""
        if attempt.pk not in self.attempt_ids:
            self.attempt_ids.append(attempt.pk)

    def finish(self, outcome: Outcome, detail: str = "", answer: BaseModel | None = None, **known: Any) -> None:
        """End with a reply; costs are what this question's own attempts came to."""
        model = self.routes[0].model if self.routes else None
        values: dict[str, Any] = {
            "model": model.name if model else "",
            "is_practice": bool(model and model.is_practice),
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "cost_microusd": self.cost_microusd,
            **known,
        }
        self.reply = Reply(
            outcome=outcome,
            answer=answer,
            detail=detail,
            attempt_ids=tuple(self.attempt_ids),
            facts=dict(self.facts),
            **values,
        )
