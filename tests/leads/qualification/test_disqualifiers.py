"""What rules a lead out: hard reasons, soft reasons, and what lifts them."""

from datetime import date

import pytest

from leads.qualification.disqualifiers import Circumstances, capped, disqualifiers
from leads.qualification.profile import Profile

TODAY = date(2026, 5, 1)
PROFILE = Profile(
    countries=("Germany",),
    countries_half=("Poland",),
    barred_countries=("Ruritania",),
    own_domains=("quillmere.example",),
    competitor_domains=("rival.example",),
)


def codes(**known):
    found = disqualifiers(Circumstances(**known), PROFILE, TODAY)
    return [(one.code, "hard" if one.is_hard else "soft") for one in found]


def test_an_ordinary_lead_is_left_alone():
    assert codes(email="ada@mill.example", domain="mill.example", country="Germany", name="Ada Okafor",
                 company="Mill Ltd", title="Head of Operations", employees=120) == []  # fmt: skip


def test_a_lead_of_whom_little_is_known_is_left_alone():
    assert codes(company="Mill Ltd") == []


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"suppressed": "asked not to be contacted", "suppressed_on": date(2025, 3, 1)}, "suppressed"),
        ({"is_opted_out": True}, "suppressed"),
        ({"domain": "quillmere.example"}, "own_staff"),
        ({"is_own_staff": True}, "own_staff"),
        ({"open_deal": "Cold store", "open_deal_owner": "Marta"}, "open_deal"),
        ({"is_customer": True}, "customer"),
        ({"domain": "rival.example"}, "competitor"),
        ({"country": "Chile"}, "country"),
        ({"country": "Ruritania"}, "country"),
        ({"has_bounced": True}, "bounced"),
        ({"lost_on": date(2026, 3, 1)}, "lost_lately"),
    ],
)
def test_a_hard_reason_rules_out(known, code):
    assert codes(**known) == [(code, "hard")]


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"email": "ada@gmail.com", "domain": "gmail.com"}, "free_mail"),
        ({"email": "info@mill.example", "domain": "mill.example"}, "role_address"),
        ({"domain": "cs.uni-tuebingen.de"}, "education"),
        ({"domain": "college.edu"}, "education"),
        ({"company": "Peak Recruiting"}, "recruiter"),
        ({"employees": 4}, "size"),
        ({"employees": 10_001}, "size"),
        ({"name": "asdf"}, "name"),
        ({"name": "X"}, "name"),
        ({"name": "Ada 123"}, "name"),
    ],
)
def test_a_soft_reason_holds_the_grade_at_c(known, code):
    found = disqualifiers(Circumstances(**known), PROFILE, TODAY)

    assert [(one.code, one.is_hard) for one in found] == [(code, False)]
    assert [capped(grade, found) for grade in "ABCD"] == ["C", "C", "C", "D"]


def test_a_lost_deal_counts_for_ninety_days_and_says_when_it_ends():
    found = disqualifiers(Circumstances(lost_on=date(2026, 3, 1)), PROFILE, TODAY)

    assert found[0].expires == date(2026, 5, 30)
    assert codes(lost_on=date(2026, 1, 31)) == []


def test_a_new_trigger_lifts_a_lost_deal():
    assert codes(lost_on=date(2026, 3, 1), newest_trigger=date(2026, 4, 1)) == []


def test_what_somebody_lifted_holds_no_longer():
    assert codes(employees=4, lifted=frozenset({"size"})) == []


def test_hard_reasons_come_first():
    assert codes(employees=4, is_customer=True) == [("customer", "hard"), ("size", "soft")]


def test_points_are_left_alone_where_nothing_holds():
    assert capped("A", ()) == "A"
