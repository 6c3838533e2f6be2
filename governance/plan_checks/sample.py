"""Line 22: of what was accepted enough is drawn for people to check blindly."""

import math

from governance.plan_checks.facts import Facts, Finding, found


def wanted(accepted: int, percent: int, least: int) -> int:
    """How many of so many accepted results are checked: a share of them, no fewer than `least`, no more than all."""
    return min(accepted, max(least, math.ceil(percent * accepted / 100)))


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or plan.audit_percent is None or facts.audits_due is None or facts.audits_drawn is None:
        return None
    accepted = facts.audits_due
    due = wanted(accepted, plan.audit_percent, plan.audit_minimum or 0)
    if facts.audits_drawn >= due:
        return None
    return found(22, says=f"{plan.audit_percent} % of the accepted results are checked, {plan.audit_minimum or 0} at "
                 "least", seen=f"of {accepted:,} accepted {facts.audits_drawn:,} were checked, {due:,} are due",
                 observed=facts.audits_drawn, limit=due, action="accepts less until met")  # fmt: skip
