"""The joinings by hand that stand: what came to which page, by whom, and what takes it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deals.models import Entity
from pipeline.models import Decision, Record
from pipeline.review.acts import BY_HAND
from pipeline.wording import title_of


@dataclass(frozen=True, kw_only=True)
class JoinedByHand:
    """One joining: the record that came, the page it came to (None where that is gone), and the decision behind it."""

    decision_id: int
    title: str
    home: Entity | None
    by: str
    at: datetime
    note: str


def joined_by_hand(pipeline: str, model: type[Entity], most: int = 8) -> list[JoinedByHand]:
    """The latest joinings by hand that stand, newest first, in four queries."""
    standing = Decision.objects.filter(
        subject__pipeline=pipeline, by__isnull=False, label="same", reason=BY_HAND, superseded_by=None
    )
    found = list(standing.select_related("subject", "by", "given_answer").order_by("-id")[:most])
    values = dict(Record.objects.filter(pk__in=[one.subject.object_id for one in found]).values_list("pk", "values"))
    homes = _homes(model, list(values))
    return [
        JoinedByHand(
            decision_id=one.pk,
            title=title_of(values[one.subject.object_id], one.subject.object_id),
            home=homes.get(one.subject.object_id),
            by=one.by.get_full_name() or one.by.get_username() if one.by else "",
            at=one.created_at,
            note=one.given_answer.note if hasattr(one, "given_answer") else "",
        )
        for one in found
        if one.subject.object_id in values
    ]


def _homes(model: type[Entity], records: list[int]) -> dict[int, Entity]:
    """Record → the entity it belongs to now."""
    entities: Any = model._default_manager
    pairs = entities.filter(links__record__in=records, links__closed_at=None).values_list("links__record", "pk")
    home_of = dict(pairs)
    by_id = entities.in_bulk(set(home_of.values()))
    return {record: by_id[home] for record, home in home_of.items()}
