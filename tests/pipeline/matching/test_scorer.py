import numpy as np
import pytest

from pipeline.matching.scorer import best_cut, surely, train
from pipeline.matching.weights import probability


def reviewed(rows=400, seed=3):
    random = np.random.default_rng(seed)
    truth = random.random(rows) < 0.3
    likeness = np.clip(0.35 + 0.3 * truth + random.normal(0, 0.15, rows), 0, 1)
    return np.column_stack([likeness, random.random(rows)]).astype(np.float32), truth


def test_too_few_matches_teach_nothing():
    features, truth = reviewed()
    few = np.r_[np.flatnonzero(truth)[:19], np.flatnonzero(~truth)]

    assert train(features[few], truth[few]) is None


def test_weights_are_calibrated_on_pairs_that_were_not_learnt_from():
    features, truth = reviewed()
    others, answers = reviewed(seed=4)

    chance = probability(train(features, truth).bits(others))

    for low, high in ((0.0, 0.2), (0.2, 0.8), (0.8, 1.0)):
        within = (chance >= low) & (chance < high)
        assert answers[within].mean() == pytest.approx(chance[within].mean(), abs=0.1)


def test_the_cut_lies_where_f1_is_expected_to_be_best():
    sure, doubtful = np.full(10, 10.0), np.array([-1.0, -2.0])  # chances of 1/3 and 1/5

    assert best_cut(np.r_[doubtful, sure]) == pytest.approx(4.5)


def test_all_but_certain_is_only_said_where_enough_reviews_prove_it():
    weights, clean = np.arange(200.0, 0.0, -1.0), np.ones(200, dtype=bool)
    one_wrong_on_top = np.arange(200) != 0

    assert surely(weights[:148], clean[:148]) == np.inf
    assert surely(weights, clean) == 1.0
    assert surely(weights, one_wrong_on_top) == np.inf
