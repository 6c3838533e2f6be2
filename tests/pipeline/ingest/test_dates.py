from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.dates import DateReader, date_reader
from pipeline.ingest.faults import BadCell


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-12", "2024-03-12"),
        ("2023-05-11 21:24:33", "2023-05-11"),
        ("2024-03-12T09:14:22.123Z", "2024-03-12"),
        ("16 Sep 2021", "2021-09-16"),
        ("30-oct-09", "2009-10-30"),
        ("15 Apr, 2021 00:03:00", "2021-04-15"),
        ("Sep 16, 2021", "2021-09-16"),
        ("Thu, 16 Sep 2021", "2021-09-16"),
        ("12 mars 2024", "2024-03-12"),
        ("3 de marzo de 2021", "2021-03-03"),
        ("16. März 2021", "2021-03-16"),
        ("16 set 2021", "2021-09-16"),
        ("16 сентября 2021", "2021-09-16"),
        ("12.09.2021", "2021-09-12"),
        ("09-06-2026 16:14", "2026-06-09"),
        ("2021年9月16日", "2021-09-16"),
        ("45631", "2024-12-05"),
        ("1710234862123", "2024-03-12"),
    ],
)
def test_a_day_is_read_however_it_is_written(text, day):
    assert DateReader(order="dmy").day(text) == day


@pytest.mark.parametrize("text", ["31/02/2024", "soon", "2024-13-01", "99/99/9999", "12", "--03-14", "0001-01-01", "٣"])
def test_what_is_no_date_is_said_so(text):
    with pytest.raises(BadCell, match=rf"^“{text}” is not a date\.$"):
        DateReader(order="dmy").day(text)


def test_an_all_zero_date_is_empty():
    assert DateReader(order="dmy").day("0000-00-00 00:00:00") is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-12T09:14:22.123Z", "2024-03-12T09:14:22.123000+00:00"),
        ("2021-03-01T10:00:00+03:00", "2021-03-01T07:00:00+00:00"),
        ("2024-05-01 10:22:33 UTC", "2024-05-01T10:22:33+00:00"),
        ("2024-07-01 09:14", "2024-07-01T07:14:00+00:00"),
        ("1/7/24, 2:05 PM", "2024-07-01T12:05:00+00:00"),
        ("2024-07-01", "2024-06-30T22:00:00+00:00"),
    ],
)
def test_a_moment_without_a_zone_happened_where_the_source_is(text, moment):
    assert DateReader(order="dmy", zone=ZoneInfo("Europe/Berlin")).instant(text) == moment


def test_a_first_part_above_twelve_settles_the_column():
    reader = date_reader(["03/04/2024", "25/04/2024"], default="mdy")

    assert (reader.order, reader.is_decided, reader.problem) == ("dmy", True, "")


def test_a_second_part_above_twelve_settles_it_the_other_way():
    assert date_reader(["03/04/2024", "3/25/2024"], default="dmy").day("03/04/2024") == "2024-03-04"


def test_an_open_column_is_read_by_default_and_says_so():
    reader = date_reader(["03/04/2024", "05/06/2024"], default="mdy")

    assert reader.day("03/04/2024") == "2024-03-04"
    assert reader.problem == "Dates like 03/04/2024 have two readings here and were read as month before day."


def test_a_column_that_reads_the_same_both_ways_is_no_problem():
    assert date_reader(["05/05/2024", "2024-01-02"], default="dmy").problem == ""


def test_both_orders_in_one_column_are_a_problem():
    reader = date_reader(["25/04/2024", "04/25/2024"], default="dmy")

    assert reader.problem == "Day and month stand in both orders in this column."
    with pytest.raises(BadCell):
        reader.day("04/25/2024")


def test_dots_mean_day_first():
    assert date_reader(["03.04.2024"], default="mdy").order == "dmy"


@settings(deadline=None)  # the first call loads tables
@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2068, 12, 31)))
def test_every_way_of_writing_a_day_gives_that_day(day):
    reader = DateReader(order="dmy")
    texts = [
        day.isoformat(),
        day.strftime("%d/%m/%Y"),
        day.strftime("%d.%m.%y"),
        day.strftime("%d %b %Y"),
        day.strftime("%B %d, %Y"),
    ]

    assert {reader.day(text) for text in texts} == {day.isoformat()}


@settings(deadline=None)  # the first call loads tables
@given(st.text(max_size=30))
def test_any_text_is_a_day_empty_or_refused(text):
    try:
        value = DateReader(order="mdy", zone=UTC).instant(text)
    except BadCell:
        return
    assert value is None or value.endswith("+00:00")
