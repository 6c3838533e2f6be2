"""Cases survive the way through JSON, and their hash changes with what a decision rested on."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases import case_hash, from_json, to_json
from pipeline.pipeline import Candidate, Case, Example

TEXT = st.text(max_size=20)
VALUES = st.dictionaries(TEXT, TEXT | st.integers(0, 9) | st.lists(TEXT, max_size=3), max_size=4)
SHARES = st.floats(0, 1)


@st.composite
def cases(draw):
    candidate = st.builds(
        Candidate,
        object_id=st.integers(1, 99),
        values=VALUES,
        weight=st.floats(-20, 20),
        probability=SHARES,
        features=st.dictionaries(TEXT, SHARES, max_size=3),
        guards=st.tuples(TEXT),
    )
    example = st.builds(
        Example,
        answer_id=st.integers(1, 9),
        label=TEXT,
        reason=TEXT,
        note=TEXT,
        author=TEXT,
        left=VALUES,
        right=VALUES,
        features=st.dictionaries(TEXT, SHARES, max_size=3),
        is_correction=st.booleans(),
    )
    return Case(
        object_id=draw(st.integers(1, 99)),
        values=draw(VALUES),
        candidates=tuple(draw(st.lists(candidate, max_size=3))),
        examples=tuple(draw(st.lists(example, max_size=2))),
        marker=draw(TEXT),
    )


@given(cases())
def test_a_case_comes_back_from_json_as_it_was(case):
    assert from_json(json.loads(json.dumps(to_json(case)))) == case


CANDIDATE = Candidate(object_id=1, values={"name": "Bob"}, weight=1.0, probability=0.7)
CASE = Case(object_id=2, values={"name": "Robert"}, candidates=(CANDIDATE,))


def test_a_drifting_weight_leaves_the_hash_as_it_was():
    assert case_hash(replace(CASE, candidates=(replace(CANDIDATE, weight=1.4, probability=0.72),))) == case_hash(CASE)


def test_how_records_are_linked_by_now_leaves_the_hash_as_it_was():
    linked = replace(CASE, group=7, group_size=3, candidates=(replace(CANDIDATE, group=8, guards=("bridging",)),))

    assert case_hash(linked) == case_hash(CASE)


def test_an_unlikely_candidate_leaves_the_hash_as_it_was():
    unlikely = replace(CANDIDATE, object_id=5, probability=0.001)

    assert case_hash(replace(CASE, candidates=(CANDIDATE, unlikely))) == case_hash(CASE)


def test_new_values_of_the_case_or_of_a_candidate_change_the_hash():
    other_case = replace(CASE, values={"name": "Rob"})
    other_candidate = replace(CASE, candidates=(replace(CANDIDATE, values={"name": "Bobby"}),))

    assert len({case_hash(CASE), case_hash(other_case), case_hash(other_candidate)}) == 3
