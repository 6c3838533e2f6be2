"""How long the words of questions and answers are kept."""

from datetime import timedelta

from governance.models import PlanVersion

USUAL_DAYS = 90


def kept_for(version: PlanVersion) -> timedelta:
    """As long as the plan says that a question was asked under."""
    days = version.fields.get("retention_days")
    is_given = isinstance(days, int) and not isinstance(days, bool) and days > 0
    return timedelta(days=days if is_given else USUAL_DAYS)
