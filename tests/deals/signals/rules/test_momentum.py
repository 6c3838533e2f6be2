"""S04 to S09, S18, S20, S27, S30: whether the deal moves, and where to."""

from itertools import pairwise

import pytest

from deals.signals.case import Peers
from deals.signals.finding import Severity, State
from tests.deals.signals.cases import ago, ahead, change, deal, judged

AMBER, RED = Severity.AMBER, Severity.RED
CLEAR, UNKNOWN = State.CLEAR, State.UNKNOWN


def since(days, *names):
    return dict.fromkeys(names, ago(days))


# S04


@pytest.mark.parametrize(("days", "severity"), [(31, 0), (32, AMBER), (52, AMBER), (53, RED)])
def test_stuck_compares_with_the_stages_default(days, severity):
    entered = (change(days, "stage", "Discovery", "Proposal"),)

    assert judged("S04", deal(history=entered)).severity == severity


def test_stuck_compares_with_own_won_deals_where_there_are_some():
    entered = (change(20, "stage", "Discovery", "Proposal", pk=4),)

    found = judged("S04", deal(history=entered, peers=Peers(won=40, stage_days={"Proposal": 11.4})))

    assert (found.severity, found.sentence) == (AMBER, "In “Proposal” 20 days, normal is 11 days")
    assert found.evidence == ("change:4",)


def test_stuck_is_unknown_where_the_entry_came_before_the_history():
    assert judged("S04", deal(history=(), history_since=since(5, "stage"))).state == UNKNOWN


def test_stuck_says_at_least_where_the_history_alone_is_long_enough():
    found = judged("S04", deal(history=(), history_since=since(40, "stage")))

    assert found.sentence == "In “Proposal” at least 40 days, normal is 21 days"


def test_a_deal_that_never_left_its_first_stage_counts_from_its_creation():
    first = deal(stage="Contacted", history=(), created_on=ago(30), history_since=since(30, "stage"))

    assert judged("S04", first).value == 30


# S05


@pytest.mark.parametrize(("age", "severity"), [(129, 0), (130, AMBER), (172, AMBER), (173, RED)])
def test_age_compares_with_won_deals(age, severity):
    assert judged("S05", deal(created_on=ago(age))).severity == severity


def test_age_is_unknown_without_a_day_of_creation():
    assert judged("S05", deal(created_on=None)).state == UNKNOWN


# S06


@pytest.mark.parametrize(("late", "severity"), [(0, 0), (1, AMBER), (13, AMBER), (14, RED)])
def test_a_close_date_passes_by_days(late, severity):
    assert judged("S06", deal(close_date=ago(late))).severity == severity


def test_a_close_date_that_is_missing_is_unknown():
    assert judged("S06", deal(close_date=None)).state == UNKNOWN


def test_a_close_date_that_passed_points_at_the_change_that_set_it():
    found = judged("S06", deal(close_date=ago(9), history=(change(60, "close_date", "", ago(9), pk=6),)))

    assert (found.evidence, found.sentence) == (("change:6",), "Close date passed 9 days ago (22 March 2026)")


# S07


def pushed(*moves):
    """A change of the close date per (days ago, from, to) in days from today."""
    return tuple(change(day, "close_date", ahead(old), ahead(new), pk=i) for i, (day, old, new) in enumerate(moves))


def test_a_date_moved_once_or_a_few_days_is_left_alone():
    # From 10 April on: a move by six days stays within the month.
    assert judged("S07", deal(history=pushed((9, 10, 16), (8, 16, 22), (5, 10, 40)))).state == CLEAR


def test_a_date_brought_forward_is_left_alone():
    assert judged("S07", deal(history=pushed((30, 90, 60), (20, 60, 30), (10, 30, 10)))).state == CLEAR


def test_moves_before_the_history_are_unknown_and_not_none():
    assert judged("S07", deal(history=(), history_since=since(20, "close_date"))).state == UNKNOWN


def test_a_date_moved_twice_is_amber_and_three_times_red():
    twice = pushed((30, 10, 20), (20, 20, 30))

    assert judged("S07", deal(history=twice)).sentence == "Close date moved twice (20 days in all)"
    assert judged("S07", deal(history=twice)).severity == AMBER
    assert judged("S07", deal(history=(*twice, *pushed((10, 30, 37))))).severity == RED


def test_a_date_moved_far_is_red_at_once():
    assert [judged("S07", deal(history=pushed((30, 10, 10 + days)))).severity for days in (60, 61)] == [0, RED]


def test_edits_of_one_day_count_once():
    assert judged("S07", deal(history=pushed((30, 10, 20), (30, 20, 30), (30, 30, 40)))).state == CLEAR


def test_a_small_move_into_a_later_month_counts():
    # 30 April is 30 days ahead.
    assert judged("S07", deal(history=pushed((30, 29, 32), (20, 60, 62)))).severity == AMBER


# S08


@pytest.mark.parametrize(("left", "severity"), [(26, 0), (25, AMBER), (12, AMBER)])
def test_a_date_is_unrealistic_when_the_stages_left_take_longer(left, severity):
    assert judged("S08", deal(close_date=ahead(left))).severity == severity


def test_an_unrealistic_date_is_red_in_the_commit():
    commit = {"forecast_category": "Commit"}

    assert [judged("S08", deal(close_date=ahead(left), **commit)).severity for left in (13, 12)] == [AMBER, RED]


def test_a_date_that_has_passed_is_another_signals_matter():
    assert judged("S08", deal(close_date=ago(3))).state == CLEAR


def test_a_date_is_unknown_without_stage_or_date():
    assert judged("S08", deal(stage="Elsewhere")).state == UNKNOWN


# S09

NOTHING_PLANNED = {"planned": (), "next_activity_on": None}


def test_a_deal_with_something_planned_needs_no_words():
    assert judged("S09", deal(next_step="")).state == CLEAR
    assert judged("S09", deal(next_step="", planned=(), next_activity_on=ahead(3))).state == CLEAR


def test_next_steps_that_nobody_keeps_are_unknown():
    assert judged("S09", deal(next_step="", unknown=frozenset({"next_step"}), **NOTHING_PLANNED)).state == UNKNOWN


def test_a_next_step_without_a_date_is_amber():
    found = judged("S09", deal(next_step="Send the plan", **NOTHING_PLANNED))

    assert (found.severity, found.sentence) == (AMBER, "The next step has no date, and nothing is planned")


def test_words_are_enough_where_next_steps_have_no_dates():
    assert judged("S09", deal(unknown=frozenset({"next_activity"}), **NOTHING_PLANNED)).state == CLEAR


def test_a_missing_next_step_is_amber_for_a_day_before_the_history():
    found = judged("S09", deal(next_step="", history=(), history_since=since(-3, "next_step"), **NOTHING_PLANNED))

    assert (found.severity, found.sentence) == (AMBER, "No next step")


@pytest.mark.parametrize(("days", "severity"), [(7, AMBER), (8, RED)])
def test_an_overdue_next_step_turns_red_after_a_week(days, severity):
    found = judged("S09", deal(planned=(), next_activity_on=ago(days)))

    assert (found.severity, found.value) == (severity, days)


@pytest.mark.parametrize(("days", "severity"), [(7, AMBER), (8, RED)])
def test_a_missing_next_step_turns_red_after_a_week(days, severity):
    emptied = (change(days, "next_step", "Call Ada", "", pk=8),)

    found = judged("S09", deal(next_step="", history=emptied, **NOTHING_PLANNED))

    assert (found.severity, found.sentence, found.evidence) == (
        severity,
        f"No next step for {days} days",
        ("change:8",),
    )


# S18


def fell(*amounts, days=20):
    """The amounts a deal had, one a day, ending with the present one."""
    moves = pairwise(amounts)
    return deal(
        amount=amounts[-1],
        history=tuple(change(days - i, "amount", old, new, pk=i) for i, (old, new) in enumerate(moves)),
    )


@pytest.mark.parametrize(("now", "severity"), [(81, 0), (80, AMBER), (61, AMBER), (60, RED)])
def test_an_amount_is_compared_with_its_peak(now, severity):
    assert judged("S18", fell(90, 100, now)).severity == severity


def test_an_amount_that_fell_long_ago_is_left_alone():
    assert judged("S18", fell(100, 50, days=61)).state == CLEAR


def test_an_amount_that_rose_again_is_left_alone():
    assert judged("S18", fell(100, 50, 95)).state == CLEAR


def test_an_amount_is_unknown_before_its_history():
    assert judged("S18", deal(history_since=since(20, "amount"))).state == UNKNOWN
    assert judged("S18", deal(amount=None)).state == UNKNOWN


def test_amounts_of_two_currencies_are_not_compared():
    moved = (change(9, "amount", 100, 40), change(9, "currency", "EUR", "USD"))

    assert judged("S18", deal(amount=40, history=moved)).state == UNKNOWN


# S20


def walked(*stages, days=20):
    moves = pairwise(stages)
    return deal(stage=stages[-1], history=tuple(change(days - i, "stage", a, b) for i, (a, b) in enumerate(moves)))


def test_a_deal_that_moves_on_is_left_alone():
    assert judged("S20", walked("Contacted", "Discovery", "Proposal")).state == CLEAR


def test_a_deal_that_went_back_and_caught_up_is_left_alone():
    assert judged("S20", walked("Proposal", "Discovery", "Proposal")).state == CLEAR


def test_a_deal_that_went_back_long_ago_is_left_alone():
    assert judged("S20", walked("Proposal", "Discovery", days=31)).state == CLEAR


def test_a_deal_that_went_back_once_is_amber_and_twice_red():
    assert judged("S20", walked("Proposal", "Discovery")).severity == AMBER
    assert judged("S20", walked("Proposal", "Discovery", "Contacted")).severity == RED


def test_going_back_is_unknown_before_the_history():
    assert judged("S20", deal(history=(), history_since=since(9, "stage"))).state == UNKNOWN


# S27


def paper(left, level="empty"):
    return deal(close_date=ahead(left), qualification={"paper_process": level})


@pytest.mark.parametrize(("left", "severity"), [(22, 0), (21, AMBER), (8, AMBER), (7, RED), (-4, RED)])
def test_paper_work_is_due_three_weeks_before_closing(left, severity):
    assert judged("S27", paper(left)).severity == severity


def test_paper_work_that_was_at_least_claimed_is_left_alone():
    assert judged("S27", paper(3, "claimed")).state == CLEAR


def test_paper_work_is_unknown_where_nobody_looked():
    assert judged("S27", deal(qualification=None)).state == UNKNOWN


# S30


def test_a_competitor_is_answered_by_a_note_of_the_last_weeks():
    assert judged("S30", deal(competitor="Northgate", answered_on=ago(21))).state == CLEAR
    assert judged("S30", deal(competitor="")).state == CLEAR


def test_a_competitor_is_unknown_where_nobody_entered_what_sets_us_apart():
    assert judged("S30", deal(competitor="Northgate", unknown=frozenset({"strengths"}))).state == UNKNOWN


def test_a_competitor_is_unknown_where_nobody_looked():
    assert judged("S30", deal(competitor=None)).state == UNKNOWN


def test_a_competitor_without_an_answer_is_red_only_late():
    assert judged("S30", deal(competitor="Northgate", answered_on=ago(22))).severity == AMBER
    assert judged("S30", deal(competitor="Northgate", stage="Negotiation")).severity == RED
