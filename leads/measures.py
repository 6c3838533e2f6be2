"""How a plan about leads knows that it works."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from leads.models import Lead, LeadEvent

_LOOKED_BACK = timedelta(days=90)
# Of fewer leads a share says nothing.
_ENOUGH = 30
_ANSWERS = (LeadEvent.Kind.REPLY, LeadEvent.Kind.DEMO, LeadEvent.Kind.MEETING)
# With somebody who would have written to them.
_WORKED = (Lead.Status.OWNER, *Lead.SETTLED)


def reply_rate(now: datetime) -> float | None:
    """Percent of the leads that got an owner in the last 90 days and have answered since; None for fewer than 30."""
    worked = Lead.objects.filter(is_current=True, status__in=_WORKED, qualified_at__gte=now - _LOOKED_BACK)
    answer = LeadEvent.objects.filter(lead=OuterRef("pk"), kind__in=_ANSWERS, happened_at__gte=OuterRef("qualified_at"))
    number = worked.count()
    return 100 * worked.filter(Exists(answer)).count() / number if number >= _ENOUGH else None
