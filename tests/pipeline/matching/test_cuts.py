import numpy as np
import pytest

from pipeline.matching.cuts import cuts, guaranteed_accept, lower_bound, upper_bound


def test_too_few_clean_reviews_prove_nothing():
    assert cuts(np.linspace(1, 0, 98), np.ones(98, dtype=bool)).accept is None


@pytest.mark.parametrize(("right", "checked"), [(99, 99), (156, 157), (206, 208)])
def test_the_published_numbers_of_checks_prove_ninety_seven_percent(right, checked):
    assert lower_bound(right, checked) >= 0.97
    assert lower_bound(right - 1, checked - 1) < 0.97


def test_the_bounds_of_nothing_say_nothing():
    assert (lower_bound(0, 0), upper_bound(0, 0)) == (0.0, 1.0)


def test_cuts_lie_where_the_promise_holds():
    scores = np.r_[np.full(200, 0.9), np.full(200, 0.5), np.full(200, 0.1)]
    truth = np.r_[np.ones(200), np.tile([1, 0], 100), np.zeros(200)].astype(bool)

    found = cuts(scores, truth)

    assert (found.accept, found.reject) == (0.9, 0.5)


@pytest.mark.parametrize(("clean", "accept"), [(0, None), (143, None), (144, 0.0), (300, 0.0)])
def test_a_guarantee_takes_so_many_clean_reviews(clean, accept):
    assert guaranteed_accept(np.linspace(1, 0, clean), np.ones(clean, dtype=bool)) == accept


def test_a_guaranteed_cut_stops_where_errors_begin():
    scores = np.r_[np.full(200, 0.9), np.full(200, 0.5)]
    truth = np.r_[np.ones(200), np.tile([1, 0], 100)].astype(bool)

    assert guaranteed_accept(scores, truth) == 0.9


def test_a_guarantee_is_seldom_broken():
    random = np.random.default_rng(11)
    broken = 0
    for _ in range(300):
        scores = random.random(500)
        chance = np.clip(0.80 + 0.25 * scores, 0, 1)  # 97 of 100 are right from a score of 0.59 on
        cut = guaranteed_accept(scores, random.random(500) < chance)
        broken += cut is not None and np.clip(0.80 + 0.25 * np.linspace(cut, 1, 1000), 0, 1).mean() < 0.97

    assert broken <= 15
