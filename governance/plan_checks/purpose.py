"""Line 1: the plan says what it is for, and each task it names exists and is in no other plan."""

from governance.plan_checks.facts import At, Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or (facts.task and facts.task not in plan.tasks):
        return Finding(line=1, sentence=f"No plan covers “{facts.task}”, so no model is asked.", observed=facts.task)
    if facts.at in (At.SAVING, At.NIGHTLY):
        return _unclear(facts)
    return _doubled(facts, frozenset({facts.task}))


def _unclear(facts: Facts) -> Finding | None:
    plan = facts.plan
    assert plan is not None
    if facts.at is At.SAVING and not (plan.purpose.strip() and plan.tasks):
        missing = "its purpose" if not plan.purpose.strip() else "a task"
        return Finding(line=1, sentence=f"The plan does not name {missing} yet.", observed="empty", action="unfinished")
    unknown = ", ".join(sorted(plan.tasks - facts.known_tasks)) if facts.known_tasks is not None else ""
    if unknown:
        return found(1, says=f"it covers {unknown}", seen="the program has no such task", observed=unknown,
                     action="unfinished")  # fmt: skip
    return _doubled(facts, plan.tasks)


def _doubled(facts: Facts, tasks: frozenset[str]) -> Finding | None:
    for task in sorted(tasks & facts.other_plans.keys()):
        other = facts.other_plans[task]
        seen = f"the plan “{other}” covers it too, and a task belongs to one plan"
        return found(1, says=f"it covers {task}", seen=seen, observed=other, action="unfinished")
    return None
