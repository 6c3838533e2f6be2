"""S10 to S15 and S22: who takes part, who signs, who fights for us, and what we know of it."""

from dataclasses import replace

import pytest

from deals.signals.case import Tie
from deals.signals.finding import Severity, State
from deals.signals.rules.qualification_gap import ITEMS, score
from tests.deals.signals.cases import ADA, TOM, ago, deal, got, in_order, judged, met, sent

AMBER, RED = Severity.AMBER, Severity.RED
CLEAR, UNKNOWN = State.CLEAR, State.UNKNOWN
NOBODYS_MAIL = frozenset({"activities"})
NO_ROLES = frozenset({"roles"})
USER = replace(ADA, contact_id=3, name="Ines Wolff", title="Planner", parts=(), role_ids=(13,))


# S10


def engaged(*people, stage="Discovery", **more):
    return deal(stage=stage, touches=in_order(*(got(5, people=(one,)) for one in people), sent(4, people=(8,))), **more)


def test_few_people_leaves_an_early_deal_and_two_people_alone():
    assert judged("S10", engaged(stage="Contacted")).state == CLEAR
    assert judged("S10", engaged(1, 2)).state == CLEAR


def test_few_people_is_unknown_where_nobodys_mail_is_known():
    assert judged("S10", deal(unknown=NOBODYS_MAIL)).state == UNKNOWN


def test_one_person_is_amber_in_the_middle_and_red_late():
    assert judged("S10", engaged(1)).severity == AMBER
    assert judged("S10", engaged(1, stage="Negotiation")).severity == RED


def test_a_large_deal_wants_three_people_late():
    assert judged("S10", engaged(1, 2, stage="Negotiation", base_amount=79_999)).state == CLEAR
    assert judged("S10", engaged(1, 2, stage="Negotiation", base_amount=80_000)).severity == RED


def test_people_we_only_wrote_to_and_people_of_long_ago_are_not_engaged():
    silent = deal(touches=in_order(got(46, people=(1,)), met(46), sent(3, people=(2,))))

    assert judged("S10", silent).sentence == "Nobody there is engaged"


# S11


def without_buyer(stage="Proposal", people=(ADA,), **more):
    return deal(stage=stage, people=people, **more)


def test_no_economic_buyer_leaves_an_early_deal_and_a_named_one_alone():
    assert judged("S11", without_buyer("Discovery")).state == CLEAR
    assert judged("S11", deal(stage="Negotiation")).state == CLEAR


def test_no_economic_buyer_is_unknown_where_nobody_is_known():
    assert judged("S11", without_buyer(people=(), unknown=NO_ROLES)).state == UNKNOWN


def test_no_economic_buyer_is_amber_with_a_proposal_and_red_in_negotiation():
    assert judged("S11", without_buyer()).severity == AMBER
    assert judged("S11", without_buyer("Negotiation")).severity == RED


def test_a_title_is_a_guess_and_names_no_buyer():
    found = judged("S11", without_buyer(people=(ADA, replace(TOM, parts=()))))

    assert found.sentence == "Economic buyer not confirmed: perhaps Tom Reyes, by title"


def test_the_champion_is_asked_for_the_introduction():
    assert judged("S11", without_buyer()).suggested_step == "Ask Ada Okafor for an introduction to whoever signs."


def test_a_colleague_who_knows_somebody_senior_there_is_named_beside_the_champion():
    tie = Tie(colleague="Marta Quist", contact_id=9, name="Vera Holt", title="CFO")

    step = judged("S11", replace(without_buyer(), senior_ties=(tie,))).suggested_step

    assert step.endswith("to whoever signs. Marta Quist knows Vera Holt, CFO, there well.")


# S12


def buyer_met(days, stage="Proposal"):
    return deal(stage=stage, touches=met(days, people=(2,)))


def test_a_buyer_met_lately_or_not_named_is_left_alone():
    assert judged("S12", buyer_met(30)).state == CLEAR
    assert judged("S12", deal(people=(ADA,), touches=())).state == CLEAR


def test_a_buyer_not_met_is_unknown_where_nobodys_mail_is_known():
    assert judged("S12", deal(unknown=NOBODYS_MAIL)).state == UNKNOWN


def test_a_buyer_not_met_is_amber_with_a_proposal_and_red_in_negotiation():
    assert judged("S12", buyer_met(31)).severity == AMBER
    assert judged("S12", buyer_met(31, "Negotiation")).severity == RED


def test_writing_to_the_buyer_is_not_meeting_them():
    found = judged("S12", deal(touches=sent(3, people=(2,))))

    assert found.sentence == "Tom Reyes, who signs, was not in touch so far"


# S13


def test_no_champion_leaves_an_early_deal_alone():
    assert judged("S13", deal(stage="Discovery", people=(TOM,))).state == CLEAR


def test_no_champion_is_unknown_where_nobody_is_known():
    assert judged("S13", deal(people=(), unknown=NO_ROLES)).state == UNKNOWN


def test_no_champion_is_amber_with_a_proposal_and_red_in_negotiation():
    assert judged("S13", deal(people=(TOM,))).severity == AMBER
    assert judged("S13", deal(stage="Negotiation", people=(TOM,))).severity == RED


# S14


@pytest.mark.parametrize(
    ("stage", "days", "severity"),
    [
        ("Proposal", 14, 0),
        ("Proposal", 15, AMBER),
        ("Negotiation", 7, 0),
        ("Negotiation", 8, AMBER),
        ("Proposal", 31, RED),
    ],
)
def test_a_champions_silence_counts_sooner_late(stage, days, severity):
    assert judged("S14", deal(stage=stage, touches=(*got(days), *sent(1)))).severity == severity


def test_a_deal_without_a_champion_has_no_silent_one():
    assert judged("S14", deal(people=(TOM,))).state == CLEAR
    assert judged("S14", deal(people=(), unknown=NO_ROLES)).state == UNKNOWN


def test_a_champions_silence_is_unknown_where_nobodys_mail_is_known():
    assert judged("S14", deal(unknown=NOBODYS_MAIL)).state == UNKNOWN


# S15


def test_people_who_are_there_and_a_user_who_left_are_left_alone():
    assert judged("S15", deal(people=(ADA, replace(USER, has_left=True)))).state == CLEAR


def test_a_departure_is_unknown_where_no_key_person_is_named():
    assert judged("S15", deal(people=(USER,))).state == UNKNOWN


def test_a_champion_who_left_is_red_at_once_and_the_proof_is_shown():
    gone = replace(ADA, has_left=True, left_evidence=("contact:1",))

    found = judged("S15", deal(people=(gone, USER)))

    assert (found.severity, found.sentence) == (RED, "Ada Okafor, champion, seems to have left")
    assert found.evidence == ("contact:1", "role:11")
    assert found.suggested_step.startswith("Ask Ines Wolff who takes over")


def test_where_no_part_is_known_the_person_we_deal_with_most_counts():
    gone = replace(USER, has_left=True, left_evidence=("contact:3",))
    other = replace(USER, contact_id=4, name="Lee Marsh")

    assert judged("S15", deal(people=(gone, other), touches=got(5, people=(4,)))).state == UNKNOWN
    assert judged("S15", deal(people=(gone, other), touches=got(5, people=(3,)))).severity == AMBER


# S22


def known(percent, stage):
    """`percent` is a multiple of 5: eight items at 0.4, 0.8 or 1."""
    levels = {0: {}, 20: {0: "claimed", 1: "quoted", 2: "claimed"}, 25: {0: "confirmed", 1: "confirmed"}}[percent]
    return deal(stage=stage, qualification={ITEMS[i]: level for i, level in levels.items()})


def test_evidence_weighs_more_than_a_claim():
    assert score(dict.fromkeys(ITEMS, "claimed")) == pytest.approx(40)
    assert score(dict.fromkeys(ITEMS, "quoted")) == pytest.approx(80)
    assert score(dict.fromkeys(ITEMS, "confirmed")) == 100


def test_qualification_leaves_an_early_deal_and_an_informed_one_alone():
    assert judged("S22", known(0, "Contacted")).state == CLEAR
    assert judged("S22", known(25, "Discovery")).state == CLEAR


def test_qualification_is_unknown_where_nobody_looked():
    assert judged("S22", deal(qualification=None)).state == UNKNOWN


def test_qualification_a_little_short_is_amber_and_far_short_red():
    assert judged("S22", known(20, "Discovery")).severity == AMBER
    assert judged("S22", known(25, "Proposal")).severity == RED
    assert judged("S22", known(0, "Discovery")).severity == RED


def test_a_person_who_was_never_heard_of_counts_from_the_deals_creation():
    assert judged("S14", deal(touches=sent(3), created_on=ago(20))).value == 20
