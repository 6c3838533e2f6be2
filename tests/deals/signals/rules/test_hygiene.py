"""S19, S21, S25, S26, S28, S29: whether the record of the deal is what it should be."""

from dataclasses import replace

import pytest

from deals.signals.case import Twin
from deals.signals.finding import Severity, State
from deals.signals.judging import assess
from deals.signals.rules.forecast_mismatch import category_of
from deals.signals.settings import Settings
from tests.deals.signals.cases import ADA, TOM, ago, ahead, change, deal, got, judged, met, sent

AMBER, RED = Severity.AMBER, Severity.RED
CLEAR, UNKNOWN = State.CLEAR, State.UNKNOWN


# S19


def test_an_amount_is_not_asked_for_early():
    assert judged("S19", deal(amount=None, stage="Discovery")).state == CLEAR


def test_a_missing_amount_is_unknown_where_amounts_are_not_kept():
    assert judged("S19", deal(amount=None, unknown=frozenset({"amount"}))).state == UNKNOWN


def test_a_missing_amount_is_amber_with_a_proposal_and_red_in_negotiation():
    assert judged("S19", deal(amount=None)).severity == AMBER
    assert judged("S19", deal(amount=0, stage="Negotiation")).severity == RED


# S21


def test_a_deal_that_went_stage_by_stage_and_was_met_is_left_alone():
    assert judged("S21", deal()).state == CLEAR
    assert judged("S21", deal(stage="Discovery", touches=sent(3))).state == CLEAR


def test_evidence_is_unknown_where_nobodys_mail_is_known():
    assert judged("S21", deal(touches=(), unknown=frozenset({"activities"}))).state == UNKNOWN


def test_a_proposal_without_a_meeting_is_amber_and_red_in_negotiation():
    assert judged("S21", deal(touches=got(3))).sentence == "In “Proposal” with no meeting held"
    assert judged("S21", deal(touches=got(3))).severity == AMBER
    assert judged("S21", deal(touches=got(3), stage="Negotiation")).severity == RED


def test_two_skipped_stages_are_too_many():
    def leapt(start):
        return deal(stage="Negotiation", touches=met(5), history=(change(5, "stage", start, "Negotiation"),))

    assert judged("S21", leapt("Discovery")).state == CLEAR
    assert judged("S21", leapt("Contacted")).sentence == "Skipped 2 stages on the way to “Negotiation”"


# S25

BAD = {"close_date": ago(30), "touches": sent(60), "planned": (), "people": (), "next_step": ""}


def with_others(case):
    """S25 beside the signals it reads."""
    return assess(case, Settings(small_below=0)).finding("S25")


def test_a_forecast_that_promises_little_is_left_alone():
    assert with_others(deal(forecast_category="Pipeline", **BAD)).state == CLEAR


def test_a_sound_commit_is_left_alone():
    assert with_others(deal(forecast_category="Commit")).state == CLEAR


def test_a_forecast_is_unknown_without_category_and_probability():
    assert judged("S25", deal(forecast_category="", probability=None)).state == UNKNOWN


def test_a_best_case_in_poor_health_is_amber():
    assert with_others(deal(forecast_category="Best Case", **BAD)).severity == AMBER


def test_a_commit_with_a_serious_red_is_red():
    found = with_others(deal(forecast_category="Commit", close_date=ago(30)))

    assert found.severity == RED
    assert found.sentence.startswith("In the forecast as Commit, but: close date passed 30 days ago")


def test_the_health_read_is_the_one_without_the_forecast_itself():
    assessed = assess(deal(forecast_category="Best Case", **BAD), Settings(small_below=0))

    without = 100 - sum(line.points for line in assessed.health.lines if line.code != "S25")
    assert assessed.finding("S25").value == without


@pytest.mark.parametrize(("probability", "severity"), [(0.75, 0), (0.76, AMBER)])
def test_a_probability_far_above_the_stages_rate_is_amber(probability, severity):
    assert judged("S25", deal(probability=probability)).severity == severity


@pytest.mark.parametrize(
    ("text", "category"), [("Commit", "Commit"), ("BestCase", "Best Case"), ("best_case", "Best Case"), ("Omitted", "")]
)
def test_forecast_categories_as_systems_write_them(text, category):
    assert category_of(text) == category


# S26


def test_an_active_owner_of_long_standing_is_left_alone():
    assert judged("S26", deal()).state == CLEAR


def test_a_missing_owner_is_unknown_where_owners_are_not_kept():
    assert judged("S26", deal(owner_id=None, unknown=frozenset({"owner"}))).state == UNKNOWN


def test_no_owner_or_an_inactive_one_is_red():
    assert judged("S26", deal(owner_id=None)).severity == RED
    assert judged("S26", deal(is_owner_active=False)).severity == RED


def test_a_new_owner_who_has_not_been_in_touch_is_amber():
    handed = (change(14, "owner", "Jan", "Marta Quist"),)

    assert judged("S26", deal(history=handed, touches=got(15))).severity == AMBER
    assert judged("S26", deal(history=handed, touches=got(14))).state == CLEAR
    assert judged("S26", deal(history=(change(15, "owner", "Jan", "Marta Quist"),), touches=())).state == CLEAR


# S28

STRANGER = replace(
    ADA, contact_id=4, name="Lee Marsh", parts=(), role_ids=(14,), email_domain="otherfirm.example", account_id=9
)


def test_people_of_the_account_and_of_its_sub_domains_are_left_alone():
    near = replace(STRANGER, email_domain="mail.brightwater.example")

    assert judged("S28", deal(people=(ADA, TOM, near))).state == CLEAR


def test_somebody_a_person_confirmed_is_left_alone():
    assert judged("S28", deal(people=(ADA, replace(STRANGER, is_confirmed=True)))).state == CLEAR


def test_a_private_address_alone_tells_nothing():
    private = replace(STRANGER, email_domain="freemail.example", is_private_address=True, account_id=None)

    assert judged("S28", deal(people=(private,))).state == UNKNOWN
    assert judged("S28", deal(people=(ADA, private))).state == CLEAR


def test_somebody_who_only_took_part_in_a_mail_is_left_alone():
    assert judged("S28", deal(people=(ADA, replace(STRANGER, is_named=False)))).state == CLEAR


def test_a_fit_is_unknown_where_neither_address_nor_company_is_known():
    assert judged("S28", deal(account_domains=frozenset(), account_id=None)).state == UNKNOWN


def test_a_stranger_is_amber_and_as_champion_red():
    found = judged("S28", deal(people=(ADA, STRANGER)))

    assert (found.severity, found.evidence) == (AMBER, ("role:14", "contact:4"))
    assert found.sentence == "Lee Marsh does not fit Brightwater Foods: writes from otherfirm.example"
    assert judged("S28", deal(people=(replace(STRANGER, parts=ADA.parts),))).severity == RED


def test_a_stranger_without_an_address_is_told_by_the_company_listed():
    listed = replace(STRANGER, email_domain="", account_name="Otherfirm")

    assert judged("S28", deal(people=(listed,))).sentence.endswith("listed at Otherfirm")


# S29


def twin(**more):
    return Twin(**{"deal_id": 8, "name": "Forklifts", "base_amount": 90_000, "close_date": ahead(200)} | more)


def test_another_deal_of_the_account_is_left_alone():
    assert judged("S29", deal(twins=(twin(),))).state == CLEAR


def test_a_twin_is_unknown_without_an_account():
    assert judged("S29", deal(account_id=None)).state == UNKNOWN


def test_a_twin_by_name_is_amber():
    found = judged("S29", deal(twins=(twin(name="Extension cold store"),)))

    assert (found.severity, found.sentence) == (AMBER, "Looks like “Extension cold store”")


@pytest.mark.parametrize(
    ("amount", "days", "state"),
    [(52_600, 90, "fired"), (52_700, 90, "clear"), (50_000, 91, "clear"), (None, 60, "clear")],
)
def test_a_twin_by_amount_and_date(amount, days, state):
    assert judged("S29", deal(twins=(twin(base_amount=amount, close_date=ahead(days)),))).state == state
