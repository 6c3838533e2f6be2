"""What is kept of a comparison with the decision it led to."""

from decimal import Decimal

import pytest

from pipeline import candidates, evidence
from pipeline.matching.kinds import Kind
from pipeline.pipeline import Candidate, Case, Memory

COLUMNS = {"name": Kind.PERSON, "email": Kind.EMAIL, "city": Kind.CITY}
NO_CUTS = (None, None)


def pair(left, right, **comparison):
    other = Candidate(
        object_id=1, values=right, source="CRM", weight=2.5, probability=0.85,
        points={"prior": -9.0, "name": 11.5}, levels={"name": "equal"}, **comparison,
    )  # fmt: skip
    return Case(object_id=2, values=left, source="List", candidates=(other,))


def test_without_candidates_only_what_was_said_is_kept():
    assert evidence.of(Case(object_id=1, values={}), None, {"said": "no"}, NO_CUTS) == {"said": "no"}


def test_a_decision_without_a_comparison_gives_no_case():
    assert evidence.as_judged(2, {"weight": 1.2}) is None


def test_the_comparison_comes_back_as_it_was_judged():
    case = pair({"name": "Ana", "city": ""}, {"name": "Anna", "city": "Graz"}, guards=("same_source",))

    kept = evidence.as_judged(2, evidence.of(case, 1, {}, (-6.6, 6.6)))

    assert kept == case


def test_without_an_anchor_the_likeliest_candidate_is_kept():
    unlikely = Candidate(object_id=7, values={}, weight=-5.0, probability=0.03)
    case = Case(object_id=2, values={}, candidates=(unlikely, *pair({}, {}).candidates))

    assert evidence.of(case, None, {}, NO_CUTS)["compared"]["with"] == 1


def test_long_values_are_kept_in_part():
    case = pair({"name": "x" * 5000, "emails": [f"{n}@example.com" for n in range(50)]}, {})

    values = evidence.of(case, 1, {}, NO_CUTS)["compared"]["values"]

    assert values["name"] == ["x" * 200, None]
    assert len(values["emails"][0]) == 5


@pytest.mark.parametrize(
    ("thresholds", "cuts"),
    [
        ({}, (-6.6294, 6.6294)),
        ({("match-weight", "same"): 0.5, ("match-weight", "new"): 0.75}, (-1.585, 0.0)),
        ({("match-weight", "same"): 1.01}, (-6.6294, None)),
        ({("ask-light", "same"): 0.5}, (-6.6294, 6.6294)),
    ],
)
def test_cuts_are_the_thresholds_in_points(thresholds, cuts):
    assert evidence.cut_bits(thresholds, "match-weight", 0.99) == cuts


def test_the_points_of_every_candidate_sum_exactly_to_its_weight():
    names = ("Ana Berg", "Anna Berg", "Ben Lang", "Benno Lang", "Ana Bergh", "Cleo Maar", "Cleo Maar")
    cases = [
        Case(object_id=n, values={"name": name, "email": f"{name[:3]}@example.com".lower(), "city": "Graz"})
        for n, name in enumerate(names, start=1)
    ]

    work = candidates.prepare(cases, Memory(), columns=COLUMNS, required={}, guards=lambda *_: ())

    found = [one for case in work.cases for one in case.candidates]
    assert len(found) >= 4
    for one in found:
        assert sum(Decimal(str(bits)) for bits in one.points.values()) == Decimal(str(one.weight))
