"""A rule learned from outcomes: points for leads whose list says a certain thing of them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from leads.learning.table import filled, number


@dataclass(frozen=True, kw_only=True)
class LearnedRule:
    """`column` is the head of a column of the lead's list; its cell says `value`, or a number `above` (exclusive) or
    `up_to` (inclusive). `because` are the outcomes it rests on, in words."""

    column: str
    value: str = ""
    above: float | None = None
    up_to: float | None = None
    points: int = 0
    because: str = ""

    @property
    def condition(self) -> str:
        """The rule's condition in words."""
        if self.value:
            return f"{self.column} is {self.value}"
        if self.above is not None:
            return f"{self.column} is above {self.above:g}"
        return f"{self.column} is at most {self.up_to:g}"

    @property
    def key(self) -> str:
        """The same for the same condition, whatever its points."""
        return self.condition.casefold()

    def fits(self, cell: str | None) -> bool:
        text = filled(cell)
        if not text:
            return False
        if self.value:
            return text.casefold() == filled(self.value).casefold()
        size = number(text)
        if size is None:
            return False
        return size > self.above if self.above is not None else self.up_to is not None and size <= self.up_to

    def worth(self, points: int) -> "LearnedRule":
        return replace(self, points=points)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def from_json(data: Mapping[str, Any]) -> LearnedRule:
    return LearnedRule(
        column=str(data["column"]), value=str(data.get("value") or ""), above=data.get("above"),
        up_to=data.get("up_to"), points=int(data["points"]), because=str(data.get("because") or ""),
    )  # fmt: skip
