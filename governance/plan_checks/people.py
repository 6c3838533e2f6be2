"""Line 2: the owner and the deputy are two active people who still log in."""

from governance.plan_checks.facts import At, Facts, Finding, found

ACTION = "14 days to settle it, then rules only"


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or facts.members is None:
        return None
    if plan.owner is None or plan.owner not in facts.members:
        # A plan nobody ever owned is the starter plan: its users are told, it is not taken from them.
        is_starter = plan.owner is None and facts.at is At.NIGHTLY
        action = "notice" if is_starter else _action(facts)
        return Finding(line=2, sentence="The plan has no owner.", observed="nobody", action=action)
    if plan.deputy == plan.owner:
        name = facts.members[plan.owner].name
        return found(2, says=f"{name} owns it", seen="the deputy has to be somebody else", observed=name,
                     action=_action(facts))  # fmt: skip
    for role, key in (("owner", plan.owner), ("deputy", plan.deputy)):
        if key is not None and (finding := _absent(facts, role, key, plan.login_days)):
            return finding
    return None


def _absent(facts: Facts, role: str, key: int, login_days: int | None) -> Finding | None:
    assert facts.members is not None
    member = facts.members.get(key)
    if member is None or not member.is_active:
        name = member.name if member else "nobody"
        return found(2, says=f"{name} is its {role}", seen="that account is not active", observed=name,
                     action=_action(facts))  # fmt: skip
    # Whoever never logged in is judged by the nights to come, not when the plan is written.
    idle = member.idle_days
    if login_days is None or facts.at is At.SAVING or (idle is not None and idle <= login_days):
        return None
    seen = f"{member.name} has not been here for {idle} days" if idle is not None else f"{member.name} never logged in"
    says = f"its {role} looks in every {login_days} days"
    return found(2, says=says, seen=seen, observed=idle, limit=login_days, action=_action(facts))


def _action(facts: Facts) -> str:
    return "unfinished" if facts.at is At.SAVING else ACTION
