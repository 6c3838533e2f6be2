"""Line 29: what people corrected the same way often enough becomes a rule, unless others said otherwise."""

from governance.plan_checks.facts import Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan, repeated = facts.plan, facts.repeated_corrections
    if plan is None or plan.alias_after is None or not repeated:
        return None
    what = "1 was" if repeated == 1 else f"{repeated} were"
    return found(29, says=f"{plan.alias_after} equal corrections become a rule",
                 seen=f"{what} given so often but contradicted",
                 observed=repeated, limit=plan.alias_after,
                 action="proposal to the owner")  # fmt: skip
