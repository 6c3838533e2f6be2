"""Single deals judged anew at once: after an edit, a snooze, an answer."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from deals.signals.assessing import load_cases
from deals.signals.clock import judging_day
from deals.signals.layer import NAME, Signals, prepare
from deals.signals.pipeline import assess_deals
from pipeline.cases import case_hash
from pipeline.models import Run, Subject
from pipeline.pipeline import Memory
from pipeline.runner import decide


def judged_day(now: datetime) -> date:
    """The day that what is shown was judged as of: the last run's, or the one a run would take now."""
    last = Run.objects.filter(pipeline=assess_deals.name, state=Run.State.FINISHED, is_dry_run=False)
    chosen = last.order_by("-pk").values_list("as_of", flat=True).first()
    return chosen or judging_day(now)


def reassess(deal_ids: Collection[int], now: datetime) -> int:
    """Judge these deals and keep what changed; how many did. A run that decides at this moment goes first."""
    prepared = prepare(load_cases(deal_ids, judged_day(now)), Memory())
    layer = Signals()
    outcomes = []
    for case, verdict in zip(prepared.cases, layer.judge(prepared), strict=True):
        subject, _ = Subject.objects.get_or_create(pipeline=assess_deals.name, object_id=case.object_id)
        seen = case_hash(case)
        if verdict is not None and subject.case_hash != seen:
            outcomes.append(
                decide.Outcome(
                    subject=subject,
                    label=verdict.label,
                    layer=NAME,
                    reason=verdict.reason,
                    score=verdict.score,
                    case_hash=seen,
                    evidence=verdict.evidence,
                )
            )
    try:
        with transaction.atomic():
            return len(decide.record(outcomes, pipeline=assess_deals, now=now)) if outcomes else 0
    except IntegrityError:
        return 0
