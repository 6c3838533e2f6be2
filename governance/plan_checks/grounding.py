"""Line 19: no fact without a source. Sentences without one are removed; too many, and a person reads it all."""

from governance.plan_checks.facts import Facts, Finding, found, percent


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or not facts.sentences or not facts.unfounded:
        return None
    # Without a share of its own the plan removes what is unfounded and leaves the rest.
    most = 100 if plan.max_unfounded_percent is None else plan.max_unfounded_percent
    share = percent(facts.unfounded, facts.sentences)
    return found(
        19,
        says="no sentence stands without a source",
        seen=f"{facts.unfounded} of {facts.sentences} had none",
        observed=f"{share:.0f} %",
        limit=f"{most} %",
        action="to a person" if share > most else "removed",
    )
