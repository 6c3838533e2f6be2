"""What a model's verdicts do to pairs that were left open."""

import numpy as np
import pytest

from pipeline.matching.blocking import Lists
from pipeline.matching.kinds import Kind
from pipeline.matching.match import match
from pipeline.matching.table import Column, Table
from pipeline.matching.verdicts import Asked, to_ask, with_verdicts, worth

THREE = Lists(left=3, right=3)


def table(*names):
    return Table(ids=range(len(names)), columns=(Column(name="name", kind=Kind.PERSON, values=list(names)),))


@pytest.fixture
def two_lists():
    """Ana Berg beside A. Berg, and twice the same names."""
    return match(table("Ana Berg", "Ben Lang", "Cleo Maar"), table("A. Berg", "Ben Lang", "Berg Ana"))


def numbers(found, *pairs):
    places = {pair: n for n, pair in enumerate(zip(found.left.tolist(), found.right.tolist(), strict=True))}
    return [places[pair] for pair in pairs]


def test_a_verdict_nothing_is_known_about_is_worth_twenty_to_one():
    known = worth([], [])

    assert (round(known.same, 2), round(known.different, 2)) == (4.32, 4.32)


def test_verdicts_that_were_right_are_worth_more_and_wrong_ones_less():
    good = worth([True] * 50 + [False] * 50, [True] * 50 + [False] * 50)
    guessing = worth([True, False] * 50, [True] * 50 + [False] * 50)
    lying = worth([False] * 50 + [True] * 50, [True] * 50 + [False] * 50)

    assert good.same > 8 and good.different > 8
    assert abs(guessing.same) < 0.1 and abs(guessing.different) < 0.1
    assert (lying.same, lying.different) == (0.0, 0.0)


def test_records_without_an_open_pair_are_not_asked_about(two_lists):
    assert to_ask(two_lists, np.zeros(len(two_lists), dtype=bool)) == []


def test_a_record_is_asked_about_once_with_its_best_three(two_lists):
    first, second = numbers(two_lists, (0, 0), (0, 2))
    is_open = np.isin(np.arange(len(two_lists)), [first])

    assert to_ask(two_lists, is_open) == [Asked(record=0, pairs=(first,))]
    assert all(len(one.pairs) <= 3 for one in to_ask(two_lists, np.ones(len(two_lists), dtype=bool)))
    assert second != first


def test_without_verdicts_everything_stays(two_lists):
    same = with_verdicts(two_lists, {}, THREE)

    assert same.weight.tolist() == two_lists.weight.tolist()
    assert same.is_same.tolist() == two_lists.is_same.tolist()


def test_a_verdict_moves_the_weight_by_its_bits_and_the_points_still_sum(two_lists):
    (pair,) = numbers(two_lists, (0, 0))

    after = with_verdicts(two_lists, {pair: 4.5}, THREE)

    (moved,) = numbers(after, (0, 0))
    assert after.weight[moved] == two_lists.weight[pair] + 4.5
    assert after.point_words(moved)["a model's answer"] == 4.5
    assert np.allclose(after.prior_bits + after.points.sum(axis=1), after.weight, atol=1e-4)


def test_a_row_that_is_taken_stays_taken_whatever_a_model_says(two_lists):
    after = with_verdicts(two_lists, dict.fromkeys(range(len(two_lists)), 30.0), THREE)

    assert len(set(after.left[after.is_same].tolist())) == int(after.is_same.sum())
    assert len(set(after.right[after.is_same].tolist())) == int(after.is_same.sum())


def test_what_a_person_said_stands_whatever_a_model_says(two_lists):
    (pair,) = numbers(two_lists, (1, 1))

    after = with_verdicts(two_lists, {pair: -40.0}, THREE, truth={(1, 1): True})

    (same,) = numbers(after, (1, 1))
    assert after.is_same[same]


def test_within_one_list_a_no_parts_a_cluster():
    found = match(table("Ana Berg", "Ana Berg", "Ben Lang", "Cleo Maar", "Dora Prinz"))
    (pair,) = numbers(found, (0, 1))

    after = with_verdicts(found, {pair: -40.0}, Lists(left=5, right=0))

    assert found.is_same[pair]
    assert after.cluster.tolist() == [0, 1, 2, 3, 4]
