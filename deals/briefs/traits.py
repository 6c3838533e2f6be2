"""What a plan may want a person to see of a brief before it stands: who holds the money, and how much is at stake."""

from deals.briefs.claims import Element
from pipeline.pipeline import Case, Verdict


def of_brief(case: Case, verdict: Verdict) -> frozenset[str]:
    """Whether a model names who decides about the money ("economic_buyer")."""
    named = {found["element"] for found in verdict.evidence.get("suggestions", ())}
    return frozenset({Element.ECONOMIC_BUYER.value} & named)


def at_stake(case: Case) -> int | None:
    """The deal's amount in millionths of the organisation's currency; None where it or a rate is not known."""
    amount = case.context.get("base_amount")
    return None if amount is None else round(amount * 1_000_000)
