"""Line 6: AI is asked about a task only as far as its mode goes."""

from governance.plan_checks.facts import At, Facts, Finding, found

RULES, AMBIGUOUS, ALWAYS, FORBIDDEN = "rules", "ambiguous", "always", "forbidden"
WORDS = {
    RULES: "only rules decide",
    AMBIGUOUS: "AI is asked when the rules are unsure",
    ALWAYS: "AI is always asked",
    FORBIDDEN: "AI is forbidden",
}


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None or facts.at not in (At.RUN, At.CALL):
        return None
    mode = plan.modes.get(facts.task, AMBIGUOUS if not plan.modes else RULES)
    if mode in (RULES, FORBIDDEN) or mode not in WORDS:
        says = f"for “{facts.task}” {WORDS.get(mode, WORDS[RULES])}"
        return found(6, says=says, seen="so no model is asked about it", observed="a question", limit=mode,
                     action="not asked")  # fmt: skip
    if mode == AMBIGUOUS and facts.is_left_open is False:
        return found(6, says=f"for “{facts.task}” {WORDS[mode]}", seen="the rules were sure about this case",
                     observed="decided by rules", limit=mode, action="not asked")  # fmt: skip
    return None
