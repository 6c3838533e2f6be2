"""Line 13: only the models the plan names are asked."""

from governance.plan_checks.facts import Facts, Finding


def check(facts: Facts) -> Finding | None:
    if not facts.model or facts.plan is None or facts.plan.models is None or facts.model in facts.plan.models:
        return None
    allowed = ", ".join(sorted(facts.plan.models)) or "none"
    sentence = f"Your plan allows the models {allowed}; {facts.model} is not among them."
    return Finding(line=13, sentence=sentence, observed=facts.model, limit=allowed)
