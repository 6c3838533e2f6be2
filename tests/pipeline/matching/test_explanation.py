"""Why two records got their weight, in figures that add up and in a sentence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.matching.comparison import SCALES
from pipeline.matching.explanation import LEVELS, explain, parted

LABELS = {"emails": "E-mail", "phones": "Phone", "family_name": "Last name", "city": "City"}
BITS = st.floats(-80, 80, allow_nan=False)


def explained(prior=-12.0, **fields):
    """Fields given as (points, level)."""
    points = {"prior": prior} | {name: bits for name, (bits, _) in fields.items()}
    return explain(points, {name: level for name, (_, level) in fields.items()}, labels=LABELS)


def test_a_pair_with_nothing_to_compare_is_as_likely_as_any():
    found = explained(emails=(0.0, "missing"))

    assert found.total == Decimal("-12.0")
    assert found.sentence == "No field says much either way."


def test_a_sentence_names_what_speaks_for_and_what_against():
    found = explained(emails=(11.0, "equal"), phones=(8.5, "equal"), city=(-2.0, "different"))

    assert found.sentence == "Same e-mail and phone speak for it, different city against it."


def test_the_first_step_says_how_seldom_two_records_are_the_same():
    assert explained(prior=-16.6).prior.words == "about 1 pair in 100,000 is the same"
    assert explained(prior=0.0).prior.words == "about 1 pair in 2 is the same"


def test_what_adds_little_is_not_named():
    found = explained(emails=(14.0, "equal"), city=(0.4, "equal"), phones=(-0.9, "different"))

    assert found.sentence == "Same e-mail speaks for it; nothing speaks against it."


def test_a_sentence_says_when_agreement_is_too_little():
    assert explained(city=(4.0, "equal")).sentence == (
        "Same city speaks for it, but that is too little: most records are of somebody or something else."
    )
    assert (
        explained(emails=(-3.0, "different")).sentence == "Different e-mail speaks against it; nothing speaks for it."
    )


def test_levels_are_told_apart_in_the_sentence():
    found = explained(family_name=(7.0, "typo"), emails=(9.0, "same local part"), phones=(8.0, "equal"))

    assert found.sentence.startswith("Same beginning of the e-mail, same phone and last name a typo apart speak for it")


def test_steps_follow_the_labels_and_each_begins_where_the_last_ended():
    found = explained(city=(2.0, "equal"), emails=(11.3, "equal"), other=(1.0, "close"))

    assert [(step.label, step.before, step.after) for step in found.steps] == [
        ("Before comparing", Decimal("0.0"), Decimal("-12.0")),
        ("E-mail", Decimal("-12.0"), Decimal("-0.7")),
        ("City", Decimal("-0.7"), Decimal("1.3")),
        ("Other", Decimal("1.3"), Decimal("2.3")),
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from(["emails", "phones", "city", "a", "b", "reviews"]), BITS), BITS)
def test_the_shown_points_sum_exactly_to_the_shown_weight(points, prior):
    found = explain({"prior": prior, **points}, {}, labels=LABELS)

    assert sum(step.points for step in found.steps) == found.total == found.steps[-1].after
    assert abs(float(found.total) - sum(points.values(), prior)) <= 0.05 + 1e-9


@given(st.lists(BITS, max_size=12))
def test_rounding_moves_no_part_by_a_whole_unit(parts):
    rounded = parted(parts, 1)

    assert all(abs(float(shown) - part) < 0.1 + 1e-9 for shown, part in zip(rounded, parts, strict=True))


def test_points_that_are_no_numbers_are_refused():
    with pytest.raises(ValueError, match="finite numbers; one is nan"):
        parted([1.0, float("nan")], 1)


def test_every_level_of_every_kind_has_words():
    levels = {name for scale in SCALES.values() for name in scale.names}

    assert levels - LEVELS.keys() == set()
