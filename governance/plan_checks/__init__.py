"""What a plan's line means to the program: one check per file, pure functions over `Facts`."""

from collections.abc import Callable

from governance.plan_checks import fields_out, gate, models, output_tokens, sources
from governance.plan_checks.facts import Facts, Finding, PlanFacts

__all__ = ["AT_CALL", "Facts", "Finding", "PlanFacts", "failures"]

Check = Callable[[Facts], Finding | None]

# The gate comes first: without a valid plan the other lines say nothing.
AT_CALL: tuple[Check, ...] = (gate.check, sources.check, fields_out.check, models.check, output_tokens.check)


def failures(facts: Facts, checks: tuple[Check, ...] = AT_CALL) -> list[Finding]:
    """The findings of the checks that fail, in order; empty when the plan allows it."""
    return [finding for check in checks if (finding := check(facts)) is not None]
