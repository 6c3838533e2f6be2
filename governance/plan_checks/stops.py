"""Line 26: AI stops by itself when its answers, its provider or its cost go wrong, or when somebody says so."""

from governance.plan_checks.facts import Facts, Finding, PlanFacts, found, money, percent

# Fewer calls or judgements than these prove nothing.
ENOUGH_JUDGED = 50
ENOUGH_CALLS = 10
ACTION = "rules only"


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    if facts.is_stopped:
        return found(26, says="anybody in charge can stop AI", seen="it was stopped", observed="stopped", action=ACTION)
    return _rejected(facts, plan) or _failing(facts, plan) or _dear(facts, plan)


def _rejected(facts: Facts, plan: PlanFacts) -> Finding | None:
    most, judged = plan.max_reject_percent, facts.judged or 0
    share = percent(facts.rejected or 0, judged)
    if most is None or judged < ENOUGH_JUDGED or share <= most:
        return None
    says = f"people reject at most {most} % of AI's results"
    return _found(says, f"they rejected {share:.0f} % of the last {judged}", "answers rejected", f"{most} %")


def _failing(facts: Facts, plan: PlanFacts) -> Finding | None:
    most, calls = plan.max_provider_error_percent, facts.calls or 0
    if most is None or calls < ENOUGH_CALLS or percent(facts.failed_calls or 0, calls) <= most:
        return None
    seen = f"{facts.failed_calls} of {calls} did in the last ten minutes"
    return _found(f"at most {most} % of calls fail", seen, "calls failed", f"{most} %")


def _dear(facts: Facts, plan: PlanFacts) -> Finding | None:
    cost, most = facts.accepted_microusd, plan.max_accepted_microusd
    if cost is None or most is None or cost <= most:
        return None
    return _found(
        f"an accepted result costs at most {money(most)}", f"it costs {money(cost)}", money(cost), money(most)
    )


def _found(says: str, seen: str, observed: str, limit: str) -> Finding:
    return found(26, says=says, seen=seen, observed=observed, limit=limit, action=ACTION)
