"""A lead judged as a whole: what rules it out or can't matter costs no question, and all lines sum."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from leads.qualification.assessment import assess, to_json
from leads.qualification.disqualifiers import Circumstances
from leads.qualification.fit import Firmographics, fit
from leads.qualification.grade import grade_of
from leads.qualification.heat import Event
from leads.qualification.profile import Profile

TODAY = date(2026, 5, 1)
PROFILE = Profile(industries=("Machinery",), industries_half=("Logistics",), countries=("Germany",))
leads = st.builds(
    Firmographics,
    industry=st.sampled_from(["", "Machinery", "Logistics", "Banking"]),
    employees=st.none() | st.integers(0, 20_000),
    country=st.sampled_from(["", "Germany", "Chile"]),
    title=st.sampled_from(["", "CEO", "Plant Manager", "Buyer", "Wizard of Light"]),
    texts=st.lists(st.sampled_from(["We move pallets", "bread"]), max_size=2).map(tuple),
)
around = st.builds(
    Circumstances,
    email=st.sampled_from(["", "ada@mill.example", "info@mill.example", "ada@gmail.com"]),
    suppressed=st.sampled_from(["", "objected"]),
    is_own_staff=st.booleans(),
    is_customer=st.booleans(),
    has_bounced=st.booleans(),
)


def judged(known, circumstances, events=()):
    return assess(known, circumstances, events, PROFILE, TODAY)


def test_a_title_nobody_can_read_is_asked_about_where_the_answer_matters():
    known = Firmographics(industry="Machinery", employees=120, country="Germany", title="Wizard of Light")

    assert judged(known, Circumstances()).asks == ("seniority", "function")


@given(known=leads, circumstances=around)
def test_a_lead_that_is_ruled_out_is_asked_about_by_nobody(known, circumstances):
    found = judged(known, replace(circumstances, is_opted_out=True))

    assert found.hard is not None
    assert (found.asks, found.is_for_person) == ((), False)


@given(known=leads, circumstances=around)
def test_a_question_is_asked_only_where_a_better_grade_than_c_could_come_of_it(known, circumstances):
    found = judged(known, circumstances)

    if found.asks or found.is_for_person:
        assert grade_of(found.fit.high, PROFILE) in ("A", "B") and not found.found
        assert grade_of(found.fit.low, PROFILE) != grade_of(found.fit.high, PROFILE)


@given(known=leads, circumstances=around, days=st.lists(st.integers(0, 200), max_size=6))
def test_what_is_kept_of_a_lead_sums_line_by_line(known, circumstances, days):
    events = [Event(kind="reply", day=date.fromordinal(TODAY.toordinal() - age)) for age in days]
    kept = to_json(judged(known, circumstances, events))

    assert kept["low"] == sum(line["earned"] for line in kept["lines"])
    assert kept["high"] == kept["low"] + sum(line["unknown"] for line in kept["lines"])
    assert kept["heat"]["points"] == round(sum(line["points"] for line in kept["heat"]["lines"]), 1)


def test_two_profiles_used_in_turn_keep_each_their_own_points():
    other = replace(PROFILE, industries=("Banking",))
    known = Firmographics(industry="Machinery")

    earned = [fit(known, one).line("industry").earned for one in (PROFILE, other, PROFILE, other)]

    assert earned == [25, 0, 25, 0]
