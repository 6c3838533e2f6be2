"""What workers do about leads by the clock."""

from django.utils import timezone

from leads import heat_days
from leads.learning import learn


def cool_leads() -> int:
    """Bring the heat of leads up to date. Returns how many faded."""
    return heat_days.refresh(timezone.now())


def learn_from_outcomes() -> int:
    """Learn from what was won and lost, where there is something new. Returns of how many outcomes is known."""
    made = [learn.learn(subject, timezone.now()) for subject in learn.SUBJECTS]
    return sum(one.outcomes for one in made if one)
