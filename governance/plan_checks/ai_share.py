"""Line 7: AI gets no larger a share of the items than the plan expects."""

from governance.plan_checks.facts import At, Facts, Finding, PlanFacts, found, percent
from governance.plan_checks.modes import ALWAYS, AMBIGUOUS

NOTICE_POINTS = 5
STOP_POINTS = 15
# Below this many items a share says nothing.
ENOUGH_ITEMS = 30
PAUSES = "run waits for consent"


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is not None and facts.at is At.SAVING:
        return _contradiction(plan)
    if plan is None or plan.expected_ai_percent is None or facts.items is None or facts.ai_items is None:
        return None
    share = percent(facts.ai_items, facts.items)
    over = share - plan.expected_ai_percent
    if facts.items < ENOUGH_ITEMS or over < NOTICE_POINTS:
        return None
    what = "this run" if facts.at is At.RUN else "the last 7 days"
    seen = f"{what} would ask about {share:.0f} %" if facts.at is At.RUN else f"in {what} it was {share:.0f} %"
    return found(
        7,
        says=f"AI is asked about at most {plan.expected_ai_percent} % of the items",
        seen=seen,
        observed=f"{share:.0f} %",
        limit=f"{plan.expected_ai_percent} %",
        action=PAUSES if over >= STOP_POINTS and facts.at is At.RUN else "notice",
    )


def _contradiction(plan: PlanFacts) -> Finding | None:
    """Where AI is always asked about a task, or about none, another share can't come out."""
    modes = {plan.modes.get(task, "") for task in plan.tasks}
    share = plan.expected_ai_percent
    if share is None or not plan.modes or not modes:
        return None
    if modes == {ALWAYS} and share < 100:
        seen = "it also says that AI is always asked"
    elif not modes & {ALWAYS, AMBIGUOUS} and share > 0:
        seen = "it also says that AI is asked about none"
    else:
        return None
    return found(7, says=f"AI is asked about at most {share} % of the items", seen=seen, observed=f"{share} %",
                 action="unfinished")  # fmt: skip
