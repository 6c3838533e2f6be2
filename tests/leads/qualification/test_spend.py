"""When asking is worth its money."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.qualification.profile import Profile
from leads.qualification.spend import may_spend


@pytest.mark.parametrize(
    ("low", "high", "is_worth_it"),
    [(62, 62, False), (45, 80, True), (20, 40, False), (72, 92, True), (45, 65, False), (90, 100, False)],
)
def test_asking_is_worth_it_only_where_the_grade_could_become_an_a_or_b(low, high, is_worth_it):
    assert may_spend(low, high, Profile()) is is_worth_it


@given(low=st.integers(0, 100), more=st.integers(0, 100))
def test_a_disqualified_lead_is_never_worth_a_question(low, more):
    assert not may_spend(low, min(low + more, 100), Profile(), is_disqualified=True)


@pytest.mark.parametrize("reason", [{"is_affordable": False}, {"is_known_miss": True}])
def test_no_money_or_a_recent_miss_forbids_asking(reason):
    assert not may_spend(45, 80, Profile(), **reason)
