import numpy as np
import polars as pl
import pytest

from pipeline.matching.fields import Field
from pipeline.matching.kinds import Kind
from pipeline.matching.shared_words import shared_words, words_of


def compared(left, right, *others):
    values = list(dict.fromkeys([left, right, *others]))
    field = Field("title", Kind.TEXT, np.arange(len(values), dtype=np.int32), pl.Series(values, dtype=pl.String))
    codes = [np.array([values.index(one)], dtype=np.int32) for one in (left, right)]
    found = shared_words(words_of(field), *codes)
    assert found == shared_words(words_of(field), *reversed(codes))
    return {name: float(column[0]) for name, column in found.items()}


def test_texts_without_a_common_word_share_nothing():
    found = compared("tern ledger", "oak planner")

    assert (found["shared"], found["shared of all"], found["same first"]) == (0, 0, 0)


def test_words_written_together_and_apart_are_the_same():
    found = compared("quillbooks pro", "quill books pro")

    assert found["shared of all"] == pytest.approx(1)


def test_a_misspelt_word_is_shared_and_no_longer_alone():
    found = compared("tern ledger premium", "tern ledger premuim")

    assert found["most alone"] == 0
    assert found["shared of all"] > 0.9


@pytest.mark.parametrize(("left", "right"), [("tern 7", "tern 2007"), ("oak cs3", "oak 3"), ("oak v08", "oak 8")])
def test_a_version_agrees_however_it_is_written(left, right):
    found = compared(left, right)

    assert (found["versions"], found["version clash"]) == (1, 0)


def test_other_versions_clash():
    found = compared("tern ledger 7", "tern ledger 8")

    assert (found["versions"], found["version clash"], found["small numbers clash"]) == (0, 1, 1)


def test_digits_are_no_misspelling_of_other_digits():
    assert compared("x 1234567", "x 1234568")["long codes clash"] == 1


def test_no_value_shares_nothing_with_any():
    field = Field("title", Kind.TEXT, np.array([0, -1], dtype=np.int32), pl.Series(["tern"]))

    found = shared_words(words_of(field), field.codes[[0, 1]], field.codes[[1, 1]])

    assert found["shared"].tolist() == [0, 0]
    assert all(np.isfinite(column).all() for column in found.values())
