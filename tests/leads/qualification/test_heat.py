"""Heat: what each event is worth, how it fades, caps, and when a band is left."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.qualification.heat import Event, heat, worth
from leads.qualification.profile import EVENTS, Profile

TODAY = date(2026, 5, 1)


def happened(kind, days_ago=0):
    return Event(kind=kind, day=TODAY - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("kind", "points", "days", "group"),
    [
        ("demo", 45, 90, "intent"),
        ("meeting", 35, 90, "people"),
        ("reply", 30, 60, "people"),
        ("introduction", 25, 120, "people"),
        ("pricing", 12, 30, "intent"),
        ("attended", 10, 60, "content"),
        ("signal", 8, 45, "intent"),
        ("download", 6, 60, "content"),
        ("click", 3, 21, "content"),
        ("careers", -10, 30, ""),
    ],
)
def test_each_event_is_worth_its_points_on_its_day_and_nothing_at_its_end(kind, points, days, group):
    assert worth(happened(kind), Profile(), TODAY) == points
    assert worth(happened(kind, days), Profile(), TODAY) == 0
    assert EVENTS[kind].group == group


def test_an_opened_mail_is_worth_nothing():
    assert heat([happened("open")], Profile(), TODAY).points == 0


def test_an_event_fades_evenly():
    assert worth(happened("demo", 45), Profile(), TODAY) == 22.5
    assert worth(happened("reply", 20), Profile(), TODAY) == 20.0


def test_an_event_that_lies_ahead_counts_nothing_yet():
    assert worth(happened("meeting", -1), Profile(), TODAY) == 0


def test_a_group_is_capped_and_the_cap_is_a_line():
    found = heat([happened("meeting"), happened("reply")], Profile(), TODAY)

    assert found.points == 60
    assert [(line.kind, line.points) for line in found.lines] == [
        ("meeting", 35.0), ("reply", 30.0), ("cap:people", -5.0)]  # fmt: skip


def test_all_groups_together_end_at_a_hundred():
    events = [happened("demo"), happened("demo"), happened("meeting"), happened("reply"), happened("attended")]

    assert heat(events, Profile(), TODAY).points == 100


def test_a_visit_to_the_careers_page_takes_points_but_not_below_zero():
    assert heat([happened("reply"), happened("careers")], Profile(), TODAY).points == 20
    assert heat([happened("careers")], Profile(), TODAY).points == 0


def test_the_day_a_band_is_left_if_nothing_happens_is_named():
    found = heat([happened("demo"), happened("reply")], Profile(), TODAY)

    assert (found.points, found.band) == (75, "hot")
    assert (found.drops_on, found.drops_to) == (date(2026, 5, 17), "warm")


def test_a_cold_lead_drops_nowhere():
    assert heat([happened("click")], Profile(), TODAY).drops_on is None


@given(st.lists(st.tuples(st.sampled_from(sorted(EVENTS)), st.integers(-5, 150)), max_size=12))
def test_the_lines_always_sum_to_the_heat(events):
    found = heat([happened(kind, age) for kind, age in events], Profile(), TODAY)

    assert round(sum(line.points for line in found.lines), 1) == found.points
    assert 0 <= found.points <= 100


@given(st.lists(st.tuples(st.sampled_from(sorted(EVENTS)), st.integers(0, 90)), max_size=8))
def test_the_named_day_is_the_first_on_which_the_band_is_lower(events):
    told = [happened(kind, age) for kind, age in events]
    found = heat(told, Profile(), TODAY)

    if found.drops_on:
        before = heat(told, Profile(), found.drops_on - timedelta(days=1)).band
        assert heat(told, Profile(), found.drops_on).band == found.drops_to
        order = ("cold", "warm", "hot")
        assert order.index(found.drops_to) < order.index(found.band) <= order.index(before)
