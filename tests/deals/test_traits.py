"""What a plan may want a person to see: told from a case and a model's verdict alone."""

from deals.briefs.traits import at_stake, of_brief
from deals.traits import of_link
from leads.qualification.traits import of_grade
from pipeline.pipeline import Candidate, Case, Verdict


def said(label, anchor=None, **evidence):
    return Verdict(label=label, score=1.0, reason="said", anchor=anchor, evidence=evidence)


def case(*guards, **context):
    other = Candidate(object_id=7, values={}, weight=5.0, probability=0.99, guards=guards)
    return Case(object_id=1, values={}, candidates=(other,), context=context)


def test_an_ordinary_link_an_ordinary_find_and_a_good_grade_have_no_trait():
    assert of_link(case(), said("same", anchor=7)) == frozenset()
    assert of_link(case("bridging"), said("new")) == frozenset()
    assert of_brief(case(), said("found", suggestions=[{"element": "pain"}])) == frozenset()
    assert of_brief(case(), said("brief")) == frozenset()
    assert of_grade(case(), said("B")) == frozenset()


def test_a_link_between_two_entries_of_several_records_is_a_merge():
    assert of_link(case("bridging"), said("same", anchor=7)) == {"merge"}


def test_a_find_of_who_decides_about_the_money_is_told():
    found = [{"element": "pain"}, {"element": "economic_buyer"}]

    assert of_brief(case(), said("found", suggestions=found)) == {"economic_buyer"}


def test_a_lead_that_is_turned_away_is_told():
    assert of_grade(case(), said("D")) == of_grade(case(), said("disqualified")) == {"disqualify"}


def test_an_amount_is_told_in_millionths_and_an_unknown_one_stays_unknown():
    assert at_stake(case()) is None
    assert at_stake(case(base_amount=None)) is None
    assert at_stake(case(base_amount=125_000.5)) == 125_000_500_000
