"""What blind checks prove, and which results they fall on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.plan_checks.sample import wanted
from pipeline.learning.audit import drawn, most_wrong


@pytest.mark.parametrize(
    ("wrong", "checked", "percent"),
    [(0, 20, 13.9), (0, 30, 9.5), (0, 60, 4.9), (0, 150, 2.0), (0, 300, 1.0), (1, 60, 7.7), (2, 150, 4.1)],
)
def test_the_bound_is_clopper_and_pearsons(wrong, checked, percent):
    assert round(100 * most_wrong(wrong, checked), 1) == percent


def test_nothing_checked_and_all_wrong_prove_nothing():
    assert (most_wrong(0, 0), most_wrong(5, 5)) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("accepted", "number"), [(0, 0), (12, 12), (30, 30), (600, 30), (601, 31), (10_000, 500)]
)  # fmt: skip
def test_thirty_or_five_percent_are_checked(accepted, number):
    assert wanted(accepted, 5, 30) == number


@given(st.sets(st.integers(1, 10_000), max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_larger_draw_holds_the_smaller_one(keys, few, more):
    few, more = sorted((few, more))

    assert drawn(keys, more, "seed")[: len(drawn(keys, few, "seed"))] == drawn(keys, few, "seed")
    assert len(drawn(keys, more, "seed")) == min(more, len(keys))


def test_another_seed_draws_others():
    assert drawn(range(1000), 30, "March") != drawn(range(1000), 30, "April")
