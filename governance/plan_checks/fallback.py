"""Line 27: what happens without AI is a way the program knows, and one that was tried lately."""

from governance.plan_checks.facts import At, Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    if facts.at is At.SAVING and facts.known_fallbacks is not None and plan.fallback not in facts.known_fallbacks:
        what = f"“{plan.fallback}”, which the program does not know" if plan.fallback else "nothing"
        sentence = f"For the days without AI the plan names {what}."
        return Finding(line=27, sentence=sentence, observed=plan.fallback or "empty", action="can't be approved")
    if plan.drill_days is None or facts.drill_age_days is None or facts.drill_age_days <= plan.drill_days:
        return None
    return found(27, says=f"working without AI is tried every {plan.drill_days} days",
                 seen=f"the last try is {facts.drill_age_days} days old", observed=facts.drill_age_days,
                 limit=plan.drill_days, action="notice")  # fmt: skip
