"""Findings put aside, and for how long."""

from datetime import UTC, date, datetime, timedelta

import pytest

from deals.models import Snooze
from deals.signals import snoozing
from deals.signals.snoozing import CannotSnooze
from tests.deals.factories import make_deal

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta(django_user_model):
    return django_user_model.objects.create_user("marta", is_staff=True)


def snooze(deal, marta, days=30, today=TODAY, reason="They are on holiday"):
    return snoozing.snooze(
        deal.pk, "S01", until=today + timedelta(days=days), reason=reason, by=marta, today=today, now=NOW
    )


def test_a_finding_may_wait_thirty_days_with_a_reason(marta):
    made = snooze(make_deal(), marta)

    assert (made.kind, made.until) == ("snoozed", date(2026, 4, 9))


@pytest.mark.parametrize("days", [0, 31])
def test_a_day_out_of_reach_is_refused_with_the_days_that_are_possible(marta, days):
    with pytest.raises(CannotSnooze, match="from tomorrow to 9 April: 30 days are the longest"):
        snooze(make_deal(), marta, days)


def test_a_snooze_without_a_reason_is_refused(marta):
    with pytest.raises(CannotSnooze, match="Say why it may wait"):
        snooze(make_deal(), marta, reason="  ")


def test_a_third_snooze_in_a_row_is_refused(marta):
    deal, second = make_deal(), TODAY + timedelta(days=30)
    snooze(deal, marta)
    snooze(deal, marta, today=second)

    with pytest.raises(CannotSnooze, match="twice in a row"):
        snooze(deal, marta, today=second + timedelta(days=30))


def test_a_day_between_starts_anew(marta):
    deal = make_deal()
    for gap in (0, 31, 62, 93):
        snooze(deal, marta, today=TODAY + timedelta(days=gap))

    assert Snooze.objects.count() == 4


def test_prolonging_a_running_snooze_counts_as_the_next_one(marta):
    deal = make_deal()
    snooze(deal, marta)
    snooze(deal, marta, today=TODAY + timedelta(days=20))

    with pytest.raises(CannotSnooze, match="twice in a row"):
        snooze(deal, marta, today=TODAY + timedelta(days=40))


def test_what_is_done_is_off_the_list_for_a_week_and_can_be_taken_back(marta):
    made = snoozing.done(make_deal().pk, "S01", by=marta, today=TODAY, now=NOW)

    assert (made.kind, made.until) == ("done", date(2026, 3, 17))
    assert snoozing.take_back(made.pk, NOW).ended_at == NOW
    assert snoozing.take_back(made.pk, NOW) is None
