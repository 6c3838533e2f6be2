"""Where two values differ."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.differences import Piece, pieces, visible


def marked(side):
    return [piece.text for piece in side if piece.is_marked]


def test_equal_values_and_missing_ones_carry_no_mark():
    assert pieces("Acme", "Acme", "same") == ((Piece(text="Acme"),), (Piece(text="Acme"),))
    assert pieces("", "Acme", "missing") == ((), (Piece(text="Acme"),))


def test_a_typing_error_is_marked_to_the_letter():
    left, right = pieces("Jon Smith", "John Smith", "close")

    assert (marked(left), marked(right)) == ([], ["h"])


def test_capitals_alone_are_no_difference():
    assert marked(pieces("ACME Corp", "Acme Corp", "close")[0]) == []


def test_values_with_little_in_common_are_marked_whole():
    assert pieces("Bill", "William Xavier", "close")[1] == (Piece(text="William Xavier", is_marked=True),)


def test_different_values_are_marked_whole():
    assert pieces("Bonn", "Berlin", "different")[0] == (Piece(text="Bonn", is_marked=True),)


def test_an_invisible_character_is_shown():
    assert visible("Anna\u200b Berg\u202e") == "Anna◌ Berg◌"
    assert visible("می‌خواهم") == "می‌خواهم"


@given(st.text(max_size=260), st.text(max_size=260), st.sampled_from(["same", "close", "different", "missing"]))
def test_the_pieces_always_add_up_to_the_value(left, right, level):
    for side, value in zip(pieces(left, right, level), (left, right), strict=True):
        assert "".join(piece.text for piece in side) == visible(value)
