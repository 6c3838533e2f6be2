"""Line 9: only the fields the plan names may leave the house."""

from governance.plan_checks.facts import Facts, Finding


def check(facts: Facts) -> Finding | None:
    if facts.plan is None or facts.plan.fields_out is None:
        return None
    forbidden = ", ".join(sorted(facts.fields - facts.plan.fields_out))
    if not forbidden:
        return None
    allowed = ", ".join(sorted(facts.plan.fields_out)) or "none"
    sentence = f"Your plan lets only {allowed} leave the house; this question holds {forbidden}."
    return Finding(line=9, sentence=sentence, observed=forbidden, limit=allowed)
