"""Lines 1, 3 and 4: there is a plan for the task, approved, unchanged since, and valid today."""

from governance.plan_checks.facts import Facts, Finding, PlanFacts


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or facts.task not in plan.tasks:
        return Finding(line=1, sentence=f"No plan covers “{facts.task}”, so no model is asked.", observed=facts.task)
    return _approval(plan) or _validity(plan, facts)


def _approval(plan: PlanFacts) -> Finding | None:
    title = f"The plan “{plan.name}” (version {plan.number})"
    if plan.state == "draft":
        return Finding(line=3, sentence=f"{title} is not approved yet.", observed=plan.state, limit="approved")
    if plan.state != "approved":
        return Finding(line=3, sentence=f"{title} is suspended.", observed=plan.state, limit="approved")
    if not plan.is_unchanged:
        return Finding(line=3, sentence=f"{title} was changed after approval.", observed="changed", limit="as approved")
    return None


def _validity(plan: PlanFacts, facts: Facts) -> Finding | None:
    title = f"The plan “{plan.name}” (version {plan.number})"
    if facts.day > plan.valid_until:
        sentence = f"{title} expired on {plan.valid_until}."
        return Finding(line=4, sentence=sentence, observed=f"{facts.day}", limit=f"until {plan.valid_until}")
    if facts.day < plan.valid_from:
        sentence = f"{title} begins on {plan.valid_from}."
        return Finding(line=4, sentence=sentence, observed=f"{facts.day}", limit=f"from {plan.valid_from}")
    return None
