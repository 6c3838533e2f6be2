"""What the plan's checks look at, and what they find: plain values, filled by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class At(StrEnum):
    """The moments at which a plan is checked."""

    SAVING = "saving"
    RUN = "run"
    CALL = "call"
    OUTPUT = "output"
    NIGHTLY = "nightly"


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """One plan version as stored. None for a list or a number means that the plan sets no limit there.

    The fields from `purpose` on are named like the plan's answers (`governance/plan_fields.py`); amounts are
    micro-dollars, percents 0–100.
    """

    name: str
    number: int
    state: str
    is_unchanged: bool
    valid_from: date
    valid_until: date
    tasks: frozenset[str]
    purpose: str = ""
    owner: int | None = None
    deputy: int | None = None
    login_days: int | None = None
    review_date: date | None = None
    affects_people: bool = False
    sends_outside: bool = False
    writes_records: bool = False
    modes: Mapping[str, str] = field(default_factory=dict)
    expected_ai_percent: int | None = None
    sources: frozenset[str] | None = None
    source_max_age_days: int | None = None
    max_import_error_percent: int | None = None
    fields_out: frozenset[str] | None = None
    never_send: frozenset[str] | None = None
    out_of_scope: frozenset[str] | None = None
    ai_fields: frozenset[str] | None = None
    human_fields: frozenset[str] | None = None
    actions: frozenset[str] | None = None
    models: frozenset[str] | None = None
    prompts: Mapping[str, str] = field(default_factory=dict)
    min_exam_cases: int | None = None
    min_exam_percent: int | None = None
    max_input_tokens: int | None = None
    max_output_tokens: int | None = None
    max_timeout_s: int | None = None
    max_retries: int | None = None
    max_call_microusd: int | None = None
    max_run_microusd: int | None = None
    max_day_microusd: int | None = None
    monthly_microusd: int | None = None
    max_output_characters: int | None = None
    max_unfounded_percent: int | None = None
    accept_percent: int | None = None
    always_review: frozenset[str] | None = None
    review_amount: int | None = None
    audit_percent: int | None = None
    audit_minimum: int | None = None
    max_silent_error_percent: int | None = None
    min_reviewers: int | None = None
    review_days: int | None = None
    metric: str = ""
    baseline: float | None = None
    before_error_percent: int | None = None
    target: float | None = None
    target_date: date | None = None
    max_reject_percent: int | None = None
    max_provider_error_percent: int | None = None
    max_accepted_microusd: int | None = None
    fallback: str = ""
    drill_days: int | None = None
    max_examples: int | None = None
    correction_months: int | None = None
    alias_after: int | None = None
    retention_days: int | None = None
    known_limits: str = ""
    triggers: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody the plan names; `idle_days` since the last log-in, None where there was none."""

    name: str
    is_active: bool = True
    idle_days: int | None = 0


@dataclass(frozen=True, kw_only=True)
class SourceFacts:
    """A source as it stands: days since its last import, and the share of that import's rows that failed."""

    name: str
    age_days: int = 0
    error_percent: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A moment at which the plan is consulted, and what was observed. None: not observed, so nothing is found."""

    day: date
    plan: PlanFacts | None
    task: str = ""
    at: At = At.CALL

    # The plan among others, its people, its approval.
    known_tasks: frozenset[str] | None = None
    known_sources: frozenset[str] | None = None
    known_models: frozenset[str] | None = None
    other_plans: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[int, Member] | None = None
    author: int | None = None
    approvers: tuple[int, ...] | None = None
    may_approve_own: bool = False

    # A run, or the last seven days.
    items: int | None = None
    ai_items: int | None = None
    source_facts: tuple[SourceFacts, ...] = ()
    prompt: str = ""
    exam_cases: int | None = None
    exam_percent: float | None = None

    # A call.
    is_left_open: bool | None = None
    sources: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    text: str = ""
    model: str = ""
    input_tokens: int | None = None
    max_output_tokens: int = 0
    timeout_s: float | None = None
    retries: int | None = None
    worst_case_microusd: int | None = None
    run_microusd: int = 0
    day_microusd: int = 0
    month_microusd: int = 0
    month_forecast_microusd: int | None = None
    examples: int | None = None
    oldest_example_months: int | None = None

    # An output.
    purposes: frozenset[str] = frozenset()
    written_fields: frozenset[str] = frozenset()
    action: str = ""
    has_human: bool = False
    response_model: str = ""
    is_wellformed: bool | None = None
    output_characters: int | None = None
    sentences: int | None = None
    unfounded: int | None = None
    score_percent: float | None = None
    is_accepted: bool = False
    traits: frozenset[str] = frozenset()
    amount: int | None = None
    are_limits_shown: bool | None = None
    limits_unread_by: int | None = None

    # Over time.
    audits_drawn: int | None = None
    audits_due: int | None = None
    silent_error_percent: float | None = None
    reviewers: int | None = None
    overdue_reviews: int | None = None
    metric_value: float | None = None
    judged: int | None = None
    rejected: int | None = None
    calls: int | None = None
    failed_calls: int | None = None
    accepted_microusd: int | None = None
    is_stopped: bool = False
    known_fallbacks: frozenset[str] | None = None
    drill_age_days: int | None = None
    repeated_corrections: int | None = None
    overdue_purges: int | None = None
    is_opted_out: bool = False
    changes: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A check that failed: the plan's line (1–32), what was seen, what the plan says, and what happens now."""

    line: int
    sentence: str
    observed: str = ""
    limit: str = ""
    action: str = "not asked"


def found(line: int, *, says: str, seen: str, observed: object = "", limit: object = "", action: str) -> Finding:
    """A finding in the usual form: "Your plan says that `says`; `seen`." """
    sentence = f"Your plan says that {says}; {seen}."
    return Finding(line=line, sentence=sentence, observed=str(observed), limit=str(limit), action=action)


def listed(names: frozenset[str]) -> str:
    """Names in order, or "none"."""
    return ", ".join(sorted(names)) or "none"


def money(microusd: int) -> str:
    """Micro-dollars as text, to the cent from one cent up."""
    amount = microusd / 1_000_000
    return f"${amount:,.2f}" if amount >= 0.01 or not microusd else f"${amount:.6f}".rstrip("0")


def percent(part: int, whole: int) -> float:
    """`part` of `whole` in percent; 0 where there is no whole."""
    return 100 * part / whole if whole else 0.0
