"""What people said about AI's results and what those cost, as a plan's stop line and its measures read it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from governance.models import Organisation
from governance.plan_spending import plan_spending
from pipeline.models import Answer, Decision, Run

_LAST_JUDGED = 50
_MOST_JUDGED = 1000
# A month with fewer accepted results has no cost per result worth stopping for.
_ENOUGH_ACCEPTED = 30
# A model had an opinion, and a person was asked all the same.
_SEEN_ANYWAY = ("below_threshold", "first_20", "plan:20", "plan:21")


def judged(tasks: Sequence[str]) -> list[bool]:
    """The answers people gave to what a model proposed, newest first: whether each was a correction."""
    by_model = Q(proposal__is_model=True) | Q(proposal__layer="person", proposal__reason__in=_SEEN_ANYWAY)
    answers = Answer.objects.filter(by_model, pipeline__in=tasks, withdrawn_at=None).exclude(label="unsure")
    return list(answers.order_by("-pk").values_list("is_correction", flat=True)[:_MOST_JUDGED])


def accepted(tasks: Sequence[str], since: datetime) -> QuerySet[Decision]:
    """What models decided without a person in runs since a moment."""
    runs = Run.objects.filter(pipeline__in=tasks, created_at__gte=since, is_dry_run=False)
    return Decision.objects.filter(run__in=runs.values("pk"), is_model=True)


def stop_facts(tasks: Sequence[str], now: datetime) -> dict[str, Any]:
    """What line 26 looks at beside the calls themselves: the last answers, and this month's cost per result."""
    last = judged(tasks)[:_LAST_JUDGED]
    organisation = Organisation.current()
    month = organisation.month(now)
    number = accepted(tasks, datetime(month.year, month.month, 1, tzinfo=organisation.zone)).count()
    is_known = number >= _ENOUGH_ACCEPTED
    cost = plan_spending(tasks, organisation.day(now)).month if is_known else 0
    return {
        "judged": len(last),
        "rejected": sum(last),
        "accepted_microusd": cost // number if is_known else None,
    }
