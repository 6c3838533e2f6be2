import numpy as np

from pipeline.matching.rivals import rivalry

NAMES = ("gap", "best rival", "rivals", "known matches", "known others")


def standings(left, right, bits, truth=()):
    return rivalry(
        np.array(left, dtype=np.int32), np.array(right, dtype=np.int32), np.array(bits, dtype=float),
        np.array(truth, dtype=bool),
    )  # fmt: skip


def test_a_pair_without_rivals_is_told_of_none():
    found = standings([0], [0], [3.0])

    assert found.tolist() == [[20, -20, 0, 0, 0, 20, -20, 0, 0, 0]]


def test_a_pair_is_told_its_best_rival_on_either_side():
    found = standings([0, 0, 1], [0, 1, 1], [5.0, 2.0, 9.0])

    least, most = found[1, :5], found[1, 5:]
    assert dict(zip(NAMES, least, strict=True))["gap"] == -7
    assert dict(zip(NAMES, most, strict=True)) == {
        "gap": -3, "best rival": 9, "rivals": 1, "known matches": 0, "known others": 0,
    }  # fmt: skip


def test_a_reviewed_pair_is_told_of_the_others_and_never_of_itself():
    found = standings([0, 0, 0], [0, 1, 2], [1.0, 1.0, 1.0], truth=[True, False])

    assert found[:, 8].tolist() == [0, 1, 1]
    assert found[:, 9].tolist() == [1, 0, 1]


def test_the_sides_may_change_places():
    left, right, bits = [0, 0, 1, 2], [0, 1, 1, 0], [1.0, 2.0, 3.0, 4.0]

    assert np.array_equal(standings(left, right, bits, [True]), standings(right, left, bits, [True]))
