"""Strength of a tie: worked examples, bounds, and what never counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deals.relationships.strength import (
    Band,
    Contacted,
    Interaction,
    Side,
    add_up,
    band,
    measure,
    of_company,
    strength,
)

TODAY = date(2026, 5, 14)


def happened(kind, ages, side, people=2):
    return [Interaction(on=TODAY - timedelta(days=age), kind=kind, side=side, people=people) for age in ages]


def active(shift=0, people_in_meetings=3):
    mails_in = happened("email", range(shift, shift + 7 * 52, 7), Side.THEM)
    mails_out = happened("email", range(shift + 2, shift + 2 + 7 * 52, 7), Side.US)
    meetings = happened("meeting", range(shift, shift + 30 * 12, 30), Side.BOTH, people_in_meetings)
    return mails_in + mails_out + meetings


ONE_GOOD_MONTH = [
    *happened("email", (20, 26), Side.THEM),
    *happened("email", (22, 30), Side.US),
    *happened("meeting", (25,), Side.BOTH, people=4),
]
COLD = happened("email", range(0, 60, 5), Side.US)
A_QUARTER = [
    *happened("meeting", (40, 75), Side.BOTH),
    *happened("email", (38, 74), Side.THEM),
    *happened("email", (37, 73), Side.US),
]


def test_a_newsletter_to_thirty_people_counts_nothing():
    found = add_up(happened("email", range(0, 400, 10), Side.THEM, people=30), TODAY)

    assert (found.volume, found.inbound, found.outbound) == (0, 0, 0)
    assert strength(found) == 0


def test_what_is_planned_counts_nothing():
    assert measure(happened("meeting", (-3,), Side.BOTH), TODAY) is None


def test_notes_and_tasks_are_no_contact():
    assert measure(happened("note", (3,), Side.BOTH) + happened("task", (4,), Side.US), TODAY) is None


@pytest.mark.parametrize(
    ("interactions", "volume", "inbound", "outbound"),
    [
        (active(), 52.5509, 64, 64),
        (ONE_GOOD_MONTH, 4.8515, 3, 3),
        (COLD, 10.0356, 0, 12),
        (active(shift=900, people_in_meetings=2), 2.8177, 64, 64),
        (A_QUARTER, 6.8914, 4, 4),
    ],
    ids=["active", "one good month", "cold", "once strong", "a quarter"],
)
def test_volume_decays_and_sides_are_counted(interactions, volume, inbound, outbound):
    found = add_up(interactions, TODAY)

    assert found.volume == pytest.approx(volume, abs=1e-4)
    assert (found.inbound, found.outbound) == (inbound, outbound)


@pytest.mark.parametrize(
    ("volume", "inbound", "outbound", "months", "years", "expected"),
    [
        (52.5509, 64, 64, 12, 3, 99.9),
        (4.8515, 3, 3, 1, 0.1, 32.7),
        (10.0356, 0, 12, 2, 0.2, 10.0),
        (2.8177, 64, 64, 0, 3, 23.7),
        (0, 0, 0, 12, 1, 0.0),
        (6.8914, 4, 4, 3, 0.5, 44.3),
    ],
    ids=["active", "one good month", "cold", "once strong", "newsletter", "a quarter"],
)
def test_strength_of_the_worked_examples(volume, inbound, outbound, months, years, expected):
    contacted = Contacted(volume=volume, inbound=inbound, outbound=outbound, months=months, years=years)

    assert round(strength(contacted), 1) == expected


def test_a_strong_tie_that_fell_silent_is_dormant_and_remembers_its_best():
    tie = measure(active(shift=900, people_in_meetings=2), TODAY)

    assert tie.is_dormant
    assert tie.strength < 40 < 90 < tie.best


def test_a_weak_tie_that_fell_silent_is_not_dormant():
    tie = measure(happened("email", (400,), Side.THEM) + happened("email", (401,), Side.US), TODAY)

    assert not tie.is_dormant


@pytest.mark.parametrize(
    ("found", "expected"),
    [(70, Band.STRONG), (69.9, Band.FAMILIAR), (40, Band.FAMILIAR), (39.9, Band.WEAK), (15, Band.WEAK),
     (14.9, Band.UNKNOWN)],
)  # fmt: skip
def test_bands(found, expected):
    assert band(found) == expected


def test_a_company_is_known_through_its_five_best():
    assert round(of_company([45, 33, 10]), 1) == 66.8
    assert of_company([10] * 5) == of_company([10] * 50)
    assert of_company([]) == 0


INTERACTIONS = st.lists(
    st.builds(
        Interaction,
        on=st.dates(date(2022, 1, 1), TODAY),
        kind=st.sampled_from(["meeting", "call", "email", "message", "note"]),
        side=st.sampled_from(Side),
        people=st.integers(2, 40),
    ),
    max_size=10,
)


@settings(max_examples=50)
@given(INTERACTIONS)
def test_strength_stays_within_bounds_and_one_side_alone_below_ten(interactions):
    contacted = add_up(interactions, TODAY)

    assert 0 <= strength(contacted) <= 100
    if not contacted.inbound or not contacted.outbound:
        assert strength(contacted) <= 10
