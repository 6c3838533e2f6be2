"""What a plan's line means to the program: one check per file, pure functions over `Facts`."""

from collections.abc import Callable

from governance.plan_checks import (
    acceptance,
    actions,
    ai_share,
    always_reviewed,
    approval,
    budget,
    ceilings,
    changes,
    corrections,
    fallback,
    fields_out,
    grounding,
    human_fields,
    limits,
    models,
    modes,
    output_form,
    people,
    promotion,
    prompts,
    purpose,
    retention,
    reviewers,
    risk,
    sample,
    scope,
    silent_error,
    sources,
    stops,
    success,
    tokens,
    validity,
)
from governance.plan_checks.facts import At, Facts, Finding, Member, PlanFacts, SourceFacts

__all__ = ["BY_LINE", "At", "Facts", "Finding", "Member", "PlanFacts", "SourceFacts", "checks_at", "failures"]

Check = Callable[[Facts], Finding | None]

# The plan's lines in order, and when each is checked: saving, run's start, call, output, nightly.
BY_LINE: dict[int, tuple[Check, str]] = {
    1: (purpose.check, "SRCN"),
    2: (people.check, "SN"),
    3: (approval.check, "SRC"),
    4: (validity.check, "SRCN"),
    5: (risk.check, "S"),
    6: (modes.check, "RC"),
    7: (ai_share.check, "SRN"),
    8: (sources.check, "SRC"),
    9: (fields_out.check, "C"),
    10: (scope.check, "SO"),
    11: (human_fields.check, "SO"),
    12: (actions.check, "O"),
    13: (models.check, "SCO"),
    14: (prompts.check, "SR"),
    15: (tokens.check, "C"),
    16: (ceilings.check, "SRC"),
    17: (budget.check, "CN"),
    18: (output_form.check, "O"),
    19: (grounding.check, "O"),
    20: (acceptance.check, "O"),
    21: (always_reviewed.check, "O"),
    22: (sample.check, "N"),
    23: (silent_error.check, "N"),
    24: (reviewers.check, "SN"),
    25: (success.check, "SN"),
    26: (stops.check, "CN"),
    27: (fallback.check, "SN"),
    28: (corrections.check, "C"),
    29: (promotion.check, "N"),
    30: (retention.check, "CN"),
    31: (limits.check, "SO"),
    32: (changes.check, "N"),
}
_LETTERS = {At.SAVING: "S", At.RUN: "R", At.CALL: "C", At.OUTPUT: "O", At.NIGHTLY: "N"}


def checks_at(moment: At) -> tuple[Check, ...]:
    """The checks of a moment, in the order of the plan's lines."""
    return tuple(check for check, moments in BY_LINE.values() if _LETTERS[moment] in moments)


def failures(facts: Facts, checks: tuple[Check, ...] | None = None) -> list[Finding]:
    """The findings of the checks that fail, in order; empty when the plan allows it.

    Without `checks` those of `facts.at`. Without a plan for the task the other lines say nothing.
    """
    chosen = checks_at(facts.at) if checks is None else checks
    results = [finding for check in chosen if (finding := check(facts)) is not None]
    return results[:1] if facts.plan is None else results
