"""Health adds up: caps by group, lines that sum exactly, completeness apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals.signals.finding import Finding, Severity, State
from deals.signals.health import Band, attention, band_of, group_points, health_of, shrunk_median, stage_rate
from deals.signals.registry import BY_CODE, SIGNALS

AMBER, RED = Severity.AMBER, Severity.RED


def found(code, severity=RED):
    return Finding(code=code, state=State.FIRED, severity=severity, sentence=code)


def clear(code):
    return Finding(code=code, state=State.CLEAR)


def unknown(code):
    return Finding(code=code, state=State.UNKNOWN)


def test_nothing_found_is_full_health():
    assert health_of([clear(signal.code) for signal in SIGNALS]).score == 100


def test_a_red_counts_its_weight_and_an_amber_half():
    assert health_of([found("S01"), found("S02", AMBER), found("S09", AMBER)]).score == 70


def test_caps_stop_related_signals_from_emptying_the_score():
    reds = [found(code) for code in ("S06", "S07", "S04", "S11", "S02", "S01")]

    health = health_of([*reds, found("S10", AMBER)])

    assert health.score == 18
    assert health.band == Band.CRITICAL


def test_a_deal_with_everything_wrong_has_no_health_left_and_no_less():
    health = health_of([found(signal.code) for signal in SIGNALS])

    assert (health.score, sum(line.points for line in health.lines)) == (0, 100)


def test_a_deal_that_was_never_answered_is_not_also_late_with_an_answer():
    health = health_of([found("S02"), found("S03")])

    assert [line.code for line in health.lines] == ["S03"]


def test_the_heaviest_line_comes_first_whatever_the_cap_left_of_it():
    health = health_of([found("S09"), found("S04"), found("S06"), found("S15")])

    assert [(line.code, line.full, line.points) for line in health.lines] == [
        ("S15", 20, 20), ("S04", 14, 14), ("S06", 14, 14), ("S09", 10, 2),
    ]  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(BY_CODE)),
            st.sampled_from([(State.FIRED, AMBER), (State.FIRED, RED), (State.CLEAR, 0), (State.UNKNOWN, 0)]),
        ),
        unique_by=lambda one: one[0],
    )
)
def test_the_lines_always_sum_to_what_is_missing_from_100(answers):
    findings = [Finding(code=code, state=state, severity=Severity(level)) for code, (state, level) in answers]

    health = health_of(findings)

    assert health.score == 100 - sum(line.points for line in health.lines)
    assert sum(group_points(health).values()) == 100 - health.score
    assert all(points <= group.cap for group, points in group_points(health).items())
    assert 0 <= health.score <= 100


@pytest.mark.parametrize(
    ("score", "band"),
    [(100, "good"), (75, "good"), (74, "watch"), (50, "watch"), (49, "at risk"), (25, "at risk"), (24, "critical")],
)
def test_bands(score, band):
    assert band_of(score) == band


def test_unknown_signals_lower_completeness_by_their_weight_and_cost_no_health():
    health = health_of([clear("S01"), unknown("S02")])

    assert (health.score, round(health.completeness, 3)) == (100, round(16 / 34, 3))
    assert health.band == Band.UNKNOWN


def test_half_of_the_weight_known_is_enough_for_a_colour():
    assert health_of([clear("S01"), unknown("S04"), unknown("S19"), clear("S30")]).band == Band.GOOD


@pytest.mark.parametrize(("number", "median"), [(0, 21.0), (3, 18.2), (10, 15.0), (40, 11.4)])
def test_few_own_deals_move_a_median_little(number, median):
    assert round(shrunk_median(9 if number else None, number, 21), 1) == median


def test_a_stages_rate_starts_at_its_default():
    assert stage_rate(0, 0, 0.5) == 0.5
    assert stage_rate(3, 8, 0.5) == 0.4


def test_attention_grows_with_money_at_risk_and_shrinks_with_time_left():
    poor = health_of([found("S01"), found("S15")])

    assert attention(30_000, 0.5, poor, 30) == pytest.approx(30_000 * 0.5 * 0.36 / 2)
    assert attention(30_000, 0.5, health_of([]), 30) == 0
    assert attention(30_000, 0.5, poor, -9) == attention(30_000, 0.5, poor, 0)
