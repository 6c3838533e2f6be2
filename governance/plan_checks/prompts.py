"""Line 14: a prompt reads as the plan pinned it; a changed one has to pass the exam and be approved again."""

from governance.plan_checks.facts import At, Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or not facts.prompt:
        return None
    pinned = plan.prompts.get(facts.task)
    if facts.at is At.SAVING:
        return _exam(facts)
    if pinned is None or pinned == facts.prompt:
        return None
    return found(
        14,
        says=f"the prompt of “{facts.task}” is the one that was approved ({pinned[:8]})",
        seen=f"the program now has another ({facts.prompt[:8]}), which needs a new version of the plan",
        observed=facts.prompt[:8],
        limit=pinned[:8],
        action="not asked",
    )


def _exam(facts: Facts) -> Finding | None:
    plan = facts.plan
    assert plan is not None
    if facts.exam_cases is None or facts.exam_percent is None:
        return None
    cases, least = plan.min_exam_cases or 0, plan.min_exam_percent or 0
    if facts.exam_cases >= cases and facts.exam_percent >= least:
        return None
    return found(
        14,
        says=f"a new prompt gets {least} % of at least {cases} exam cases right",
        seen=f"this one got {facts.exam_percent:.0f} % of {facts.exam_cases}",
        observed=f"{facts.exam_percent:.0f} % of {facts.exam_cases}",
        limit=f"{least} % of {cases}",
        action="can't be approved",
    )
