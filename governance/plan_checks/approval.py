"""Line 3: the plan is approved by somebody else than its author, and reads as it was approved."""

from governance.plan_checks.facts import Facts, Finding, PlanFacts


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    if facts.approvers is not None:
        return _by_whom(facts, plan)
    title = f"The plan “{plan.name}” (version {plan.number})"
    if plan.state == "draft":
        return Finding(line=3, sentence=f"{title} is not approved yet.", observed=plan.state, limit="approved")
    if plan.state != "approved":
        return Finding(line=3, sentence=f"{title} is suspended.", observed=plan.state, limit="approved")
    if not plan.is_unchanged:
        return Finding(line=3, sentence=f"{title} was changed after approval.", observed="changed", limit="as approved")
    return None


def _by_whom(facts: Facts, plan: PlanFacts) -> Finding | None:
    """`approvers` are those who approve now; the author is none of them unless the organisation says so."""
    assert facts.approvers is not None
    if facts.may_approve_own or facts.author is None or facts.author not in facts.approvers:
        return None
    sentence = "A plan is approved by somebody other than its author."
    return Finding(line=3, sentence=sentence, observed="the author", limit="somebody else", action="can't be approved")
