"""Line 8: only records from the sources the plan names are shown to a model."""

from governance.plan_checks.facts import Facts, Finding


def check(facts: Facts) -> Finding | None:
    if facts.plan is None or facts.plan.sources is None:
        return None
    foreign = ", ".join(sorted(facts.sources - facts.plan.sources))
    if not foreign:
        return None
    allowed = ", ".join(sorted(facts.plan.sources)) or "none"
    sentence = f"Your plan says that AI sees records from {allowed} only; this case has {foreign}."
    return Finding(line=8, sentence=sentence, observed=foreign, limit=allowed)
