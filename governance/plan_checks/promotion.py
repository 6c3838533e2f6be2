"""Line 29: what people corrected the same way often enough is proposed as a rule."""

from governance.plan_checks.facts import Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan, repeated = facts.plan, facts.repeated_corrections
    if plan is None or plan.alias_after is None or not repeated:
        return None
    what = "1 correction was" if repeated == 1 else f"{repeated} corrections were"
    return found(29, says=f"{plan.alias_after} equal corrections become a rule",
                 seen=f"{what} repeated so often and no rule was proposed", observed=repeated, limit=plan.alias_after,
                 action="proposal to the owner")  # fmt: skip
