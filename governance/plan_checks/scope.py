"""Line 10: nothing AI produces serves a purpose that the plan rules out."""

from governance.plan_checks.facts import Facts, Finding, found

PURPOSES = {
    "rate_people": "rating employees",
    "set_prices": "setting prices or discounts",
    "decide_hiring": "decisions about hiring or pay",
    "contact_people": "writing to people without a person",
}


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or plan.out_of_scope is None:
        return None
    crossed = facts.purposes & plan.out_of_scope
    if not crossed:
        return None
    words = ", ".join(PURPOSES.get(one, one) for one in sorted(crossed))
    return found(10, says=f"AI is not used for {words}", seen="this would be used for it", observed=words,
                 limit="out of scope", action="blocked")  # fmt: skip
