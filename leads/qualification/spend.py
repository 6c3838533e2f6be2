"""When a model or paid data may be asked about a lead: only where the answer could change a grade that matters."""

from leads.qualification.grade import grade_of
from leads.qualification.profile import Profile


def may_spend(
    low: int,
    high: int,
    profile: Profile,
    *,
    is_disqualified: bool = False,
    is_affordable: bool = True,
    is_known_miss: bool = False,
) -> bool:
    """Whether asking is worth it: `low` and `high` are the fit points earned and possible (0..100).

    `is_affordable` stands for the ceilings of row and run and the month's budget (the gateway keeps them as well),
    `is_known_miss` for a look-up of the same key that found nothing in the last 90 days: misses are billed too.
    """
    could_matter = grade_of(low, profile) != grade_of(high, profile) and grade_of(high, profile) in ("A", "B")
    return could_matter and not is_disqualified and is_affordable and not is_known_miss
