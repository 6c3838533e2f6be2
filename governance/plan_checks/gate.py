"""Lines 1, 3 and 4 together: there is a plan for the task, approved, unchanged since, and valid today."""

from governance.plan_checks import approval, purpose, validity
from governance.plan_checks.facts import Facts, Finding


def check(facts: Facts) -> Finding | None:
    return purpose.check(facts) or approval.check(facts) or validity.check(facts)
