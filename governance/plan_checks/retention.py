"""Line 30: nobody who objected is asked about, and prompts are deleted when their time has come."""

from governance.plan_checks.facts import Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    if facts.is_opted_out:
        return found(30, says="nobody is asked about who objected or was deleted", seen="this case is about one",
                     observed="objected", action="not asked")  # fmt: skip
    if plan.retention_days is None or not facts.overdue_purges:
        return None
    return found(30, says=f"prompts and answers are deleted after {plan.retention_days} days",
                 seen=f"{facts.overdue_purges:,} are kept longer", observed=facts.overdue_purges,
                 limit=plan.retention_days, action="notice")  # fmt: skip
