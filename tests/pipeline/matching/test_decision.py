import numpy as np
import polars as pl
import pytest

from pipeline.matching.blocking import Lists
from pipeline.matching.decision import decide, share_compared, tempered
from pipeline.matching.fields import Field
from pipeline.matching.kinds import Kind

TWO, ONE = Lists(left=3, right=3), Lists(left=4, right=0)


def decided(pairs, weights, lists=TWO, known=None):
    left, right = (np.array(side, dtype=np.int32) for side in zip(*pairs, strict=True))
    said = None if known is None else np.array(known, dtype=np.int8)
    return decide(left, right, np.array(weights, dtype=float), lists, 0.0, said)


def test_a_pair_without_rivals_has_the_probability_of_its_weight():
    assert decided([(0, 3)], [3.0]).probability == pytest.approx([8 / 9])


def test_of_two_rivals_neither_is_certain():
    found = decided([(0, 3), (0, 4)], [20.0, 20.0])

    assert found.probability == pytest.approx([0.5, 0.5], abs=1e-5)


def test_huge_weights_stay_finite():
    assert decided([(0, 3), (0, 4)], [5000.0, -5000.0]).probability == pytest.approx([1.0, 0.0])


def test_a_pair_that_its_cluster_keeps_out_is_at_most_even():
    pairs = [(0, 1), (1, 2), (0, 2)]

    found = decided(pairs, [20.0, 8.0, -15.0], ONE)

    assert found.is_same.tolist() == [True, False, False]
    assert found.probability[1] == 0.5


def test_what_a_person_said_overrules_any_weight():
    found = decided([(0, 3), (0, 4)], [90.0, -5.0], known=[-1, 1])

    assert found.is_same.tolist() == [False, True]
    assert found.probability == pytest.approx([0, 1])


def test_rows_a_person_kept_apart_share_no_cluster_however_close_they_are_to_a_third():
    found = decided([(0, 1), (1, 2), (0, 2)], [20.0, 20.0, 18.0], ONE, known=[0, 0, -1])

    assert found.cluster[0] != found.cluster[2]


def test_the_share_of_columns_both_rows_fill_is_never_nought():
    levels = np.array([[0, 0, 0, 0], [0, 1, 0, 0], [6, 1, 2, 3]], dtype=np.int8)

    assert share_compared(levels).tolist() == [0.125, 0.25, 1.0]


@pytest.mark.parametrize(("levels", "most"), [((1, 6), 0.95), ((0, 6), 1.0), ((2, 6), 1.0)])
def test_different_names_are_never_certain(levels, most):
    fields = [
        Field(name, kind, np.array([0]), pl.Series(["x"])) for name, kind in (("n", Kind.COMPANY), ("p", Kind.PHONE))
    ]

    assert tempered(np.array([1.0]), fields, np.array([levels], dtype=np.int8)).tolist() == [most]
