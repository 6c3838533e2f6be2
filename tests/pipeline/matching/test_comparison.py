"""The level of two values of a kind."""

import numpy as np
import polars as pl
import pytest

from pipeline.matching.comparison import SCALES, compare, compare_all
from pipeline.matching.fields import Field
from pipeline.matching.kinds import Kind


def field(kind, one, other):
    values = pl.Series([value for value in dict.fromkeys((one, other)) if value], dtype=pl.String)
    codes = [values.to_list().index(value) if value else -1 for value in (one, other)]
    return Field(str(kind), kind, np.array(codes, dtype=np.int32), values)


def level(kind, one, other):
    found = compare(field(kind, one, other), np.array([0]), np.array([1]))
    return ("missing", *SCALES[kind].names)[found[0]]


def names(one, other):
    """The levels of given and family name of two people."""
    fields = tuple(
        field(kind, *pair)
        for kind, pair in zip((Kind.GIVEN_NAME, Kind.FAMILY_NAME), zip(one, other, strict=True), strict=True)
    )
    found = compare_all(fields, np.array([0]), np.array([1]))[0]
    return tuple(("missing", *SCALES[one.kind].names)[n] for one, n in zip(fields, found, strict=True))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.GIVEN_NAME, "sofia", "oscar"),
        (Kind.FAMILY_NAME, "harvey", "castell"),
        (Kind.CITY, "cardiff", "belfast"),
        (Kind.EMAIL, "k.tern50@hill.example", "ada@okafor.example"),
        (Kind.COMPANY, "quill garden", "quarry goods barn"),
        (Kind.STREET, "12 oak ave", "14 elm rd between 3rd and 4th str"),
    ],
)
def test_values_that_have_little_in_common_differ(kind, one, other):
    assert level(kind, one, other) == "different"


@pytest.mark.parametrize(
    ("kind", "one", "other", "expected"),
    [
        (Kind.GIVEN_NAME, "sofia", "fosia", "similar"),
        (Kind.FAMILY_NAME, "harvey", "varhery", "similar"),
        (Kind.CITY, "cardiff", "cfrdifa", "similar"),
        (Kind.EMAIL, "k.tern50@hill.example", "k.tern50lexa@hilmp.le", "similar"),
        (Kind.COMPANY, "osprey harbour", "os preyharbour inn", "weak"),
    ],
)
def test_what_a_slip_jumbled_or_ran_together_is_alike_still(kind, one, other, expected):
    assert level(kind, one, other) == level(kind, other, one) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("12 oak ave", "14 oak ave between 3rd and 4th str", "different"),
        ("12 main str apt 4", "12 main str apt 41", "similar"),
        ("12 str", "12 quarry hill str", "different"),
        ("12 oak ave", "12 oak ave between 3rd and 4th str", "close"),
    ],
)
def test_an_address_that_only_tells_more_is_the_same_place(one, other, expected):
    assert level(Kind.STREET, one, other) == level(Kind.STREET, other, one) == expected


def test_names_that_fit_as_they_stand_are_not_turned_round():
    assert names(("ada", "nowak"), ("ada", "okafor")) == ("equal", "different")
    assert names(("ada", "nowak"), ("bruno", "okafor")) == ("different", "different")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("gregory", "freddie"), ("freddie", "grergory"), ("typo", "typo")),
        (("oscar", "ahmed"), ("ahmed", "osrac"), ("typo", "typo")),
        (("oscar", "ahmed"), ("ahmed", None), ("missing", "typo")),
        (("mia", "jones"), ("jones", "zoe"), ("different", "typo")),
    ],
)
def test_names_that_changed_places_are_compared_the_other_way_round(one, other, expected):
    assert names(one, other) == names(other, one) == expected
