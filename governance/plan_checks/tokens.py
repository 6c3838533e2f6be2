"""Line 15: question and answer are no longer, and a call takes no longer and no more tries, than the plan allows."""

from governance.plan_checks.facts import Facts, Finding, found


def check(facts: Facts) -> Finding | None:
    return check_answer(facts) or _question(facts) or _patience(facts)


def check_answer(facts: Facts) -> Finding | None:
    """The length of the answer alone: too long a one is shortened, everything else stops the question."""
    if facts.plan is None or facts.plan.max_output_tokens is None:
        return None
    limit = facts.plan.max_output_tokens
    if facts.max_output_tokens <= limit:
        return None
    sentence = f"Your plan allows answers of {limit} tokens; this question asks for up to {facts.max_output_tokens}."
    return Finding(line=15, sentence=sentence, observed=str(facts.max_output_tokens), limit=str(limit))


def _question(facts: Facts) -> Finding | None:
    limit = facts.plan.max_input_tokens if facts.plan else None
    if limit is None or facts.input_tokens is None or facts.input_tokens <= limit:
        return None
    return found(15, says=f"a question has at most {limit:,} tokens", seen=f"this one has {facts.input_tokens:,}",
                 observed=facts.input_tokens, limit=limit, action="not asked")  # fmt: skip


def _patience(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    if plan.max_timeout_s is not None and facts.timeout_s is not None and facts.timeout_s > plan.max_timeout_s:
        return found(15, says=f"a call takes at most {plan.max_timeout_s} seconds",
                     seen=f"{facts.model or 'the model'} is waited for {facts.timeout_s:.0f} seconds",
                     observed=facts.timeout_s, limit=plan.max_timeout_s, action="not asked")  # fmt: skip
    if plan.max_retries is not None and facts.retries is not None and facts.retries > plan.max_retries:
        says = f"a call is repeated at most {plan.max_retries} times"
        return found(15, says=says, seen=f"this is number {facts.retries}", observed=facts.retries,
                     limit=plan.max_retries, action="not asked")  # fmt: skip
    return None
