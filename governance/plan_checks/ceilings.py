"""Line 16: what a question can cost at most fits under the ceilings per question, per run and per day."""

from itertools import pairwise

from governance.plan_checks.ai_share import PAUSES
from governance.plan_checks.facts import At, Facts, Finding, PlanFacts, found, money


def check(facts: Facts) -> Finding | None:
    plan, worst = facts.plan, facts.worst_case_microusd
    if plan is None:
        return None
    if facts.at is At.SAVING:
        return _contradiction(plan)
    if facts.at is At.RUN:
        return _forecast(facts)
    if worst is None:
        return None
    for ceiling, before, what in (
        (plan.max_call_microusd, 0, "question"),
        (plan.max_run_microusd, facts.run_microusd, "run"),
        (plan.max_day_microusd, facts.day_microusd, "day"),
    ):
        if ceiling is not None and before + worst > ceiling:
            seen = f"this {what} could come to {money(before + worst)}"
            return found(16, says=f"a {what} costs at most {money(ceiling)}", seen=seen, observed=what,
                         limit=money(ceiling), action="not asked")  # fmt: skip
    return None


def _contradiction(plan: PlanFacts) -> Finding | None:
    """A question costs no more than its run, a run no more than its day, a day no more than the month."""
    ceilings = [("a question", plan.max_call_microusd), ("a run", plan.max_run_microusd),
                ("a day", plan.max_day_microusd), ("a month", plan.monthly_microusd)]  # fmt: skip
    known = [(what, ceiling) for what, ceiling in ceilings if ceiling is not None]
    for (part, least), (whole, most) in pairwise(known):
        if least > most:
            return found(16, says=f"{part} costs at most {money(least)}",
                         seen=f"{whole} costs at most {money(most)}, which is less", observed=money(least),
                         limit=money(most), action="unfinished")  # fmt: skip
    return None


def _forecast(facts: Facts) -> Finding | None:
    """A run whose forecast passes its ceiling waits for somebody's consent."""
    ceiling = facts.plan.max_run_microusd if facts.plan else None
    if ceiling is None or facts.run_microusd <= ceiling:
        return None
    return found(16, says=f"a run costs at most {money(ceiling)}", seen=f"this run will likely cost "
                 f"{money(facts.run_microusd)}", observed=money(facts.run_microusd), limit=money(ceiling),
                 action=PAUSES)  # fmt: skip
