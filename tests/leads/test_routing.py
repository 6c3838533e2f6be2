"""Who gets a lead and how soon."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from leads.qualification.profile import Profile
from leads.qualification.standing import is_held_out
from leads.routing import REJECTIONS, Claims, Seat, choose, due, fitting_cut, handling

EMPTY, BUSY, FULL = (
    Seat(colleague=1, held=0, capacity=20), Seat(colleague=2, held=5, capacity=10),
    Seat(colleague=3, held=10, capacity=10),
)  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "band", "queue", "hours"),
    [
        ("A", "hot", "owner", 4),
        ("B", "hot", "owner", 4),
        ("A", "warm", "path", 24),
        ("A", "cold", "path", 24),
        ("B", "warm", "owner", 24),
        ("B", "cold", "nurture", None),
        ("C", "hot", "review", 24),
        ("C", "warm", "nurture", None),
        ("C", "cold", "nurture", None),
        ("D", "hot", "none", None),
        ("D", "cold", "none", None),
    ],
)
def test_grade_and_heat_together_say_what_happens(grade, band, queue, hours):
    found = handling(grade, band, Profile())

    assert (found.queue, found.hours) == (queue, hours)


def test_a_held_out_c_lead_is_worked_and_other_grades_are_not_touched():
    assert handling("C", "cold", Profile(), is_holdout=True).queue == "owner"
    assert handling("D", "cold", Profile(), is_holdout=True).queue == "none"


@pytest.mark.parametrize(
    ("claims", "owner"),
    [
        ({"named": 7, "open_deal": 8, "strongest": (9, 90.0), "territory": 6}, 7),
        ({"open_deal": 8, "strongest": (9, 90.0), "territory": 6}, 8),
        ({"strongest": (9, 40.0), "territory": 6}, 9),
        ({"strongest": (9, 39.9), "territory": 6}, 6),
        ({}, 1),
    ],
)
def test_the_strongest_claim_gets_the_lead(claims, owner):
    assert choose(Claims(**claims), [BUSY, EMPTY, FULL], Profile()).colleague == owner


def test_nobody_gets_a_lead_they_have_no_room_for():
    assert choose(Claims(), [FULL], Profile()).because == "nobody has room"
    assert choose(Claims(), [], Profile()).because == "nobody takes leads yet"


def test_working_hours_end_on_friday_and_go_on_on_monday():
    friday_afternoon = datetime(2026, 5, 1, 15, 0, tzinfo=UTC)

    assert due(friday_afternoon, 4, UTC) == datetime(2026, 5, 4, 11, 0, tzinfo=UTC)
    assert due(friday_afternoon, 24, UTC) == datetime(2026, 5, 6, 15, 0, tzinfo=UTC)


def test_working_hours_are_those_of_the_organisation():
    night = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)

    assert due(night, 4, ZoneInfo("America/New_York")) == datetime(2026, 5, 4, 17, 0, tzinfo=UTC)


def test_the_hot_queue_fits_the_capacity():
    heats = [90, 85, 80, 75, 70, 65]

    assert fitting_cut(heats, 10, 60) == 60
    assert fitting_cut(heats, 3, 60) == 76
    assert sum(one >= fitting_cut(heats, 3, 60) for one in heats) == 3


def test_there_are_eight_reasons_to_hand_a_lead_back():
    assert len(REJECTIONS) == 8


def test_the_hold_out_is_drawn_by_the_key_and_the_same_for_the_same_lead(settings):
    profile = Profile(holdout_percent=5)
    settings.SECRET_KEY = "one"
    first = {pk for pk in range(4000) if is_held_out(pk, profile)}
    again = {pk for pk in range(4000) if is_held_out(pk, profile)}
    settings.SECRET_KEY = "another"
    other = {pk for pk in range(4000) if is_held_out(pk, profile)}

    assert first == again != other
    assert 150 < len(first) < 250
    assert not any(is_held_out(pk, Profile(holdout_percent=0)) for pk in range(100))
