"""Line 11: AI only suggests values, for the fields the plan opens to it, and never for those that people own."""

from governance.plan_checks.facts import At, Facts, Finding, found, listed


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    both = (plan.ai_fields or frozenset()) & (plan.human_fields or frozenset())
    if facts.at is At.SAVING:
        return _contradiction(both)
    owned = facts.written_fields & (plan.human_fields or frozenset())
    if owned:
        return found(11, says=f"people own {listed(owned)}", seen="AI proposed a value for it", observed=listed(owned),
                     limit=listed(plan.human_fields or frozenset()), action="dropped")  # fmt: skip
    closed = facts.written_fields - plan.ai_fields if plan.ai_fields is not None else frozenset()
    if not closed:
        return None
    open_ = listed(plan.ai_fields or frozenset())
    return found(11, says=f"AI may suggest {open_}", seen=f"it suggested {listed(closed)}", observed=listed(closed),
                 limit=open_, action="dropped")  # fmt: skip


def _contradiction(both: frozenset[str]) -> Finding | None:
    if not both:
        return None
    return found(11, says=f"AI may suggest {listed(both)}", seen="it also says that only people fill it",
                 observed=listed(both), action="unfinished")  # fmt: skip
