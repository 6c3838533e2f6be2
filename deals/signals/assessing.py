"""Assessments on record: from decisions to snapshots, one deal anew, and what was shown on a day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils import timezone

from deals.models import Assessment, Deal, SignalSettings
from deals.signals.backdrop import backdrop_of, load_backdrop
from deals.signals.clock import judging_day
from deals.signals.judging import Assessed, assess, is_judged
from deals.signals.layer import judged
from deals.signals.records import load_deals
from deals.signals.settings import Settings
from pipeline import bulk
from pipeline.models import Decision
from pipeline.pipeline import Case, Presentation


def current_settings() -> Settings:
    """The newest settings; the defaults where nobody changed any."""
    values = SignalSettings.objects.order_by("-pk").values_list("values", flat=True).first()
    return Settings.from_json(values) if values else Settings()


def load_cases(object_ids: Collection[int] | None = None, as_of: date | None = None) -> list[Case]:
    """Open deals of a day that are old enough, as cases with their assessment; those named out of a kept backdrop."""
    day = as_of or judging_day(timezone.now())
    settings = current_settings()
    backdrop = load_backdrop(day, settings) if object_ids is None else backdrop_of(day, settings)
    # Judged as they come: all contacts of all deals at once would fill the memory for nothing.
    return [
        Case(object_id=case.deal_id, values={"as_of": day.isoformat(), **judged(case, settings)})
        for case in load_deals(backdrop, object_ids)
        if is_judged(case, settings)
    ]


def store(decisions: Sequence[Decision], now: datetime) -> None:
    """Keep each decision's assessment as the deal's latest snapshot."""
    deals = {decision.subject.object_id: decision for decision in decisions}
    known = set(Deal.objects.filter(pk__in=list(deals)).values_list("pk", flat=True))
    Assessment.objects.filter(deal__in=known, is_latest=True).update(is_latest=False)
    bulk.create(_assessment(pk, decision, now) for pk, decision in deals.items() if pk in known)


def _assessment(deal_id: int, decision: Decision, now: datetime) -> Assessment:
    said = decision.evidence
    return Assessment(
        deal_id=deal_id,
        decision=decision,
        as_of=date.fromisoformat(said["as_of"]),
        assessed_at=now,
        health=said["health"],
        completeness=said["completeness"],
        band=said["band"],
        attention=said["attention"],
        base_amount=said["base_amount"],
        stage_since=date.fromisoformat(said["stage_since"]) if said["stage_since"] else None,
        code=said["code"],
        sentence=said["sentence"][:300],
    )


def as_it_was(deal_id: int, day: date, settings: Settings | None = None) -> Assessed | None:
    """The deal judged anew as of a past day by what had happened by then; None where it was not open or not there."""
    chosen = settings or current_settings()
    backdrop = backdrop_of(day, chosen)
    return next((assess(case, chosen) for case in load_deals(backdrop, [deal_id]) if is_judged(case, chosen)), None)


def as_shown(deal_id: int, day: date) -> Assessment | None:
    """The snapshot that was shown at the end of a day; None before the first."""
    found = Assessment.objects.filter(deal=deal_id, as_of__lte=day).select_related("decision")
    return found.order_by("-as_of", "-pk").first()


def present(case: Case, anchor: int | None = None) -> Presentation:
    """Nothing is asked of a person; the case page names the deal."""
    return Presentation(question=f"How healthy is {case.values['name']}?", pairs=(), on_same="", on_new="")
