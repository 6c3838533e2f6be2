"""Line 12: AI shows, suggests and drafts as far as the plan allows; to send, delete or merge takes a person."""

from governance.plan_checks.facts import Facts, Finding, found, listed

NEVER_ALONE = frozenset({"send", "delete", "merge"})


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or not facts.action:
        return None
    if facts.action in NEVER_ALONE:
        if facts.has_human:
            return None
        return found(12, says=f"nobody but a person may {facts.action}", seen="no person stands behind this",
                     observed=facts.action, limit="a person", action="queued")  # fmt: skip
    if plan.actions is None or facts.action in plan.actions:
        return None
    return found(12, says=f"AI may {listed(plan.actions)}", seen=f"this would {facts.action}", observed=facts.action,
                 limit=listed(plan.actions), action="queued")  # fmt: skip
