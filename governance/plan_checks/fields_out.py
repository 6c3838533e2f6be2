"""Line 9: only the fields the plan names may leave the house, and nothing of a class that never does."""

from governance.plan_checks.classes import CLASSES, classes_in
from governance.plan_checks.facts import Facts, Finding, listed


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    forbidden = ", ".join(sorted(facts.fields - plan.fields_out)) if plan.fields_out is not None else ""
    if forbidden and plan.fields_out is not None:
        allowed = listed(plan.fields_out)
        sentence = f"Your plan lets only {allowed} leave the house; this question holds {forbidden}."
        return Finding(line=9, sentence=sentence, observed=forbidden, limit=allowed)
    seen = classes_in(facts.text, plan.never_send or frozenset())
    if not seen:
        return None
    # What was found is never repeated: a finding must not spread what it stopped.
    words = " and ".join(CLASSES[one] for one in sorted(seen))
    sentence = f"Your plan says that {words} never leave the house; this question seems to hold some."
    return Finding(line=9, sentence=sentence, observed=", ".join(sorted(seen)), limit="never sent")
