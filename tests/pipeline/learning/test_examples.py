"""Which of people's answers are quoted."""

from pipeline.learning.examples import distance, select
from pipeline.pipeline import Example


def make_example(answer_id, features, label="same", is_correction=False):
    return Example(
        answer_id=answer_id, label=label, reason="", note="", author="Ana", left={}, right={}, features=features,
        is_correction=is_correction,
    )  # fmt: skip


def ids(examples):
    return [example.answer_id for example in examples]


def test_an_answer_to_a_case_of_another_shape_is_not_quoted():
    far = make_example(1, {"name": 0.0, "email": 0.0})

    assert select({"name": 1.0, "email": 1.0}, (far,)) == ()


def test_the_most_similar_comes_first():
    examples = (make_example(1, {"name": 0.6}), make_example(2, {"name": 0.9}), make_example(3, {"name": 0.7}))

    assert ids(select({"name": 1.0}, examples)) == [2, 3, 1]


def test_a_correction_counts_as_twice_as_near():
    examples = (make_example(1, {"name": 0.8}), make_example(2, {"name": 0.7}, is_correction=True))

    assert ids(select({"name": 1.0}, examples)) == [2, 1]


def test_at_most_eight_are_quoted_and_both_answers_are_among_them():
    same = [make_example(i, {"name": 1.0}) for i in range(20)]
    different = [make_example(100 + i, {"name": 0.7}, label="new") for i in range(5)]

    chosen = select({"name": 1.0}, (*same, *different))

    assert len(chosen) == 8
    assert sum(example.label == "new" for example in chosen) == 3


def test_distance_is_0_for_the_same_shape_and_1_for_the_opposite():
    assert distance({"name": 0.25, "email": 1.0}, {"name": 0.25, "email": 1.0}) == 0.0
    assert distance({"name": 0.0}, {"name": 1.0}) == 1.0


def test_a_field_only_one_side_compared_counts_half():
    assert distance({"name": 1.0}, {"name": 1.0, "email": 1.0}) == (0.25 / 2) ** 0.5


def test_no_more_are_quoted_than_the_plan_lets():
    examples = [make_example(i, {"name": 1.0}) for i in range(5)]

    assert len(select({"name": 1.0}, examples, 2)) == 2
    assert select({"name": 1.0}, examples, 0) == ()
