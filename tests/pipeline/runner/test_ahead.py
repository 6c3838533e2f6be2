"""The next item is made while the one before is used."""

import threading

import pytest

from pipeline.runner.ahead import ahead


def test_items_come_in_order_whatever_they_are():
    assert list(ahead(iter([3, None, "", 1]))) == [3, None, "", 1]
    assert list(ahead(iter([]))) == []


def test_the_next_is_made_while_the_first_is_in_use():
    is_made = threading.Event()

    def items():
        yield 1
        is_made.set()
        yield 2

    for item in ahead(items()):
        # Would never come if the second were made only when it is asked for.
        assert is_made.wait(timeout=30)
        if item == 1:
            break


def test_what_making_one_raises_comes_up_in_its_turn():
    def items():
        yield 1
        raise ValueError("the second can't be made")

    found = ahead(items())

    assert next(found) == 1
    with pytest.raises(ValueError, match="the second"):
        next(found)
