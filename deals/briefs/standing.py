"""How deals stand by the signals: the findings of their last assessment."""

from collections.abc import Collection

from deals.signals.finding import Finding
from pipeline.models import Subject

ASSESSMENT = "assess-deals"


def findings_of(deal_ids: Collection[int] | None = None) -> dict[int, list[Finding]]:
    """Deal id → the findings that fired when it was assessed last, in the order of signals; deals never assessed are
    left out."""
    assessed = Subject.objects.filter(pipeline=ASSESSMENT, decision__isnull=False)
    if deal_ids is not None:
        assessed = assessed.filter(object_id__in=list(deal_ids))
    rows = assessed.values_list("object_id", "decision__evidence")
    # Of all deals in parts; of a few at once, which spares the database a cursor.
    found = rows.iterator() if deal_ids is None else rows
    return {deal: _fired(evidence.get("findings") or ()) for deal, evidence in found}


def _fired(found: Collection[dict[str, object]]) -> list[Finding]:
    return [finding for finding in map(Finding.from_json, found) if finding.is_fired]
