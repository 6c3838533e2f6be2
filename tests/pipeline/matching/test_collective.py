import numpy as np

from pipeline.matching.collective import clusters, one_to_one, shared_partners, standing


def arrays(*pairs):
    left, right, weight = zip(*pairs, strict=True)
    return np.array(left, dtype=np.int32), np.array(right, dtype=np.int32), np.array(weight, dtype=float)


def test_one_wrong_pair_never_joins_two_clusters():
    pairs = arrays((0, 1, 15.0), (0, 2, 15.0), (1, 2, 15.0), (3, 4, 15.0), (3, 5, 15.0), (4, 5, 15.0), (2, 3, 4.0))

    assert clusters(*pairs, rows=6).tolist() == [0, 0, 0, 3, 3, 3]


def test_rows_without_a_partner_stay_alone():
    assert clusters(*arrays((0, 1, -2.0)), rows=3).tolist() == [0, 1, 2]


def test_a_chain_of_strong_pairs_is_one_cluster():
    pairs = arrays((0, 1, 20.0), (1, 2, 20.0), (0, 2, 1.0))

    assert clusters(*pairs, rows=3).tolist() == [0, 0, 0]


def test_rows_that_leave_most_columns_empty_say_little_against_a_cluster():
    pairs = arrays((0, 1, 20.0), (0, 2, 3.0), (1, 2, -8.0))

    assert clusters(*pairs, rows=3, compared=np.array([0.6, 0.4, 0.4])).tolist() == [0, 0, 2]
    assert clusters(*pairs, rows=3, compared=np.array([0.6, 0.4, 0.1])).tolist() == [0, 0, 0]


def test_each_row_is_used_once_best_first():
    left, right, weight = arrays((0, 2, 5.0), (0, 3, 9.0), (1, 3, 8.0), (1, 2, 1.0))

    assert one_to_one(left, right, weight, rows=4).tolist() == [False, True, False, True]


def test_the_gap_is_the_distance_to_the_best_rival_on_either_side():
    left, right, weight = arrays((0, 2, 9.0), (0, 3, 4.0), (1, 3, 6.0))

    found = standing(left, right, weight, rows=4)

    assert found.gap.tolist() == [5.0, -5.0, 2.0]
    assert found.is_best.tolist() == [True, False, True]


def test_pairs_of_one_cluster_are_no_rivals():
    left, right, weight = arrays((0, 1, 9.0), (0, 2, 8.0), (1, 2, 8.0), (0, 3, 1.0))

    found = standing(left, right, weight, rows=4, same=np.array([True, True, True, False]))

    assert found.gap.tolist() == [8.0, 7.0, 60.0, -8.0]


def test_rows_that_share_a_partner_are_named():
    left, right, _ = arrays((0, 1, 1.0), (1, 2, 1.0))

    assert shared_partners(left, right, rows=3).tolist() == [0 * 3 + 2]
