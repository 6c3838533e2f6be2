"""Line 22: of what was accepted enough is drawn for people to check blindly."""

import math

from governance.plan_checks.facts import Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or plan.audit_percent is None or facts.audits_due is None or facts.audits_drawn is None:
        return None
    accepted = facts.audits_due
    wanted = min(accepted, max(plan.audit_minimum or 0, math.ceil(plan.audit_percent * accepted / 100)))
    if facts.audits_drawn >= wanted:
        return None
    return found(22, says=f"{plan.audit_percent} % of the accepted results are checked, {plan.audit_minimum or 0} at "
                 "least", seen=f"of {accepted:,} accepted {facts.audits_drawn:,} were checked, {wanted:,} are due",
                 observed=facts.audits_drawn, limit=wanted, action="accepts less until met")  # fmt: skip
