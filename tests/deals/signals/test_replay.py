"""Changes of a field told by several files: each counts once, on the day it came about."""

from datetime import UTC, datetime

from deals.signals.replay import Recorded, part, values_at


def changes(*told, field="stage"):
    """(day of March, old, new) in the order in which they were learnt."""
    return [
        Recorded(pk=pk, field=field, old=old, new=new, happened_at=datetime(2026, 3, day, tzinfo=UTC))
        for pk, (day, old, new) in enumerate(told, 1)
    ]


def moves(told):
    return [(change.happened_at.day, change.old, change.new) for change in told]


def at_day(day, told, now, field="stage"):
    before, later = part(told, datetime(2026, 3, day, tzinfo=UTC))
    return values_at({field: now}, before, later)[0][field]


def test_a_list_that_shows_what_a_history_told_earlier_adds_no_move():
    told = changes((5, "Discovery", "Proposal"), (20, "Discovery", "Proposal"))

    assert [moves(side) for side in part(told, datetime(2026, 3, 10, tzinfo=UTC))] == [
        [(5, "Discovery", "Proposal")], [],
    ]  # fmt: skip
    assert at_day(10, told, "Proposal") == "Proposal"


def test_a_history_that_is_learnt_after_the_list_moves_the_day_to_its_own():
    told = changes((20, "Discovery", "Proposal"), (5, "Discovery", "Qualification"), (9, "Qualification", "Proposal"))

    assert [at_day(day, told, "Proposal") for day in (4, 6, 10)] == ["Discovery", "Qualification", "Proposal"]


def test_a_value_that_came_back_from_one_nobody_told_of_is_a_move():
    told = changes((5, "10", "20"), (20, "30", "20"), field="amount")

    assert len(part(told, datetime(2026, 4, 1, tzinfo=UTC))[0]) == 2
    assert at_day(10, told, "20", "amount") == "30"


def test_back_and_forth_is_two_moves():
    told = changes((5, "Discovery", "Proposal"), (9, "Proposal", "Discovery"), (12, "Discovery", "Proposal"))

    assert moves(part(told, datetime(2026, 4, 1, tzinfo=UTC))[0]) == moves(told)
