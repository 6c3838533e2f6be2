"""S01, S02, S03, S16, S17, S23, S24: what happens, or does not, between us and them."""

from dataclasses import replace
from datetime import date

import pytest

from deals.signals.case import Touch
from deals.signals.finding import Severity, State
from deals.signals.rules.proposal_unanswered import business_days
from deals.signals.rules.unanswered import expected_days, reply_gaps
from tests.deals.signals.cases import ago, ahead, deal, got, in_order, judged, met, sent, touch

AMBER, RED = Severity.AMBER, Severity.RED
CLEAR, UNKNOWN = State.CLEAR, State.UNKNOWN
QUIET = {"planned": ()}


def meeting_in(days):
    return (Touch(activity_id=9, on=ahead(days), kind="meeting"),)


# S01


def test_no_activity_leaves_a_deal_alone_whose_last_contact_is_recent():
    assert judged("S01", deal(touches=got(9), **QUIET)).state == CLEAR


def test_no_activity_leaves_a_silent_deal_alone_that_meets_within_two_weeks():
    assert judged("S01", deal(touches=got(40), planned=meeting_in(14))).state == CLEAR
    assert judged("S01", deal(touches=got(40), planned=meeting_in(15))).severity == RED


def test_no_activity_is_unknown_where_nobodys_mail_is_known():
    assert judged("S01", deal(touches=(), unknown=frozenset({"activities"}))).state == UNKNOWN


def test_no_activity_takes_the_crms_own_date_where_activities_are_missing():
    found = judged("S01", deal(touches=(), last_activity_on=ago(12), unknown=frozenset({"activities"}), **QUIET))

    assert (found.severity, found.sentence) == (AMBER, "No activity for 12 days")


def test_no_activity_counts_from_creation_where_activities_are_known_and_there_is_none():
    assert judged("S01", deal(touches=(), created_on=ago(11), **QUIET)).value == 11


@pytest.mark.parametrize(
    ("stage", "amber", "red"),
    [("Contacted", 14, 28), ("Discovery", 10, 20), ("Proposal", 10, 20), ("Negotiation", 7, 14)],
)
def test_no_activity_is_judged_sooner_the_later_the_stage(stage, amber, red):
    says = [judged("S01", deal(stage=stage, touches=got(days), **QUIET)).severity for days in (amber - 1, amber, red)]

    assert says == [0, AMBER, RED]


def test_no_activity_points_at_the_last_contact():
    assert judged("S01", deal(touches=got(40, pk=77), **QUIET)).evidence == ("activity:77",)


# S02


@pytest.mark.parametrize(("gaps", "usual"), [((), 5), ((1, 1, 2, 1, 3), 3), ((9, 12, 8, 10, 14, 9), 8)])
def test_the_usual_answer_is_learnt_from_their_own(gaps, usual):
    assert expected_days(gaps) == usual


@pytest.mark.parametrize(("days", "severity"), [(10, 0), (11, AMBER), (20, AMBER), (21, RED)])
def test_no_answer_grows_with_the_days_since_our_first_unanswered_message(days, severity):
    assert judged("S02", deal(touches=sent(days, 2), **QUIET)).severity == severity


def test_no_answer_leaves_a_single_message_alone():
    assert judged("S02", deal(touches=sent(40), **QUIET)).state == CLEAR


def test_no_answer_leaves_a_deal_alone_where_they_spoke_last():
    assert judged("S02", deal(touches=(*sent(40, 30), *got(20)), **QUIET)).state == CLEAR


def test_a_meeting_or_a_call_answers_what_was_written():
    assert judged("S02", deal(touches=(*sent(40, 30), *met(20)), **QUIET)).state == CLEAR


def test_a_call_that_nobody_took_answers_nothing():
    missed = replace(touch(20, kind="call"), direction="out", is_reached=False)

    found = judged("S02", deal(touches=(*sent(40, 30), missed), **QUIET))

    assert (found.severity, len(found.evidence)) == (RED, 3)


def test_no_answer_is_unknown_where_senders_are_not_told():
    assert judged("S02", deal(touches=(touch(30, direction=""),), **QUIET)).state == UNKNOWN


def test_no_answer_names_the_person_and_what_is_usual():
    found = judged("S02", deal(touches=sent(24, 12, people=(2,)), **QUIET))

    assert found.sentence == "Tom Reyes has not answered for 24 days; usual is 5 days"
    assert len(found.evidence) == 2


def test_no_answer_yields_to_a_meeting_ahead():
    assert judged("S02", deal(touches=sent(24, 12), planned=meeting_in(5))).state == CLEAR


def test_reply_gaps_count_from_our_first_message():
    assert reply_gaps((*sent(30, 28), *got(25), *sent(20), *met(15), *sent(10), *got(9))) == [5, 1]


# S03


def test_never_answered_leaves_a_deal_alone_that_was_met_once():
    assert judged("S03", deal(touches=(*met(45), *sent(40, 30, 20, 10, 5)))).state == CLEAR


def test_never_answered_is_unknown_without_messages():
    assert judged("S03", deal(touches=())).state == UNKNOWN


def test_never_answered_grows_with_messages_and_age():
    says = [
        judged("S03", deal(touches=sent(*messages), created_on=ago(age))).severity
        for messages, age in [
            ((9, 5), 14),
            ((9, 5, 2), 13),
            ((9, 5, 2), 14),
            ((9, 8, 7, 5, 2), 29),
            ((9, 8, 7, 5, 2), 30),
        ]
    ]

    assert says == [0, 0, AMBER, AMBER, RED]


# S16


def fortnights(now, before):
    return deal(touches=in_order(got(*range(1, 1 + now)), got(*range(14, 14 + before))))


def test_engagement_leaves_a_deal_alone_that_had_little_before():
    assert judged("S16", fortnights(0, 3)).state == CLEAR


def test_engagement_is_unknown_without_activities():
    assert judged("S16", deal(touches=(), unknown=frozenset({"activities"}))).state == UNKNOWN


@pytest.mark.parametrize(
    ("now", "before", "severity"), [(2, 8, 0), (1, 4, 0), (1, 5, AMBER), (2, 9, AMBER), (1, 8, AMBER), (0, 4, RED)]
)
def test_engagement_is_compared_with_the_two_fortnights_before(now, before, severity):
    assert judged("S16", fortnights(now, before)).severity == severity


# S17


def test_one_sided_leaves_few_messages_alone():
    assert judged("S17", deal(touches=sent(5, 4, 3, 2, 1))).state == CLEAR


def test_one_sided_is_unknown_where_senders_are_not_told():
    assert judged("S17", deal(touches=met(3))).state == UNKNOWN


@pytest.mark.parametrize(("ours", "theirs", "severity"), [(8, 2, 0), (9, 2, AMBER), (9, 1, AMBER), (10, 1, RED)])
def test_one_sided_grows_with_our_share(ours, theirs, severity):
    talk = in_order(sent(*range(1, 1 + ours)), got(*range(1, 1 + theirs)))

    assert judged("S17", deal(touches=talk)).severity == severity


# S23


def test_no_meeting_leaves_a_deal_alone_that_has_one_planned_or_is_early():
    assert judged("S23", deal(touches=met(60), planned=meeting_in(40))).state == CLEAR
    assert judged("S23", deal(stage="Discovery", touches=met(60), **QUIET)).state == CLEAR


def test_no_meeting_is_unknown_without_activities():
    assert judged("S23", deal(unknown=frozenset({"activities"}))).state == UNKNOWN


@pytest.mark.parametrize(("days", "severity"), [(21, 0), (22, AMBER), (35, AMBER), (36, RED)])
def test_no_meeting_grows_with_the_days(days, severity):
    assert judged("S23", deal(touches=met(days), **QUIET)).severity == severity


# S24


def offer(days_ago):
    return sent(days_ago, subject="Our proposal for the cold store")


def test_a_proposal_that_was_answered_or_never_sent_is_left_alone():
    assert judged("S24", deal(touches=(*offer(30), *got(20)))).state == CLEAR
    assert judged("S24", deal(touches=sent(30, subject="Lunch?"))).state == CLEAR


def test_an_unanswered_proposal_is_unknown_where_senders_are_not_told():
    assert judged("S24", deal(touches=())).state == UNKNOWN


@pytest.mark.parametrize(("days", "severity"), [(7, 0), (8, AMBER), (14, AMBER), (15, RED)])
def test_an_unanswered_proposal_counts_business_days(days, severity):
    assert judged("S24", deal(touches=offer(days))).severity == severity


def test_business_days_leave_weekends_out():
    friday, monday = date(2026, 3, 27), date(2026, 3, 30)

    assert (business_days(friday, monday), business_days(friday, friday)) == (1, 0)
    assert business_days(date(2026, 3, 2), date(2026, 3, 31)) == 21
