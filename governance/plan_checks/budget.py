"""Line 17: the month's money for this plan. The wall itself is the budget, reserved before each call."""

from governance.plan_checks.facts import At, Facts, Finding, found, money

NOTICE_PERCENT = 80


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or plan.monthly_microusd is None:
        return None
    limit = plan.monthly_microusd
    says = f"a month costs at most {money(limit)}"
    if facts.at is At.CALL and facts.worst_case_microusd is not None:
        could = facts.month_microusd + facts.worst_case_microusd
        if could <= limit:
            return None
        return found(17, says=says, seen=f"with this question it could be {money(could)}", observed="month",
                     limit=money(limit), action="not asked")  # fmt: skip
    return _notice(facts, limit, says) if facts.at is At.NIGHTLY else None


def _notice(facts: Facts, limit: int, says: str) -> Finding | None:
    spent, forecast = facts.month_microusd, facts.month_forecast_microusd
    if spent >= limit:
        return found(17, says=says, seen=f"{money(spent)} is spent", observed="100 %", limit=money(limit),
                     action="rules only")  # fmt: skip
    if 100 * spent >= NOTICE_PERCENT * limit:
        return found(17, says=says, seen=f"{money(spent)} is spent already", observed=f"{NOTICE_PERCENT} %",
                     limit=money(limit), action="notice")  # fmt: skip
    if forecast is not None and forecast > limit:
        return found(17, says=says, seen=f"at this rate it will be {money(forecast)}", observed="forecast",
                     limit=money(limit), action="notice")  # fmt: skip
    return None
