"""Which values of a case a question may hold."""

from pipeline.leaving import limited
from pipeline.pipeline import Candidate, Case, Example

CASE = Case(
    object_id=1,
    values={"name": "Ada", "phone": "1"},
    candidates=(
        Candidate(object_id=2, values={"name": "Adah", "phone": "2"}, weight=1.0, probability=0.7,
                  levels={"name": "close", "phone": "different"}, features={"phone": 0.1}),
    ),
    examples=(
        Example(answer_id=3, label="new", reason="", note="", author="Ana", left={"phone": "3"}, right={"name": "Eve"},
                features={}, levels={"phone": "missing"}),
    ),
)  # fmt: skip


def test_without_a_list_everything_may_leave():
    assert limited(CASE, None) is CASE


def test_a_field_that_is_not_named_is_gone_from_every_side_and_from_the_comparison():
    seen = limited(CASE, {"name"})

    assert (seen.values, seen.candidates[0].values) == ({"name": "Ada"}, {"name": "Adah"})
    assert seen.candidates[0].levels == {"name": "close"}
    assert (seen.examples[0].left, seen.examples[0].right, seen.examples[0].levels) == ({}, {"name": "Eve"}, {})


def test_what_the_score_rests_on_stays():
    seen = limited(CASE, {"name"})

    assert (seen.candidates[0].weight, seen.candidates[0].features) == (1.0, {"phone": 0.1})
