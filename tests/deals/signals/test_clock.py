"""The day that deals are judged as of."""

from datetime import UTC, date, datetime

import pytest

from deals.models import Activity
from deals.signals.clock import judging_day
from pipeline.models import Source
from tests.deals.factories import make_deal, make_record

pytestmark = pytest.mark.django_db

# The factories import on 1 March 2026.


def on(day):
    return judging_day(datetime(2026, day.month, day.day, 9, tzinfo=UTC))


def held(day):
    Activity.objects.create(
        kind="call", happened_at=datetime(2026, *day, 9, tzinfo=UTC), recorded_at=datetime(2026, 3, 1, tzinfo=UTC),
        record=make_record("activity", "a1"),
    )  # fmt: skip


def test_it_is_today_where_nothing_is_known():
    assert on(date(2026, 3, 10)) == date(2026, 3, 10)


def test_it_is_today_for_two_weeks_after_an_import():
    make_deal(created_on=date(2026, 2, 1))

    assert [on(day) for day in (date(2026, 3, 15), date(2026, 3, 16))] == [date(2026, 3, 15), date(2026, 3, 1)]


def test_what_happened_last_counts_where_it_is_newer_than_the_import():
    make_deal(created_on=date(2026, 2, 1))
    held((3, 4))

    assert on(date(2026, 6, 1)) == date(2026, 3, 4)


def test_an_old_file_is_judged_as_of_its_last_day():
    make_deal(created_on=date(2017, 11, 1))
    make_deal("Closed", "2", is_closed=True, close_date=date(2017, 12, 31), created_on=date(2017, 10, 1))

    assert on(date(2026, 3, 2)) == date(2017, 12, 31)


def test_the_invented_company_is_judged_as_of_its_last_day():
    make_deal(created_on=date(2026, 2, 27))
    Source.objects.update(is_sample=True)

    assert on(date(2026, 3, 2)) == date(2026, 2, 27)
