"""Line 8: only records from the sources the plan names are shown to a model, and those are fresh and readable."""

from governance.plan_checks.facts import At, Facts, Finding, PlanFacts, SourceFacts, found, listed


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    if facts.at is At.SAVING:
        return _unknown(facts, plan)
    foreign = ", ".join(sorted(facts.sources - plan.sources)) if plan.sources is not None else ""
    if foreign and plan.sources is not None:
        allowed = listed(plan.sources)
        sentence = f"Your plan says that AI sees records from {allowed} only; this case has {foreign}."
        return Finding(line=8, sentence=sentence, observed=foreign, limit=allowed)
    return next((finding for one in facts.source_facts if (finding := _stale(one, plan))), None)


def _unknown(facts: Facts, plan: PlanFacts) -> Finding | None:
    if plan.sources is None or facts.known_sources is None:
        return None
    unknown = plan.sources - facts.known_sources
    if not unknown:
        return None
    return found(8, says=f"AI sees records from {listed(unknown)}", seen="nothing was imported from there",
                 observed=listed(unknown), limit=listed(facts.known_sources), action="unfinished")  # fmt: skip


def _stale(source: SourceFacts, plan: PlanFacts) -> Finding | None:
    if plan.source_max_age_days is not None and source.age_days > plan.source_max_age_days:
        return found(
            8,
            says=f"a source is at most {plan.source_max_age_days} days old",
            seen=f"the last import from {source.name} is {source.age_days} days old",
            observed=f"{source.name}: {source.age_days} days",
            limit=plan.source_max_age_days,
            action="notice",
        )
    if plan.max_import_error_percent is not None and source.error_percent > plan.max_import_error_percent:
        return found(
            8,
            says=f"at most {plan.max_import_error_percent} % of a file's rows fail",
            seen=f"of the last file from {source.name} {source.error_percent:.0f} % did",
            observed=f"{source.name}: {source.error_percent:.0f} %",
            limit=plan.max_import_error_percent,
            action="notice",
        )
    return None
