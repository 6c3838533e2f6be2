"""A deal's values from its records."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from deals.models import Deal, DealLink
from deals.models.owners import Owners
from pipeline.entity_values import refresh
from pipeline.survivorship import Chosen

# How stages that end a deal are called; the file's own "closed" and "won" columns go before these words.
_WON = ("won",)
_LOST = ("lost", "dead", "abandoned", "disqualified")


def recompute(deal_ids: Collection[int], now: datetime) -> None:
    owners = Owners.load()

    def complete(deal: Deal, chosen: Mapping[str, Chosen]) -> None:
        fill(deal, chosen, owners)

    refresh(Deal, DealLink, "deal", deal_ids, complete, now)


def fill(deal: Deal, chosen: Mapping[str, Chosen], owners: Owners) -> None:
    """Name, owner, dates and outcome of a deal from what survived."""
    account = chosen.get("account")
    deal.name = deal.name or (f"{account.value}" if account else "")
    deal.owner_id = owners.of(chosen.get("owner"))
    deal.created_on = _day(chosen.get("created_at"))
    deal.is_closed, deal.is_won = outcome(
        deal.stage, chosen["is_closed"].value if "is_closed" in chosen else None,
        chosen["is_won"].value if "is_won" in chosen else None,
    )  # fmt: skip
    if deal.probability is not None:
        deal.probability = share(deal.probability)


def outcome(stage: str, is_closed: Any, is_won: Any) -> tuple[bool, bool]:
    """(closed, won): what the file says, else what the stage's name says ("Closed Won", "Lost", "Dead")."""
    words = stage.casefold().replace("_", " ").replace("closed", "closed ").split()
    won = is_won if is_won is not None else any(word in words for word in _WON)
    lost = not won and any(word in words for word in _LOST)
    closed = is_closed if is_closed is not None else bool(won or lost)
    return bool(closed), bool(won and closed)


def share(percent: float) -> float:
    """A probability as a share: files write 40 as well as 0.4."""
    return min(max(percent / 100 if percent > 1 else percent, 0.0), 1.0)


def _day(chosen: Chosen | None) -> date | None:
    return date.fromisoformat(str(chosen.value)[:10]) if chosen else None
