"""Line 5: the risk follows from three answers, and a high one needs two approvers."""

from governance.plan_checks.facts import Facts, Finding, PlanFacts, found

NEEDED = {"low": 1, "medium": 1, "high": 2}


def risk(plan: PlanFacts) -> str:
    """low, medium or high: by how many of "affects people, sends outside, writes records" hold.

    What leaves the house about people is high whatever else holds.
    """
    if plan.affects_people and plan.sends_outside:
        return "high"
    answers = plan.affects_people + plan.sends_outside + plan.writes_records
    return "low" if not answers else "medium" if answers == 1 else "high"


def check(facts: Facts) -> Finding | None:
    if facts.plan is None or facts.approvers is None:
        return None
    level = risk(facts.plan)
    needed, given = NEEDED[level], len(set(facts.approvers))
    if given >= needed:
        return None
    return found(5, says=f"its risk is {level}, which takes {needed} approvers", seen=f"it has {given}",
                 observed=given, limit=needed, action="can't be approved")  # fmt: skip
