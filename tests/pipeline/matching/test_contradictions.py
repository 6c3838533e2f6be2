import numpy as np
import pytest

from pipeline.matching.comparison import DIFFERENT, MISSING, RELATIVE, SCALES
from pipeline.matching.contradictions import exclusive, held_apart, still_apart
from pipeline.matching.fields import Field
from pipeline.matching.kinds import Kind
from pipeline.matching.match import match
from pipeline.matching.table import Column, Table

KINDS = (Kind.PERSON, Kind.STREET, Kind.DATE, Kind.CODE, Kind.EMAIL)
EXCLUSIVE = exclusive(KINDS, [0.0] * 5, [0.0] * 5)
EQUAL_NAME = SCALES[Kind.PERSON].top
PRIOR = -7.0


def held(points, *, name=EQUAL_NAME, date=MISSING, code=MISSING):
    """Whether one pair is held apart, and its weight."""
    fields = [Field(str(kind), kind, np.zeros(0, dtype=np.int32), None) for kind in KINDS]
    levels = np.array([[name, 6, date, code, MISSING]], dtype=np.int8)
    given = np.array([points], dtype=np.float32)
    apart, _ = held_apart(fields, EXCLUSIVE, levels, given, PRIOR)
    return bool(apart[0]), float(given.sum() + PRIOR)


def test_the_same_name_and_address_stay_as_they_are():
    assert held([11.0, 8.0, 0.0, 0.0, 0.0]) == (False, 12.0)


def test_a_date_of_birth_that_differs_holds_namesakes_of_one_home_apart():
    assert held([11.0, 8.0, -3.5, 0.0, 0.0], date=DIFFERENT) == (True, pytest.approx(-1.0))


def test_a_number_only_one_person_has_outweighs_a_date_that_differs():
    assert held([11.0, 8.0, -3.5, 9.0, 0.0], date=DIFFERENT, code=5) == (False, 17.5)


def test_a_column_that_often_differs_among_matches_contradicts_nothing():
    assert held([11.0, 8.0, -1.0, 0.0, 0.0], date=DIFFERENT) == (False, 11.0)


def test_twins_share_home_birthday_and_mailbox_and_stay_two():
    assert held([2.0, 8.0, 8.0, 0.0, 6.0], name=RELATIVE, date=5) == (True, pytest.approx(-1.0))


def test_a_number_in_common_tells_of_a_second_given_name():
    assert held([2.0, 8.0, 0.0, 9.0, 0.0], name=RELATIVE, code=5) == (False, 12.0)


@pytest.mark.parametrize(
    ("kinds", "known", "differing", "expected"),
    [
        ((Kind.COMPANY, Kind.CODE), [0.0, 0.0], [0.0, 0.0], (False, False)),
        ((Kind.PERSON, Kind.CODE), [0.0, 149.0], [0.0, 40.0], (False, True)),
        ((Kind.PERSON, Kind.CODE), [0.0, 1000.0], [0.0, 30.0], (False, True)),
        ((Kind.GIVEN_NAME, Kind.DATE), [0.0, 1000.0], [0.0, 31.0], (False, False)),
    ],
)
def test_only_what_seldom_differs_among_persons_is_exclusive(kinds, known, differing, expected):
    assert exclusive(kinds, known, differing) == expected


def test_a_third_record_may_join_two_that_contradict_each_other():
    left, right = np.array([0, 0, 1, 3], dtype=np.int32), np.array([1, 2, 2, 4], dtype=np.int32)
    apart, proven = np.array([True, False, False, True]), np.array([False, True, True, False])
    assert still_apart(left, right, apart, proven, 5).tolist() == [False, False, False, True]


def test_a_cluster_never_holds_two_dates_of_birth():
    people = [("Jon Moss", "10/10/1970"), ("Jon Moss", "15/3/1990"), ("Jon Moss", None), ("Ina Falk", "3/2/1981")]
    names, births = zip(*people, strict=True)
    columns = (
        Column(name="name", kind=Kind.PERSON, values=names), Column(name="born", kind=Kind.DATE, values=births),
        Column(name="street", kind=Kind.STREET, values=["3212 W 32nd St"] * 3 + ["1 Mill Lane"]),
    )  # fmt: skip
    found = match(Table(ids=range(4), columns=columns))
    assert found.cluster is not None
    assert found.cluster[0] != found.cluster[1]
