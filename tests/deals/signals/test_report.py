"""Whether signals tell lost deals from won ones, said with ranges."""

from datetime import date, timedelta
from random import Random

import pytest

from deals.signals.finding import State
from deals.signals.report import Rate, Report, compare, wilson
from deals.signals.reporting import build_report
from deals.signals.settings import Settings
from tests.deals.factories import make_deal, make_file

FIRED, CLEAR, UNKNOWN = State.FIRED, State.CLEAR, State.UNKNOWN


def closed(lost, won, state, code="S01"):
    return [(True, {code: state})] * lost + [(False, {code: state})] * won


def line(report, code="S01"):
    return next(one for one in report.lines if one.code == code)


@pytest.mark.parametrize(("hits", "number", "low", "high"), [(7, 10, 40, 89), (28, 40, 55, 82), (0, 0, 0, 100)])
def test_ten_deals_prove_nothing(hits, number, low, high):
    assert [round(100 * bound) for bound in wilson(hits, number)] == [low, high]


def test_ranges_that_overlap_tell_nothing_and_are_offered_to_be_switched_off():
    report = compare(closed(16, 14, FIRED) + closed(15, 15, CLEAR))

    assert line(report).tells == "no difference"
    assert line(report).may_be_switched_off
    assert report.sentence == (
        "No reliable pattern: over 60 closed deals, none of 1 comparable signals goes with more lost deals."
    )


def test_few_deals_are_too_few_whatever_they_say():
    report = compare(closed(7, 3, FIRED) + closed(15, 15, CLEAR))

    assert (line(report).tells, line(report).may_be_switched_off) == ("too few", False)


def test_ranges_apart_tell_which_way():
    assert line(compare(closed(28, 2, FIRED) + closed(5, 25, CLEAR))).tells == "more lost"
    assert line(compare(closed(2, 28, FIRED) + closed(25, 5, CLEAR))).tells == "fewer lost"


def test_a_signal_whose_deals_were_lost_less_often_keeps_no_word():
    report = compare(closed(2, 28, FIRED) + closed(25, 5, CLEAR))

    assert report.sentence.startswith("No reliable pattern")
    assert line(report).may_be_switched_off


def test_deals_a_signal_knows_nothing_of_do_not_count():
    report = compare(closed(5, 5, UNKNOWN) + closed(1, 2, CLEAR))

    assert (line(report).fired, line(report).clear) == (Rate(lost=0, number=0), Rate(lost=1, number=3))


def test_without_closed_deals_there_is_nothing_to_compare():
    assert compare([]).sentence == "No deal was closed yet, so nothing can be compared."


def test_a_report_survives_the_way_to_json_and_back():
    report = compare(closed(28, 2, FIRED) + closed(5, 25, CLEAR))

    assert Report.from_json(report.to_json()) == report


def make_closed(i, is_won, shut, age):
    """A deal imported after it was closed, as a file of closed deals has it."""
    return make_deal(
        f"Deal {i}", f"d{i}", make_file(f"{i}.csv"), stage="Won" if is_won else "Lost", is_closed=True, is_won=is_won,
        close_date=shut, created_on=shut - timedelta(days=age), amount=500 * is_won,
    )  # fmt: skip


@pytest.mark.django_db
def test_deals_that_ended_at_random_show_no_reliable_pattern():
    chance = Random(3)
    for i in range(80):
        shut = date(2025, 12, 31) - timedelta(days=chance.randint(0, 200))
        make_closed(i, chance.random() < 0.6, shut, age=chance.randint(31, 250))

    report = build_report(date(2025, 12, 31), Settings())

    assert report.deals == 80
    assert [one.code for one in report.lines if one.fired.number and one.clear.number] == ["S05"]
    assert report.sentence.startswith("No reliable pattern: over 80 closed deals")


@pytest.mark.django_db
def test_a_signal_that_parts_lost_from_won_is_found():
    for i in range(40):
        is_won, shut = i % 2 == 0, date(2025, 12, 20)
        make_closed(i, is_won, shut, age=40 if is_won else 300)

    report = build_report(date(2025, 12, 31), Settings())

    assert line(report, "S05").tells == "more lost"
    assert report.sentence == ("1 of 1 comparable signals go with more lost deals, over 40 closed deals.")
