"""Line 31: what AI is known to get wrong is written down and shown beside its results."""

from governance.plan_checks.facts import At, Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    if facts.at is At.SAVING and not plan.known_limits.strip():
        sentence = "The plan does not say what AI is known to get wrong here."
        return Finding(line=31, sentence=sentence, observed="empty", action="can't be approved")
    if facts.are_limits_shown is False:
        return found(31, says="its known limits stand beside every result", seen="here they are missing",
                     observed="not shown", action="notice")  # fmt: skip
    if not facts.limits_unread_by:
        return None
    who = "1 reviewer has" if facts.limits_unread_by == 1 else f"{facts.limits_unread_by} reviewers have"
    return found(31, says="whoever judges results knows its limits", seen=f"{who} not confirmed reading them",
                 observed=facts.limits_unread_by, limit=0, action="notice")  # fmt: skip
