import pytest

from pipeline.matching.nicknames import agreement, is_compatible


@pytest.mark.parametrize(
    ("left", "right"),
    [("christian", "christina"), ("maria", "marie"), ("daniel", "danielle"), ("sam", "max"), ("j", "k")],
)
def test_names_of_two_people_do_not_agree(left, right):
    assert agreement(left, right) == "none"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("robert", "bob", "nickname"),
        ("j", "john", "initial"),
        ("anna", "anna", "equal"),
        ("anna maria", "anna", "equal"),
    ],
)
def test_names_of_one_person_agree(left, right, expected):
    assert agreement(left, right) == agreement(right, left) == expected


def test_a_missing_name_is_compatible_with_any():
    assert is_compatible("", "robert")
