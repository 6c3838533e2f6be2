"""Mails about plans: what a night newly found, to the owner; and once a month three numbers and one decision."""

import logging
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail

from governance.models import Plan, PlanFinding, PlanState, PlanVersion
from governance.models.findings import Moment

logger = logging.getLogger(__name__)
# What is the deputy's to know too.
_FOR_DEPUTY = frozenset({2, 4, 24})
# Told anew at each step: 30, 7 and 0 days before a review; 80 and 100 % of the money, and the forecast.
_BY_STEPS = frozenset({4, 17})


def tell(version: PlanVersion, now: datetime) -> bool:
    """Mail what was found about a version and nobody was told of yet; each thing once until it holds again.

    False where there is nothing new, no mail server, or nobody to tell. What could not be sent is tried next night.
    """
    new = _untold(version)
    if not new or not settings.EMAIL_HOST:
        return False
    to = _addresses(version, {finding.line for finding in new})
    claimed = PlanFinding.objects.filter(pk__in=[finding.pk for finding in new], told_at=None)
    # Of two workers that find the same, one tells.
    if not to or claimed.update(told_at=now) != len(new):
        return False
    lines = "\n".join(f"- {finding.sentence} ({finding.action})" for finding in new)
    follows = " It is suspended now: only the rules decide." if version.state == PlanState.SUSPENDED else ""
    text = f"Last night's check of the plan “{version.plan}” found:\n\n{lines}\n\nWinnow shows it under Plan.{follows}"
    return _send(f"Winnow: the plan “{version.plan}” needs a look", text, to, new)


def _untold(version: PlanVersion) -> list[PlanFinding]:
    """Open findings of the night unless the same was told since the line last held."""
    new: dict[tuple[int, str], PlanFinding] = {}
    for finding in version.findings.filter(moment=Moment.NIGHTLY).order_by("pk"):
        if finding.is_passed:
            new = {key: one for key, one in new.items() if key[0] != finding.line}
        else:
            new.setdefault((finding.line, finding.observed if finding.line in _BY_STEPS else ""), finding)
    return [finding for finding in new.values() if finding.told_at is None]


def tell_month(version: PlanVersion, month: date, numbers: Sequence[str], decision: str) -> bool:
    """Mail the owner what the month before `month` came to, once; `numbers` and the `decision` are sentences."""
    if not settings.EMAIL_HOST or not (to := _addresses(version, frozenset())):
        return False
    due = Plan.objects.filter(pk=version.plan_id).exclude(told_month__gte=month)
    if not due.update(told_month=month):
        return False
    lines = "\n".join(f"- {number}" for number in numbers)
    text = f"The plan “{version.plan}” last month:\n\n{lines}\n\nTo decide: {decision}\n\nWinnow shows more under Plan."
    return _send(f"Winnow: the month of “{version.plan}”", text, to, ())


def _send(subject: str, text: str, to: Sequence[str], told: Sequence[PlanFinding]) -> bool:
    try:
        send_mail(subject, text, None, list(to))
    except OSError as err:  # smtplib's errors are OSErrors; the next night tries again
        logger.warning("A mail about a plan could not be sent: %s", err)
        PlanFinding.objects.filter(pk__in=[finding.pk for finding in told]).update(told_at=None)
        return False
    return True


def _addresses(version: PlanVersion, lines: frozenset[int] | set[int]) -> list[str]:
    people = [version.fields.get("owner")]
    if lines & _FOR_DEPUTY:
        people.append(version.fields.get("deputy"))
    users = User.objects.filter(pk__in=[pk for pk in people if isinstance(pk, int)], is_active=True).exclude(email="")
    return sorted(set(users.values_list("email", flat=True)))
