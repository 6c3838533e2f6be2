"""Line 21: what a person must always see is not accepted without one."""

from governance.plan_checks.facts import Facts, Finding, found, money

KINDS = {
    "merge": "joining two records that each stand for several",
    "economic_buyer": "who decides about the money",
    "disqualify": "turning a lead away",
    "first_20": "the first 20 results of a new version",
}


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or not facts.is_accepted or facts.has_human:
        return None
    kinds = facts.traits & (plan.always_review or frozenset())
    if kinds:
        words = ", ".join(KINDS.get(kind, kind) for kind in sorted(kinds))
        return found(21, says=f"a person always sees {words}", seen="this result is one of them", observed=words,
                     limit="a person", action="to a person")  # fmt: skip
    if plan.review_amount is None or facts.amount is None or facts.amount <= plan.review_amount:
        return None
    return found(21, says=f"a person sees everything above {money(plan.review_amount)}",
                 seen=f"this is about {money(facts.amount)}", observed=money(facts.amount),
                 limit=money(plan.review_amount), action="to a person")  # fmt: skip
