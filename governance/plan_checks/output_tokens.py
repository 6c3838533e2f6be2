"""Line 15: an answer is no longer than the plan allows."""

from governance.plan_checks.facts import Facts, Finding


def check(facts: Facts) -> Finding | None:
    if facts.plan is None or facts.plan.max_output_tokens is None:
        return None
    limit = facts.plan.max_output_tokens
    if facts.max_output_tokens <= limit:
        return None
    sentence = f"Your plan allows answers of {limit} tokens; this question asks for up to {facts.max_output_tokens}."
    return Finding(line=15, sentence=sentence, observed=str(facts.max_output_tokens), limit=str(limit))
