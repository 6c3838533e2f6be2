"""The plan's answers: for each its line, wording, kind, bounds and default, in one place.

Seven questions are asked; the other lines are prefilled and folded away. A version stores the answers as JSON under the
keys below, a fact of the same name reaches the checks (`plan_checks.PlanFacts`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from governance.plan_checks import always_reviewed, changes, classes, scope, success

Choices = Mapping[str, str]

ACTIONS: Choices = {"show": "show", "suggest": "suggest", "draft": "draft"}
FALLBACKS: Choices = {"person": "rules decide what they can, a person decides the rest"}


@dataclass(frozen=True, kw_only=True)
class PlanField:
    """One answer. `kind`: text, long, number, percent, money (micro-dollars), decimal, date, flag, person, choice,
    choices, names (free list; None is "all"), map. `low` and `high` bound numbers and lengths."""

    key: str
    label: str
    kind: str
    default: Any = None
    help: str = ""
    low: int = 0
    high: int = 1_000_000
    choices: Choices | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One of the plan's 32 lines; `question` is set for the seven that are asked openly."""

    number: int
    title: str
    fields: tuple[PlanField, ...] = ()
    question: str = ""
    # What the program always does about this line, where nothing is left to choose.
    rule: str = ""


def _number(
    key: str, label: str, default: int | None, low: int = 0, high: int = 1_000_000, help: str = ""
) -> PlanField:
    return PlanField(key=key, label=label, kind="number", default=default, low=low, high=high, help=help)


def _percent(key: str, label: str, default: int | None, help: str = "") -> PlanField:
    return PlanField(key=key, label=label, kind="percent", default=default, high=100, help=help)


def _money(key: str, label: str, default: int | None, help: str = "") -> PlanField:
    return PlanField(key=key, label=label, kind="money", default=default, high=10**12, help=help)


def _flag(key: str, label: str) -> PlanField:
    return PlanField(key=key, label=label, kind="flag", default=False)


def _many(key: str, label: str, choices: Choices, default: Sequence[str] | None = None, help: str = "") -> PlanField:
    chosen = list(choices if default is None else default)
    return PlanField(key=key, label=label, kind="choices", default=chosen, choices=choices, help=help)


def _names(key: str, label: str, default: list[str] | None = None, help: str = "") -> PlanField:
    return PlanField(key=key, label=label, kind="names", default=default, help=help)


_LIMITS = (
    "AI can be wrong and sound sure. It sees only the fields shown here, not the world. "
    "Names that many people share, moved people and subsidiaries are its usual mistakes."
)

LINES: tuple[Line, ...] = (
    Line(number=1, title="Purpose and tasks", question="What is it for?", fields=(
        PlanField(key="purpose", label="The purpose in one sentence", kind="text", default="", high=300),
        PlanField(key="tasks", label="Tasks it covers", kind="choices", default=[], choices={}),
    )),
    Line(number=2, title="Owner and deputy", question="Who owns it?", fields=(
        PlanField(key="owner", label="Owner", kind="person", help="Answers for what AI does here."),
        PlanField(key="deputy", label="Deputy", kind="person", help="Steps in; somebody else than the owner."),
        _number("login_days", "Both look in at least every … days", 60, 1, 365),
    )),
    Line(number=3, title="Approval and version", rule="An approved version is never edited; the program checks that at "
         "every run and question."),
    Line(number=4, title="Validity and review", fields=(
        PlanField(key="review_date", label="Reviewed by", kind="date", help="Within 180 days. After it only rules."),
    )),
    Line(number=5, title="Risk", fields=(
        _flag("affects_people", "Results decide how people are treated"),
        _flag("sends_outside", "Something is sent to people outside"),
        _flag("writes_records", "Results change records"),
    ), rule="The risk follows from these answers; a high one needs two approvers."),
    Line(number=6, title="What AI may do, per task", question="What may AI do?", fields=(
        PlanField(key="modes", label="Per task", kind="map", default={}),
    )),
    Line(number=7, title="Expected share of AI", fields=(
        _percent("expected_ai_percent", "AI is asked about at most … % of the items", 30,
                 "Five points more are noted; fifteen more and the run waits for you."),
    )),
    Line(number=8, title="Sources", question="Which files may it see?", fields=(
        _names("sources", "Sources", None, "Empty: all that are imported."),
        _number("source_max_age_days", "Last import at most … days ago", 90, 1, 3650),
        _percent("max_import_error_percent", "Rows that failed, at most … %", 5),
    )),
    Line(number=9, title="What may leave the house", fields=(
        _names("fields_out", "Fields", None, "Empty: all that the tasks ask with."),
        _many("never_send", "Never sent", classes.CLASSES),
    )),
    Line(number=10, title="Out of scope", fields=(
        _many("out_of_scope", "AI is not used for", scope.PURPOSES),
    )),
    Line(number=11, title="Fields people own", fields=(
        _names("ai_fields", "Fields AI may suggest", None, "Empty: all but those below."),
        _names("human_fields", "Fields only people fill",
               ["deal.stage", "deal.amount", "deal.close_date", "deal.owner", "account.owner"]),
    )),
    Line(number=12, title="Actions", fields=(_many("actions", "AI may", ACTIONS),),
         rule="Sending, deleting and merging always take a person."),
    Line(number=13, title="Models", fields=(
        _names("models", "Models", None, "Empty: every model that is switched on."),
    )),
    Line(number=14, title="Prompts and settings", fields=(
        PlanField(key="prompts", label="Prompts as approved", kind="map", default={}),
        _number("min_exam_cases", "A new prompt passes an exam of … cases", 30, 1, 10_000),
        _percent("min_exam_percent", "with … % right", 95),
    )),
    Line(number=15, title="Length and patience", fields=(
        _number("max_input_tokens", "Tokens in a question, at most", 12_000, 100, 1_000_000),
        _number("max_output_tokens", "Tokens in an answer, at most", 2_000, 10, 100_000),
        _number("max_timeout_s", "Seconds to wait for an answer", 120, 1, 600),
        _number("max_retries", "Repetitions of a call", 2, 0, 2),
    )),
    Line(number=16, title="Ceilings", fields=(
        _money("max_call_microusd", "A question costs at most $", 500_000),
        _money("max_run_microusd", "A run costs at most $", 10_000_000),
        _money("max_day_microusd", "A day costs at most $", 20_000_000),
    )),
    Line(number=17, title="Money per month", question="What may it cost a month?", fields=(
        _money("monthly_microusd", "At most $ a month", 20_000_000,
               "The limits on the money page are the wall; this is what the plan may take of them."),
    )),
    Line(number=18, title="Form of answers", fields=(
        _number("max_output_characters", "Characters in an answer, at most", 20_000, 50, 1_000_000),
    ), rule="Every answer is checked against the agreed form; one repair, then a person."),
    Line(number=19, title="No fact without a source", fields=(
        _percent("max_unfounded_percent", "Sentences without a source until a person reads it all, %", 20),
    )),
    Line(number=20, title="Accepted without a person", fields=(
        _percent("accept_percent", "From a score of … % on", None, "Empty: the program's own thresholds."),
    )),
    Line(number=21, title="Always seen by a person", question="What must a person always see?", fields=(
        _many("always_review", "A person always sees", always_reviewed.KINDS),
        _money("review_amount", "and everything above $", None),
    )),
    Line(number=22, title="Blind checks", fields=(
        _percent("audit_percent", "Accepted results that are checked, %", 5),
        _number("audit_minimum", "but a month at least", 30, 0, 10_000),
    )),
    Line(number=23, title="Errors nobody noticed", fields=(
        _percent("max_silent_error_percent", "At most … %, proven by checks", 5),
    )),
    Line(number=24, title="Reviewers", fields=(
        _number("min_reviewers", "People who can review, at least", 1, 0, 1000),
        _number("review_days", "A question is answered within … days", 5, 1, 365),
    )),
    Line(number=25, title="Success", question="How do we know that it works?", fields=(
        PlanField(key="metric", label="Measure", kind="choice", default="acceptance",
                  choices={key: metric.label for key, metric in success.METRICS.items()}),
        PlanField(key="target", label="Target", kind="decimal", help="In the measure's unit: %, minutes or $."),
        PlanField(key="target_date", label="Reached by", kind="date"),
        PlanField(key="baseline", label="Before it was", kind="decimal"),
        PlanField(key="before_system", label="How the work was done before: system", kind="text", default="", high=120),
        PlanField(key="before_who", label="by whom", kind="text", default="", high=120),
        _number("before_items", "items a week", None),
        PlanField(key="before_minutes", label="minutes each", kind="decimal"),
        _percent("before_error_percent", "of them wrong, %", None),
    ), rule="Two missed targets, four weeks apart, and only the rules go on."),
    Line(number=26, title="When AI stops by itself", fields=(
        _percent("max_reject_percent", "People reject more than … % of the last 50", 30),
        _percent("max_provider_error_percent", "Calls that fail within ten minutes, more than … %", 20),
        _money("max_accepted_microusd", "An accepted result costs more than $", None),
    ), rule="The stop button on the money page acts on the next question."),
    Line(number=27, title="Without AI", fields=(
        PlanField(key="fallback", label="Without AI", kind="choice", default="person", choices=FALLBACKS),
        _number("drill_days", "Tried every … days", 30, 1, 365),
    )),
    Line(number=28, title="Use of corrections", fields=(
        _number("max_examples", "Earlier answers quoted in a question, at most", 8, 0, 50),
        _number("correction_months", "A correction counts for … months", 12, 1, 120),
    )),
    Line(number=29, title="Rules from corrections", fields=(
        _number("alias_after", "Equal corrections that make a rule", 2, 1, 100),
    )),
    Line(number=30, title="Deletion", fields=(
        _number("retention_days", "Prompts and answers are kept … days", 90, 1, 3650),
    )),
    Line(number=31, title="Known limits", fields=(
        PlanField(key="known_limits", label="What AI is known to get wrong here", kind="long", default=_LIMITS,
                  high=2000),
    )),
    Line(number=32, title="When to look again", fields=(_many("triggers", "A change of", changes.TRIGGERS),)),
)  # fmt: skip

FIELDS: tuple[PlanField, ...] = tuple(field for line in LINES for field in line.fields)
BY_KEY: Mapping[str, PlanField] = {field.key: field for field in FIELDS}
LINE_OF: Mapping[str, int] = {field.key: line.number for line in LINES for field in line.fields}
QUESTIONS: tuple[Line, ...] = tuple(line for line in LINES if line.question)
FOLDED: tuple[Line, ...] = tuple(line for line in LINES if not line.question)


def defaults() -> dict[str, Any]:
    """A fresh draft's answers."""
    return {field.key: _copy(field.default) for field in FIELDS}


def _copy(value: Any) -> Any:
    return list(value) if isinstance(value, list) else dict(value) if isinstance(value, dict) else value
