"""Line 28: a prompt quotes no more, and no older, corrections than the plan allows."""

from governance.plan_checks.facts import Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    if plan.max_examples is not None and facts.examples is not None and facts.examples > plan.max_examples:
        return found(28, says=f"a question quotes at most {plan.max_examples} earlier answers",
                     seen=f"this one quotes {facts.examples}", observed=facts.examples, limit=plan.max_examples,
                     action="trimmed")  # fmt: skip
    oldest = facts.oldest_example_months
    if plan.correction_months is None or oldest is None or oldest <= plan.correction_months:
        return None
    says = f"a correction counts for {plan.correction_months} months"
    return found(28, says=says, seen=f"one is {oldest} months old", observed=oldest, limit=plan.correction_months,
                 action="trimmed")  # fmt: skip
