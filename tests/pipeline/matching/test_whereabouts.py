import numpy as np
import pytest

from pipeline.matching.comparison import DIFFERENT, MISSING
from pipeline.matching.fields import Field
from pipeline.matching.kinds import Kind
from pipeline.matching.whereabouts import bounded

KINDS = (Kind.COMPANY, Kind.STREET, Kind.PHONE)
SIMILAR = DIFFERENT + 3


def weight(points, name_level, kinds=KINDS):
    fields = [Field(str(kind), kind, np.zeros(0, dtype=np.int32), None) for kind in kinds]
    levels = np.array([[name_level, SIMILAR, SIMILAR]], dtype=np.int8)
    return float(bounded(fields, levels, np.array([points], dtype=np.float32), -10.0).sum() - 10.0)


def test_a_like_name_at_one_address_keeps_its_weight():
    assert weight([6.0, 12.0, 16.0], SIMILAR) == 24.0


def test_a_missing_name_speaks_neither_for_nor_against():
    assert weight([0.0, 12.0, 16.0], MISSING) == 18.0


def test_lists_without_names_are_left_alone():
    assert weight([-3.0, 12.0, 16.0], DIFFERENT, kinds=(Kind.CITY, Kind.STREET, Kind.PHONE)) == 15.0


def test_two_names_behind_one_address_and_switchboard_stay_below_the_cut():
    assert weight([-3.0, 12.0, 16.0], DIFFERENT) == pytest.approx(-1.0)


def test_what_is_below_already_stays_where_it_is():
    assert weight([-3.0, -2.0, 4.0], DIFFERENT) == -11.0
