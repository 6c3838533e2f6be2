"""What workers do about leads by the clock."""

from django.utils import timezone

from leads import heat_days


def cool_leads() -> int:
    """Bring the heat of leads up to date. Returns how many faded."""
    return heat_days.refresh(timezone.now())
