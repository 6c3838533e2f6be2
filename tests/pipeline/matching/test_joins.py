import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.matching.joins import blocks, distinct, numbered


def paired(keys, left, right):
    rows = np.arange(len(keys), dtype=np.int32)
    low, high = blocks(np.array(keys, dtype=np.uint64), rows, left, right).pairs()
    return sorted(zip(low.tolist(), high.tolist(), strict=True))


def test_rows_of_different_keys_form_no_pair():
    assert paired([1, 2, 3, 4], left=2, right=2) == []


def test_rows_of_one_list_never_pair_up_when_there_are_two():
    assert paired([7, 7, 7, 5], left=2, right=2) == [(0, 2), (1, 2)]


def test_within_one_list_every_two_rows_of_a_key_form_a_pair():
    assert paired([7, 5, 7, 7, 5], left=5, right=0) == [(0, 2), (0, 3), (1, 4), (2, 3)]


def test_no_rows_form_no_pair():
    assert paired([], left=0, right=0) == []


def test_distinct_numbers_come_in_order():
    assert distinct(np.array([5, 3, 5, 1])).tolist() == [1, 3, 5]


@given(st.lists(st.integers(0, 2**40)))
def test_each_key_finds_its_own_among_the_distinct_ones(keys):
    known = np.array(keys, dtype=np.int64)

    first, place = numbered(known, 2**40)

    assert known[first][place].tolist() == keys
    assert len(first) == len(set(keys))


def test_keys_too_large_to_be_packed_are_numbered_all_the_same():
    first, place = numbered(np.array([2**61, 5, 2**61]), 2**61)

    assert (first.tolist(), place.tolist()) == ([1, 0], [1, 0, 1])
