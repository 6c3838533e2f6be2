"""What the plan's checks look at, and what they find: plain values, filled by the caller."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """One plan version as stored. None for a list or a number means that the plan sets no limit there."""

    name: str
    number: int
    state: str
    is_unchanged: bool
    valid_from: date
    valid_until: date
    tasks: frozenset[str]
    models: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    fields_out: frozenset[str] | None = None
    max_output_tokens: int | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A moment at which the plan is consulted: the task, the day, and at a call what would be sent to whom."""

    task: str
    day: date
    plan: PlanFacts | None
    model: str = ""
    sources: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    max_output_tokens: int = 0


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A check that failed: the plan's line (1–32), what was seen, what the plan says, and what happens now."""

    line: int
    sentence: str
    observed: str = ""
    limit: str = ""
    action: str = "not asked"
