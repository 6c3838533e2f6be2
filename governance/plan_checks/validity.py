"""Line 4: today lies inside the plan's dates, and its next review is due within half a year."""

from datetime import timedelta

from governance.plan_checks.facts import At, Facts, Finding, PlanFacts, found

LONGEST_DAYS = 180
NOTICE_DAYS = (30, 7, 0)


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    if facts.at is At.SAVING:
        return _too_far(facts, plan)
    return _outside(facts, plan) or _review_passed(facts, plan) or (_soon(facts, plan) if _is_night(facts) else None)


def _is_night(facts: Facts) -> bool:
    return facts.at is At.NIGHTLY


def _outside(facts: Facts, plan: PlanFacts) -> Finding | None:
    title = f"The plan “{plan.name}” (version {plan.number})"
    if facts.day > plan.valid_until:
        sentence = f"{title} expired on {plan.valid_until}."
        return Finding(line=4, sentence=sentence, observed=f"{facts.day}", limit=f"until {plan.valid_until}")
    if facts.day < plan.valid_from:
        sentence = f"{title} begins on {plan.valid_from}."
        return Finding(line=4, sentence=sentence, observed=f"{facts.day}", limit=f"from {plan.valid_from}")
    return None


def _review_passed(facts: Facts, plan: PlanFacts) -> Finding | None:
    if plan.review_date is None or facts.day <= plan.review_date:
        return None
    return found(4, says=f"it is reviewed by {plan.review_date}", seen="no newer version was approved since",
                 observed=facts.day, limit=plan.review_date, action="rules only")  # fmt: skip


def _soon(facts: Facts, plan: PlanFacts) -> Finding | None:
    due = min(plan.review_date or plan.valid_until, plan.valid_until)
    left = (due - facts.day).days
    notice = next((days for days in reversed(NOTICE_DAYS) if left <= days), None)
    if notice is None:
        return None
    when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    # The notice, not the day, is what was observed: so each of the three is written once.
    return found(4, says=f"it is reviewed by {due}", seen=f"that is {when}, and after it only the rules work",
                 observed=f"{notice}-day notice", limit=due, action="notice")  # fmt: skip


def _too_far(facts: Facts, plan: PlanFacts) -> Finding | None:
    latest = max(facts.day, plan.valid_from) + timedelta(days=LONGEST_DAYS)
    due = plan.review_date or plan.valid_until
    if due > latest:
        return found(4, says=f"it is reviewed on {due}", seen=f"a review is due by {latest} at the latest",
                     observed=due, limit=latest, action="unfinished")  # fmt: skip
    if plan.valid_until < facts.day:
        return found(4, says=f"it ends on {plan.valid_until}", seen="that day has passed", observed=plan.valid_until,
                     limit=facts.day, action="unfinished")  # fmt: skip
    return None
