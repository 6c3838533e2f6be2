"""Line 23: errors nobody noticed stay below the plan's bound (the upper one of 95 %)."""

from governance.plan_checks.facts import Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan, bound = facts.plan, facts.silent_error_percent
    if plan is None or plan.max_silent_error_percent is None or bound is None:
        return None
    if bound <= plan.max_silent_error_percent:
        return None
    return found(23, says=f"at most {plan.max_silent_error_percent} % of accepted results are wrong unnoticed",
                 seen=f"the checks prove no more than “at most {bound:.1f} %”", observed=f"{bound:.1f} %",
                 limit=f"{plan.max_silent_error_percent} %", action="accepts less until proven")  # fmt: skip
