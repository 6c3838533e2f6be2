"""A first set of people who take leads, for an installation that has named nobody yet."""

from django.db.models import Count

from deals.models import Colleague
from leads.models import LeadSeat

MOST = 5


def seat_owners() -> int:
    """Let the colleagues who own most take leads in turn. Returns how many do now; nothing changes where some do."""
    if not LeadSeat.objects.exists():
        busy = Colleague.objects.filter(is_active=True).annotate(n=Count("deals")).filter(n__gt=0).order_by("-n", "id")
        LeadSeat.objects.bulk_create([LeadSeat(colleague=one) for one in busy[:MOST]], ignore_conflicts=True)
    return LeadSeat.objects.count()
