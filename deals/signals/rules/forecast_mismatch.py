"""S25: the forecast says more than the evidence."""

from deals.signals.case import DealCase
from deals.signals.finding import Answer, graded, unknown
from deals.signals.signal import Group, Limit, Limits, Signal
from deals.signals.wording import percent

# As CRMs write them, without blanks and case.
COMMIT, BEST_CASE = frozenset({"commit", "forecast"}), frozenset({"bestcase", "upside"})
SERIOUS = ("S06", "S11", "S15")


def judge(case: DealCase, limits: Limits) -> Answer:
    category = category_of(case.forecast_category)
    rate = case.stage_rate
    gap = 100 * (case.probability - rate) if case.probability is not None and rate is not None else None
    if not category and gap is None:
        return unknown("The deal has neither a forecast category nor a probability.")
    reds = [limits.found[code] for code in SERIOUS if code in limits.found and limits.found[code].is_red]
    is_low = limits.health is not None and limits.health < limits["health"]
    is_amber = (bool(category) and (is_low or bool(reds))) or (gap is not None and gap > limits["gap"])
    return graded(
        is_amber,
        category == "Commit" and bool(reds),
        _sentence(case, category, limits, gap),
        value=limits.health if category else gap,
        limit=limits["health"] if category else limits["gap"],
        evidence=tuple(ref for red in reds for ref in red.evidence) or (f"deal:{case.deal_id}",),
        step="Change the category, or write down what proves it.",
    )


def category_of(text: str) -> str:
    """ "Commit", "Best Case" or "" for all that promises less."""
    folded = text.casefold().replace(" ", "").replace("_", "")
    return "Commit" if folded in COMMIT else "Best Case" if folded in BEST_CASE else ""


def _sentence(case: DealCase, category: str, limits: Limits, gap: float | None) -> str:
    reds = [limits.found[code] for code in SERIOUS if code in limits.found and limits.found[code].is_red]
    if category and reds:
        return f"In the forecast as {category}, but: {reds[0].sentence[:1].lower()}{reds[0].sentence[1:]}"
    if category and limits.health is not None and limits.health < limits["health"]:
        return f"In the forecast as {category}, but its health is {limits.health}"
    if gap is None or case.probability is None or case.stage_rate is None:
        return ""
    return f"Probability {percent(case.probability)}, but {percent(case.stage_rate)} are won from “{case.stage}”"


FORECAST_MISMATCH = Signal(
    code="S25",
    title="Forecast ahead of evidence",
    about="Commit or best case with poor health, or a probability far above what this stage wins.",
    group=Group.HYGIENE,
    weight=12,
    judge=judge,
    is_on=True,
    is_last=True,
    limits=(
        Limit(name="health", label="Health below", default=50, unit="points", high=100),
        Limit(name="gap", label="Probability too high by more than", default=25, unit="points", high=100),
    ),
)
