"""Line 25: from its date on the plan reaches what it promised."""

from dataclasses import dataclass

from governance.plan_checks.facts import At, Facts, Finding, PlanFacts, found

MISSED = "missed"


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A measure of success: how it is called, its unit, and whether more of it is better."""

    label: str
    unit: str
    is_more_better: bool


METRICS = {
    "acceptance": Metric(label="share of results accepted without correction", unit="%", is_more_better=True),
    "minutes_saved": Metric(label="minutes saved a week", unit="min", is_more_better=True),
    "false_links": Metric(label="share of links that people undid", unit="%", is_more_better=False),
    "cost_per_result": Metric(label="cost of an accepted result", unit="$", is_more_better=False),
    "reply_rate": Metric(label="share of leads that replied", unit="%", is_more_better=True),
}


def check(facts: Facts) -> Finding | None:
    plan = facts.plan
    if plan is None:
        return None
    metric = METRICS.get(plan.metric)
    if facts.at is At.SAVING:
        return _unclear(facts, metric)
    if metric is None or plan.target is None or plan.target_date is None or facts.metric_value is None:
        return None
    is_met = facts.metric_value >= plan.target if metric.is_more_better else facts.metric_value <= plan.target
    if is_met or facts.day < plan.target_date:
        return None
    least = "at least" if metric.is_more_better else "at most"
    return found(25, says=f"by {plan.target_date} the {metric.label} is {least} {plan.target:g} {metric.unit}",
                 seen=f"it is {facts.metric_value:.4g} {metric.unit}", observed=f"{facts.metric_value:.4g}",
                 limit=f"{plan.target:g}", action=MISSED)  # fmt: skip


def _unclear(facts: Facts, metric: Metric | None) -> Finding | None:
    plan = facts.plan
    assert plan is not None
    if metric is None or plan.target is None or plan.target_date is None:
        sentence = "The plan does not say how you will know that it works: a measure, a target and a date."
        return Finding(line=25, sentence=sentence, observed="empty", action="unfinished")
    before = baseline(plan)
    if before is None or (plan.target > before) == metric.is_more_better:
        return None
    return found(25, says=f"the target is {plan.target:g} {metric.unit}", seen=f"before it was {before:g}, "
                 "so the target is no improvement", observed=f"{plan.target:g}", limit=f"{before:g}",
                 action="unfinished")  # fmt: skip


def baseline(plan: PlanFacts) -> float | None:
    """What the measure was before: as the plan says, else as it follows from how the work was done before."""
    if plan.baseline is not None or plan.before_error_percent is None:
        return plan.baseline
    follows = {"acceptance": 100.0 - plan.before_error_percent, "false_links": float(plan.before_error_percent)}
    return follows.get(plan.metric)
