import numpy as np
import polars as pl
import pytest

from pipeline.matching.comparison import DIFFERENT, RELATIVE, SCALES, compare
from pipeline.matching.fields import Field, factorise
from pipeline.matching.kinds import Kind
from pipeline.matching.normalise import normalise
from pipeline.matching.person_names import AT_ODDS, EQUAL, SHORT_FORM, SPELLING, agreement

NAMES = SCALES[Kind.PERSON].names


def field(*names):
    return Field("name", Kind.PERSON, *factorise(normalise(Kind.PERSON, pl.Series(names))))


def ranks(one, other):
    found = agreement(field(one, other), np.array([0]), np.array([1]))
    return int(found.given[0]), int(found.family[0])


def level(one, other):
    both = field(one, other)
    there, back = (int(compare(both, np.array([a]), np.array([1 - a]))[0]) for a in (0, 1))
    assert there == back
    return NAMES[there - 1]


@pytest.mark.parametrize(
    ("one", "other", "given", "family"),
    [
        ("Ann Moss", "Ann Moss-Lee", EQUAL, AT_ODDS),
        ("Patrick Moss", "Patricia Moss", AT_ODDS, EQUAL),
        ("Tim Moss", "Tom Moss", AT_ODDS, EQUAL),
        ("Mark Moss", "Marsha Moss", AT_ODDS, EQUAL),
        ("Robert Moss", "Bob Moss", SHORT_FORM, EQUAL),
        ("Peggie Moss", "Margaret Moss", SHORT_FORM, EQUAL),
        ("B Moss", "Robert Moss", SHORT_FORM, EQUAL),
        ("Q Moss", "Robert Moss", AT_ODDS, EQUAL),
        ("Mhmd Saleh", "Mohamed Saleh", SHORT_FORM, EQUAL),
        ("Kandace Weil", "Candace Weill", SPELLING, SPELLING),
        ("Moss Ann", "Ann Moss", EQUAL, EQUAL),
    ],
)
def test_given_and_family_names_are_held_against_each_other_in_either_order(one, other, given, family):
    assert ranks(one, other) == (given, family)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ina Falk", "Jon Moss", "different"),
        ("Darla Moss", "Darlene Moss", "relative"),
        ("Amanda Moss", "Amanda Kerr", "similar"),
        ("Katherine Moss", "Kathrin Mosse", "close"),
        ("Bob Moss", "Robert Moss", "compatible"),
        ("Maria Luis Perez Ortega", "Maria Perez", "close"),
        ("Moss Ann", "Ann Moss", "same words"),
        ("Dr. Ann Moss", "ann moss", "equal"),
        ("فيصل صديقي", "Faisal Siddiqui", "close"),
    ],
)
def test_levels_of_full_names(one, other, expected):
    assert level(one, other) == expected


def test_two_generations_of_one_name_are_two_people():
    assert level("David Moss Jr", "David Moss Senior") == NAMES[DIFFERENT - 1]
    assert level("Morris I Moss", "Morris II Moss") == NAMES[DIFFERENT - 1]


def test_a_suffix_only_one_side_writes_says_nothing():
    assert level("David Moss", "David Moss Jr") == "compatible"


def test_one_word_alone_is_no_relative():
    assert level("Moss", "Ann Moss") == "similar"


def test_the_level_of_relatives_is_where_rules_look_for_it():
    assert NAMES[RELATIVE - 1] == "relative"
