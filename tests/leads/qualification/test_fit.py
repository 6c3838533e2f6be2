"""Fit: the table of points row by row, what is unknown, and lines that always sum."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.learning.rules import LearnedRule
from leads.qualification.fit import Firmographics, fit, unread, with_readings
from leads.qualification.grade import band_of, grade_of
from leads.qualification.profile import CRITERIA, Profile, from_json, problems, to_json

PROFILE = Profile(
    industries=("Machinery", "Food Production"),
    industries_half=("Logistics",),
    countries=("Germany", "United Kingdom"),
    countries_half=("Poland",),
    functions=("operations", "purchasing"),
    functions_half=("engineering",),
    triggers=("cold chain", "SAP", "new plant"),
)


def line(criterion, **known):
    found = fit(Firmographics(**known), PROFILE).line(criterion)
    return found.earned, found.unknown


@pytest.mark.parametrize(
    ("criterion", "known", "points"),
    [
        ("industry", {"industry": "Machinery & Equipment"}, (25, 0)),
        ("industry", {"industry": "Logistics"}, (12, 0)),
        ("industry", {"industry": "Banking"}, (0, 0)),
        ("industry", {}, (0, 25)),
        ("employees", {"employees": 51}, (20, 0)),
        ("employees", {"employees": 500}, (20, 0)),
        ("employees", {"employees": 11}, (12, 0)),
        ("employees", {"employees": 50}, (12, 0)),
        ("employees", {"employees": 501}, (12, 0)),
        ("employees", {"employees": 2000}, (12, 0)),
        ("employees", {"employees": 10}, (0, 0)),
        ("employees", {"employees": 2001}, (0, 0)),
        ("employees", {}, (0, 20)),
        ("country", {"country": "GERMANY"}, (10, 0)),
        ("country", {"country": "Poland"}, (6, 0)),
        ("country", {"country": "Chile"}, (0, 0)),
        ("country", {}, (0, 10)),
        ("seniority", {"title": "Vice President Operations"}, (20, 0)),
        ("seniority", {"title": "Owner"}, (20, 0)),
        ("seniority", {"title": "Head of Purchasing"}, (16, 0)),
        ("seniority", {"title": "Plant Manager"}, (10, 0)),
        ("seniority", {"title": "Buyer"}, (3, 0)),
        ("seniority", {"title": "Wizard"}, (0, 20)),
        ("seniority", {}, (0, 20)),
        ("function", {"title": "Head of Purchasing"}, (15, 0)),
        ("function", {"title": "Engineer"}, (8, 0)),
        ("function", {"title": "Legal Counsel"}, (0, 0)),
        ("function", {}, (0, 15)),
        ("triggers", {"texts": ("We run SAP and open a new plant",)}, (10, 0)),
        ("triggers", {"texts": ("We run SAP",)}, (6, 0)),
        ("triggers", {"texts": ("We bake bread",)}, (0, 0)),
        ("triggers", {}, (0, 10)),
    ],
)
def test_each_row_of_the_table_gives_its_points(criterion, known, points):
    assert line(criterion, **known) == points


def test_a_product_manager_is_scored_once_as_a_manager():
    assert line("seniority", title="Product Manager") == (10, 0)


def test_an_executive_assistant_is_no_executive():
    assert line("seniority", title="Executive Assistant to the CEO") == (3, 0)


def test_a_criterion_without_a_preference_counts_in_full():
    found = fit(Firmographics(), replace(PROFILE, industries=(), industries_half=(), triggers=()))

    assert (found.line("industry").earned, found.line("triggers").earned) == (25, 10)


def test_a_lead_nothing_is_known_of_could_be_anything_and_is_provisional():
    found = fit(Firmographics(), PROFILE)

    assert (found.low, found.high, found.coverage, found.grade, found.is_provisional) == (0, 100, 0, "D", True)


def test_a_grade_is_provisional_below_sixty_percent_coverage():
    known = Firmographics(industry="Machinery", employees=120, country="Germany")

    assert fit(known, PROFILE).coverage == 55
    assert fit(known, PROFILE).is_provisional
    assert not fit(replace(known, seniority="director"), PROFILE).is_provisional


@pytest.mark.parametrize(("points", "grade"), [(100, "A"), (85, "A"), (84, "B"), (70, "B"), (69, "C"), (50, "C"),
                                               (49, "D"), (0, "D")])  # fmt: skip
def test_grades_begin_where_the_bands_say(points, grade):
    assert grade_of(points, Profile()) == grade


@pytest.mark.parametrize(("points", "band"), [(60, "hot"), (59.9, "warm"), (25, "warm"), (24.9, "cold"), (0, "cold")])
def test_heat_bands_begin_where_they_say(points, band):
    assert band_of(points, Profile()) == band


def test_a_reading_fills_a_gap_and_never_overrules_a_title_whose_words_are_known():
    wizard, buyer = Firmographics(title="Wizard"), Firmographics(title="Buyer")
    said = {"seniority": "executive", "function": "it", "industry": "Machinery"}

    assert with_readings(wizard, said) == replace(wizard, **said)
    assert with_readings(buyer, said) == replace(buyer, industry="Machinery")


def test_only_what_a_text_may_tell_is_worth_asking():
    wizard, nobody = Firmographics(title="Wizard"), Firmographics()

    assert unread(wizard, fit(wizard, PROFILE)) == ["seniority", "function"]
    assert unread(nobody, fit(nobody, PROFILE)) == []


texts = st.sampled_from(["", "Machinery", "Logistics", "Banking"])
known_leads = st.builds(
    Firmographics,
    industry=texts,
    employees=st.none() | st.integers(0, 20_000),
    country=st.sampled_from(["", "Germany", "Poland", "Chile"]),
    title=st.sampled_from(["", "CEO", "Head of IT", "Plant Manager", "Buyer", "Wizard"]),
    texts=st.lists(st.sampled_from(["SAP", "cold chain", "bread"]), max_size=3).map(tuple),
)


@given(known=known_leads)
def test_the_lines_always_sum_to_the_points(known):
    found = fit(known, PROFILE)

    assert found.low == sum(one.earned for one in found.lines)
    assert found.high == found.low + sum(one.unknown for one in found.lines)
    assert 0 <= found.low <= found.high <= 100
    assert all(one.earned + one.unknown <= CRITERIA[one.criterion].full for one in found.lines)


@given(known=known_leads)
def test_knowing_more_keeps_the_points_between_low_and_high(known):
    more = replace(known, industry=known.industry or "Machinery", employees=known.employees or 100)
    before, after = fit(known, PROFILE), fit(more, PROFILE)

    if known.employees != 0:
        assert before.low <= after.low <= after.high <= before.high


def test_a_profile_survives_being_stored():
    assert from_json(to_json(PROFILE)) == PROFILE
    assert from_json({"industries": ["Machinery"], "unheard_of": 1}) == Profile(industries=("Machinery",))


def test_a_profile_that_cannot_be_meant_is_refused_in_a_sentence():
    assert problems(PROFILE) == []
    assert problems(replace(PROFILE, from_b=90)) == [
        ("from_a", "Grades must begin in order: C below B below A, all between 1 and 100.")
    ]
    assert problems(replace(PROFILE, employees=(500, 51))) == [("employees", "500 to 51 employees is upside down.")]


LEARNED = (
    LearnedRule(column="Source", value="Referral", points=12, because="84 of 100 were won"),
    LearnedRule(column="Visits", above=5, points=-7, because="6 of 90 were won"),
)


def test_a_learned_rule_that_does_not_fit_adds_no_line():
    known = Firmographics(told={"source": "Fair", "visits": "2"})

    assert fit(known, replace(PROFILE, learned=LEARNED)) == fit(known, PROFILE)


def test_a_learned_rule_has_a_line_with_its_reason():
    found = fit(Firmographics(country="Poland", told={"source": "referral", "visits": "9"}),
                replace(PROFILE, learned=LEARNED))  # fmt: skip

    assert found.line("learned:Source").because == "Source is Referral: 84 of 100 were won"
    assert (found.low, found.line("learned:Source").earned, found.line("learned:Visits").earned) == (11, 12, -7)


@given(
    st.lists(st.integers(-20, 20), max_size=6),
    st.sampled_from(("", "Germany", "Poland")),
    st.sampled_from(("", "CEO", "Buyer")),
)
def test_lines_with_learned_ones_sum_within_0_and_100(points, country, title):
    rules = tuple(LearnedRule(column="Source", value="Fair", points=one) for one in points)
    known = Firmographics(country=country, title=title, told={"source": "Fair"})

    found = fit(known, replace(PROFILE, learned=rules))

    assert found.low == sum(line.earned for line in found.lines)
    assert found.high == found.low + sum(line.unknown for line in found.lines)
    assert 0 <= found.low <= found.high <= 100
