"""Deals stand the way that makes the later signals fire for some and stay quiet for others."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

from rapidfuzz import fuzz

from deals.sample.world import build_world
from tests.deals.sample.files import AS_OF, rows

WORLD = build_world(as_of=AS_OF, scale=1, seed=7)


def deals(plot):
    return [deal for deal in WORLD.deals if deal.plot.name == plot]


def talks(deal):
    return [
        a for a in WORLD.activities if a.deal is deal and not a.is_planned and a.kind in {"email", "call", "meeting"}
    ]


def days_since(activity):
    return (AS_OF - activity.when.date()).days


def test_healthy_deals_give_no_cause_for_alarm():
    for deal in deals("healthy"):
        assert days_since(max(talks(deal), key=lambda a: a.when)) <= 8
        assert deal.now.close > AS_OF
        assert deal.next_step
        assert len({c.id for a in talks(deal) for c in a.contacts}) >= 2
        assert any(a.is_planned for a in WORLD.activities if a.deal is deal)


def test_won_and_lost_deals_are_closed_on_their_close_date():
    assert (len(deals("won")), len(deals("lost"))) == (18, 14)
    for deal in (*deals("won"), *deals("lost")):
        assert deal.now.close == deal.now.when.date()
        assert deal.now.close < AS_OF


def test_silent_deals_have_heard_nothing_for_three_weeks():
    for deal in deals("silent"):
        assert days_since(max(talks(deal), key=lambda a: a.when)) >= 21
        assert deal.next_step == ""


def test_unanswered_deals_end_with_messages_of_ours():
    for deal in deals("ghosted"):
        after = sorted(talks(deal), key=lambda a: a.when)[-3:]
        assert not any(activity.is_inbound for activity in after)


def test_overdue_deals_should_have_closed():
    assert len(deals("overdue")) == 6
    assert all(deal.now.close < AS_OF and not deal.is_closed for deal in deals("overdue"))


def test_pushed_deals_were_moved_at_least_twice():
    for deal in deals("pushed"):
        closes = [change.close for change in deal.changes]
        moves = sum(after > before for before, after in pairwise(closes))
        assert moves >= 2


def test_shrunk_deals_lost_a_fifth_or_more_within_sixty_days():
    for deal in deals("shrunk"):
        peak = max(change.amount for change in deal.changes if change.when.date() > AS_OF - timedelta(days=60))
        assert deal.now.amount <= 0.8 * peak


def test_stuck_deals_have_been_in_their_stage_for_two_months():
    for deal in deals("stuck"):
        entered = [
            c.when for b, c in zip((None, *deal.changes), deal.changes, strict=False) if not b or b.stage != c.stage
        ]
        assert (AS_OF - entered[-1].date()).days >= 55


def test_single_troubles_are_there():
    assert all(len(deal.contacts) == 1 for deal in deals("one_person"))
    assert all(deal.contacts[0].id in WORLD.departed for deal in deals("champion_left"))
    assert all(deal.contacts[-1].account is not deal.account for deal in deals("stranger"))
    assert [deal.owner.is_active for deal in deals("no_owner")] == [False]
    assert [deal.now.amount for deal in deals("no_amount")] == [None]
    assert [change.stage for change in deals("moved_back")[0].changes] == [0, 1, 2, 3, 2]


def test_one_deal_looks_like_another_of_the_same_firm():
    (twin,) = deals("look_alike")

    others = [d for d in WORLD.deals if d.account is twin.account and d is not twin and not d.is_closed]
    assert max(fuzz.token_sort_ratio(twin.name.lower(), other.name.lower()) for other in others) >= 88


def test_deals_are_spread_over_both_systems_and_name_buying_roles():
    systems = Counter(deal.system for deal in WORLD.deals)

    assert min(systems.values()) >= 30
    roles = Counter(role for row in rows("contacts") for role in row["Buying Role"].split(";") if role)
    assert {"Champion", "Decision Maker", "Budget Holder"} <= set(roles)


def test_last_and_next_activity_are_those_of_the_activity_files():
    stamps = {}
    for name in ("-calls-", "-emails-", "-meetings-", "-notes-"):
        for row in rows(name):
            stamps.setdefault(row["Associated Deal IDs"], []).append(row["Activity date"])

    now = datetime.combine(AS_OF, datetime.min.time()).isoformat(" ", "minutes")
    for deal in rows("deals"):
        past = [stamp for stamp in stamps[deal["Record ID"]] if stamp < now]
        assert deal["Last Activity Date"] == max(past)
        assert deal["Next Activity Date"] == min((s for s in stamps[deal["Record ID"]] if s > now), default="")


def test_what_is_written_varies():
    subjects = Counter(row["Subject"] for row in rows("Task.csv"))
    bodies = Counter(row["Email body"] for row in rows("-emails-"))

    assert len(subjects) >= 200
    assert max(subjects.values()) / len(rows("Task.csv")) < 0.05
    assert len(bodies) / len(rows("-emails-")) > 0.7
    assert not any("{" in row["Subject"] + row["Description"] for row in rows("Task.csv"))
