"""Line 32: what the plan rests on has not changed since it was approved."""

from governance.plan_checks.facts import Facts, Finding, found

TRIGGERS = {
    "price": "a model's price",
    "retirement": "which models are switched on",
    "schema": "the columns of a source",
    "thresholds": "the score from which results are accepted",
}


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or plan.triggers is None:
        return None
    changed = facts.changes & plan.triggers
    if not changed:
        return None
    words = " and ".join(TRIGGERS.get(one, one) for one in sorted(changed))
    return found(32, says=f"it is looked at again when {words} changes", seen="that changed since it was approved",
                 observed=words, limit="as approved", action="review due")  # fmt: skip
