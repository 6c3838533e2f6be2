"""Line 18: an answer has the agreed form and length."""

from governance.plan_checks.facts import Facts, Finding, found

ACTION = "one repair, then to a person"


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    if facts.is_wellformed is False:
        return found(18, says="an answer has the agreed form", seen="this one did not", observed="unreadable",
                     limit="the agreed form", action=ACTION)  # fmt: skip
    longest, length = plan.max_output_characters, facts.output_characters
    if longest is None or length is None or length <= longest:
        return None
    return found(18, says=f"an answer has at most {longest:,} characters", seen=f"this one has {length:,}",
                 observed=length, limit=longest, action=ACTION)  # fmt: skip
