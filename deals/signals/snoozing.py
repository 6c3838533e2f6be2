"""Findings put aside by a person: for a while and with a reason, or as done; and taken back."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from deals.models import Snooze
from deals.models.assessments import LONGEST_SNOOZE
from deals.signals.registry import BY_CODE

# What was done shows within a week, or the sentence comes back.
DONE_FOR = timedelta(days=7)
MOST_IN_A_ROW = 2


class CannotSnooze(Exception):
    """Says in one sentence why not."""


def snooze(deal_id: int, code: str, *, until: date, reason: str, by: User, today: date, now: datetime) -> Snooze:
    """Judge this signal of the deal no more until a day. Raises CannotSnooze."""
    if code not in BY_CODE:
        raise CannotSnooze(f"There is no signal “{code[:10]}”.")
    if not reason.strip():
        raise CannotSnooze("Say why it may wait; a few words are enough.")
    if not today < until <= today + LONGEST_SNOOZE:
        raise CannotSnooze(f"Choose a day from tomorrow to {today + LONGEST_SNOOZE:%-d %B}: 30 days are the longest.")
    if in_a_row(deal_id, code, today) >= MOST_IN_A_ROW:
        raise CannotSnooze("It was snoozed twice in a row; deal with it, or let it show for a day.")
    return _put(deal_id, code, Snooze.Kind.SNOOZED, reason.strip()[:200], today, until, by, now)


def done(deal_id: int, code: str, *, by: User, today: date, now: datetime) -> Snooze:
    """Take the finding off the list for a week; it is still judged, and returns where nothing came of it."""
    return _put(deal_id, code, Snooze.Kind.DONE, "", today, today + DONE_FOR, by, now)


def take_back(pk: int, now: datetime) -> Snooze | None:
    """End it at once; None where it had ended."""
    if not Snooze.objects.filter(pk=pk, ended_at=None).update(ended_at=now):
        return None
    return Snooze.objects.get(pk=pk)


def in_a_row(deal_id: int, code: str, today: date) -> int:
    """How many snoozes of the finding follow one another without a day between, up to today."""
    long_ago = today - MOST_IN_A_ROW * LONGEST_SNOOZE
    ran = Snooze.objects.filter(deal=deal_id, code=code, kind=Snooze.Kind.SNOOZED, until__gte=long_ago)
    count, begin = 0, today
    for since, until in ran.filter(ended_at=None).order_by("-until").values_list("since", "until"):
        if until < begin:
            break
        count, begin = count + 1, since
    return count


def _put(deal_id: int, code: str, kind: str, reason: str, today: date, until: date, by: User, now: datetime) -> Snooze:
    with transaction.atomic():
        running = Snooze.objects.filter(deal=deal_id, code=code, kind=kind, ended_at=None, until__gt=today)
        # One of an earlier day has had its time; one of today is replaced.
        running.filter(since__lt=today).update(until=today)
        running.filter(since=today).update(ended_at=now)
        return Snooze.objects.create(
            deal_id=deal_id, code=code, kind=kind, reason=reason, since=today, until=until, by=by, created_at=now
        )
