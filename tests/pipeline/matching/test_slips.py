import numpy as np
import polars as pl
import pytest

from pipeline.matching.fields import Field
from pipeline.matching.kinds import Kind
from pipeline.matching.slips import jumbled, run_together


def holds(test, one, other):
    field = Field("word", Kind.FAMILY_NAME, np.array([0, 1], dtype=np.int32), pl.Series([one, other]))
    return bool(test(field, np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(("one", "other"), [("ian", "ina"), ("mark", "karl"), ("anna", "hans"), ("reuben", "robert")])
def test_names_of_other_letters_or_of_three_are_two_names(one, other):
    assert not holds(jumbled, one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("sofia", "fosia"), ("ellis", "lels"), ("reuben", "rubnen"), ("łucja", "cjału")]
)
def test_letters_that_changed_places_are_the_same_letters(one, other):
    assert holds(jumbled, one, other) and holds(jumbled, other, one)


def test_names_that_share_a_few_letters_are_not_run_together():
    assert not holds(run_together, "quill garden", "quarry goods barn")


def test_a_space_at_another_place_leaves_the_letters_in_order():
    assert holds(run_together, "osprey harbour", "os preyharbour inn")
