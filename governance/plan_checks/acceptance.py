"""Line 20: a result is accepted without a person only from the plan's score on."""

from governance.plan_checks.facts import Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or plan.accept_percent is None or facts.score_percent is None or not facts.is_accepted:
        return None
    if facts.score_percent >= plan.accept_percent:
        return None
    return found(20, says=f"a result is accepted from {plan.accept_percent} % on",
                 seen=f"this one has {facts.score_percent:.1f} %", observed=f"{facts.score_percent:.1f} %",
                 limit=f"{plan.accept_percent} %", action="to a person")  # fmt: skip
