"""S29: the same deal seems to be there twice."""

from rapidfuzz.fuzz import token_sort_ratio

from deals.signals.case import DealCase, Twin
from deals.signals.finding import Answer, Severity, clear, fired, unknown
from deals.signals.signal import Group, Limit, Limits, Signal


def judge(case: DealCase, limits: Limits) -> Answer:
    if case.account_id is None:
        return unknown("The deal's account is not known.")
    alike = [twin for twin in case.twins if is_alike(case, twin, limits)]
    if not alike:
        return clear(limit=limits["name"])
    return fired(
        Severity.AMBER,
        f"Looks like “{alike[0].name}”",
        value=len(alike),
        limit=limits["name"],
        evidence=tuple(f"deal:{twin.deal_id}" for twin in alike),
        step="Keep one of the two, and close the other as a duplicate.",
    )


def is_alike(case: DealCase, twin: Twin, limits: Limits) -> bool:
    """By name, or by amount and close date."""
    if case.name and token_sort_ratio(case.name.casefold(), twin.name.casefold()) >= limits["name"]:
        return True
    if not case.base_amount or not twin.base_amount or not case.close_date or not twin.close_date:
        return False
    apart = abs(case.base_amount - twin.base_amount) / max(case.base_amount, twin.base_amount)
    return apart <= limits["amount"] / 100 and abs((case.close_date - twin.close_date).days) <= limits["days"]


LOOKS_LIKE_ANOTHER = Signal(
    code="S29",
    title="Looks like another deal",
    about="Another open deal of the same account has nearly the same name, or amount and date.",
    group=Group.HYGIENE,
    weight=8,
    judge=judge,
    limits=(
        Limit(name="name", label="Names alike from", default=88, unit="percent", low=50, high=100),
        Limit(name="amount", label="Amounts apart by up to", default=5, unit="percent", high=100),
        Limit(name="days", label="Close dates apart by up to", default=30),
    ),
)
