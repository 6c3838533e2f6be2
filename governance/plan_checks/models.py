"""Line 13: only the models the plan names are asked, and the one asked is the one that answered."""

from governance.plan_checks.facts import At, Facts, Finding, PlanFacts, found, listed


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is not None and facts.at is At.SAVING:
        return _unknown(facts, plan)
    if plan is None or not facts.model:
        return None
    if facts.response_model and not is_same_model(facts.model, facts.response_model):
        return found(13, says=f"{facts.model} is asked", seen=f"{facts.response_model} answered",
                     observed=facts.response_model, limit=facts.model, action="notice")  # fmt: skip
    if plan.models is None or facts.response_model or facts.model in plan.models:
        return None
    allowed = listed(plan.models)
    sentence = f"Your plan allows the models {allowed}; {facts.model} is not among them."
    return Finding(line=13, sentence=sentence, observed=facts.model, limit=allowed)


def _unknown(facts: Facts, plan: PlanFacts) -> Finding | None:
    if plan.models is None or facts.known_models is None:
        return None
    unknown = plan.models - facts.known_models
    if not unknown:
        return None
    return found(13, says=f"{listed(unknown)} may be asked", seen="no such model is switched on",
                 observed=listed(unknown), limit=listed(facts.known_models), action="unfinished")  # fmt: skip


def is_same_model(requested: str, returned: str) -> bool:
    """Whether a provider's name for what answered fits the name asked for: routers put a vendor in front
    ("openai/gpt-4o"), vendors a date behind ("gpt-4o-2024-08-06")."""
    asked, told = (name.lower().rpartition("/")[2] for name in (requested, returned))
    return told == asked or (told.startswith(asked) and told[len(asked) :].lstrip("-@:").replace("-", "").isdigit())
