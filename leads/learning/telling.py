"""A study as plain values, to be stored and shown, and its figures in words."""

from dataclasses import asdict
from typing import Any

from leads.learning import score
from leads.learning.accuracy import Ranking, Share
from leads.learning.proposals import Proposal
from leads.learning.study import Study, Validation

FEW = 30  # of fewer only a range is said


def to_json(found: Study) -> dict[str, Any]:
    return {
        "ordered_by": found.ordered_by,
        "used": list(found.used),
        "leaks": {name: asdict(leak) for name, leak in found.leaks.items()},
        "unusable": dict(found.unusable),
        "validation": _validation(found.validation),
        "score": score.to_json(found.score) if found.score else None,
        "has_pattern": found.has_pattern,
    }


def figures(proposal: Proposal) -> dict[str, Any]:
    return {"found": asdict(proposal.found), "later": asdict(proposal.later)}


def because(proposal: Proposal) -> str:
    """The outcomes a rule rests on, as its line of points says them."""
    both = proposal.found.right + proposal.later.right, proposal.found.number + proposal.later.number
    bound = (
        f"at least {100 * proposal.later.low:.0f} %"
        if proposal.is_for
        else f"at most {100 * proposal.later.high:.0f} %"
    )
    return f"{both[0]:,} of {both[1]:,} were won, {bound} of later ones"


def in_words(one: Share | dict[str, Any]) -> str:
    """ "84 of 100", and for few a range: "3 of 10 (9 to 61 %)"."""
    data = one if isinstance(one, dict) else asdict(one)
    if not data["number"]:
        return "none yet"
    said = f"{data['right']:,} of {data['number']:,}"
    return f"{said} ({100 * data['low']:.0f} to {100 * data['high']:.0f} %)" if data["number"] < FEW else said


def _validation(one: Validation) -> dict[str, Any]:
    return {
        "older": one.older, "newest": one.newest, "ranking": asdict(one.ranking),
        "unmarked": _ranking(one.unmarked), "accepted": asdict(one.accepted), "rejected": asdict(one.rejected),
        "decided": asdict(one.decided), "decided_share": one.decided_share, "is_better": one.is_better,
        "bands": [{"expected": band.expected, **asdict(band.won)} for band in one.bands],
    }  # fmt: skip


def _ranking(one: Ranking | None) -> dict[str, float] | None:
    return asdict(one) if one else None
