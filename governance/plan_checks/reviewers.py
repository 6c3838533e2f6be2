"""Line 24: there are people to review, and nothing waits for them longer than the plan says."""

from governance.plan_checks.facts import Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    if plan.min_reviewers is not None and facts.reviewers is not None and facts.reviewers < plan.min_reviewers:
        needed = "1 person" if plan.min_reviewers == 1 else f"{plan.min_reviewers} people"
        return found(24, says=f"{needed} can review", seen=f"{facts.reviewers} can",
                     observed=facts.reviewers, limit=plan.min_reviewers, action="to the deputy")  # fmt: skip
    if plan.review_days is None or not facts.overdue_reviews:
        return None
    wait = "1 question waits" if facts.overdue_reviews == 1 else f"{facts.overdue_reviews:,} questions wait"
    return found(24, says=f"a question is answered within {plan.review_days} days", seen=f"{wait} longer",
                 observed=facts.overdue_reviews, limit=f"{plan.review_days} days", action="to the deputy")  # fmt: skip
