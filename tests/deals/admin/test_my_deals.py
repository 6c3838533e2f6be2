"""My deals: seven sentences at most, put aside and taken back."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from deals.models import Assessment, Colleague, ExchangeRate, Snooze
from deals.signals.reassessing import reassess
from deals.tasks import send_week
from governance.models import Organisation
from pipeline.models import Decision
from tests.deals.admin.reading import words
from tests.deals.factories import make_account, make_deal, make_file

TODAY = date(2026, 3, 9)
NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    # The clock stands still, so nothing tells one test's deals from the last one's.
    monkeypatch.setattr("deals.signals.backdrop._REMEMBERED", {})
    Organisation.objects.update_or_create(pk=1, defaults={"base_currency": "EUR"})


def late_deal(number=1, **fields):
    """Its close date has passed for `number` days; nothing else is wrong that could be known."""
    given = {
        "stage": "Proposal", "pipeline": "Sales", "amount": Decimal(1000 * number), "currency": "EUR",
        "created_on": date(2026, 2, 1), "close_date": TODAY - timedelta(days=number), "next_step": "Call",
        "probability": 0.5,
    } | fields  # fmt: skip
    deal = make_deal(f"Deal {number}", f"d{number}", make_file(f"{number}.csv"), **given)
    reassess([deal.pk], NOW)
    return deal


def mine(client, **query):
    return client.get(reverse("deals"), query)


def aside(client, deal, code="S06", **entered):
    return client.post(reverse("put_aside", args=[deal.pk, code]), entered, follow=True)


def test_without_deals_it_says_what_to_do(viewer):
    assert "No open deals" in words(mine(viewer))


def test_before_the_first_assessment_it_offers_one(operator):
    make_deal(created_on=date(2026, 2, 1))

    assert "Nobody has looked at your deals yet" in words(mine(operator))


def test_at_most_seven_are_shown_and_the_rest_counted(viewer):
    for number in range(1, 10):
        late_deal(number)

    said = words(mine(viewer))

    assert said.count("Close date passed") == 7
    assert "2 more with something to tell" in said


def test_what_is_worth_most_comes_first(viewer):
    late_deal(1)
    late_deal(9)

    said = words(mine(viewer))

    assert said.index("Deal 9") < said.index("Deal 1")


def test_a_sentence_has_its_step_its_record_and_its_line(viewer):
    late_deal(4, account=make_account("Brightwater", key="k"))

    said = words(mine(viewer))

    assert "Close date passed 4 days ago (5 March 2026)" in said
    assert "Agree on a new date with the customer" in said
    assert "4.csv, line 2" in said


def test_own_deals_come_first_where_the_login_is_a_colleagues(viewer, django_user_model):
    marta = Colleague.objects.create(name="Marta Quist", user=django_user_model.objects.get(username="viewer"))
    late_deal(1, owner=marta)
    late_deal(2)

    assert ("Deal 1" in words(mine(viewer)), "Deal 2" in words(mine(viewer))) == (True, False)
    assert "Deal 2" in words(mine(viewer, owner="all"))


def test_done_takes_a_sentence_off_the_list_and_can_be_taken_back(operator):
    deal = late_deal()

    said = words(aside(operator, deal, act="done"))

    assert "Nothing needs you" in said and "It returns in a week if nothing came of it" in said
    assert Assessment.objects.get(deal=deal, is_latest=True).health == 93
    operator.post(reverse("take_back", args=[Snooze.objects.get().pk]))
    assert "Close date passed 1 day ago" in words(mine(operator))


def test_a_snooze_raises_the_health_while_it_lasts(operator):
    deal = late_deal()

    said = words(aside(operator, deal, act="snooze", until="2026-03-20", reason="They are on holiday"))

    assert "Snoozed until 20 March" in said
    assert Assessment.objects.get(deal=deal, is_latest=True).health == 100


def test_a_snooze_without_a_reason_is_refused_in_a_sentence(operator):
    said = words(aside(operator, late_deal(), act="snooze", until="2026-03-20", reason=""))

    assert "Say why it may wait; a few words are enough." in said
    assert not Snooze.objects.exists()


def test_a_viewer_may_look_and_put_nothing_aside(viewer):
    deal = late_deal()

    assert aside(viewer, deal, act="done").status_code == 403
    assert "Snooze" not in words(mine(viewer))


def test_a_deal_in_a_currency_without_a_rate_is_said_to_be_left_out(operator):
    late_deal(currency="GBP")
    assert "1 deal is in a currency without a rate to EUR" in words(mine(operator))

    ExchangeRate.objects.create(currency="GBP", valid_from=date(2026, 1, 1), rate="1.2")
    reassess(Assessment.objects.values_list("deal", flat=True), NOW)

    assert "without a rate" not in words(mine(operator))


def test_the_quarter_adds_up_by_owner(viewer):
    marta = Colleague.objects.create(name="Marta Quist")
    late_deal(1, owner=marta, forecast_category="Commit")
    late_deal(2, owner=marta, is_closed=True, is_won=True, stage="Closed Won")
    late_deal(3)

    said = words(viewer.get(reverse("quarter")))

    assert "Marta Quist 2 deals 2,000 1,000" in said
    assert "Everybody 3 deals 2,000 1,000 0 0 3,000" in said


def test_the_week_names_what_is_worse_than_a_week_ago(viewer):
    for number, before in ((1, "good"), (2, "critical"), (3, None)):
        now = Assessment.objects.get(deal=late_deal(number))
        Assessment.objects.filter(pk=now.pk).update(band="watch")
        if before:
            decision = Decision.objects.create(subject=now.decision.subject, label=before, layer="signals",
                                               created_at=NOW)  # fmt: skip
            Assessment.objects.create(
                deal=now.deal, decision=decision, as_of=TODAY - timedelta(days=8), assessed_at=NOW, health=90,
                completeness=1, attention=1, band=before, is_latest=False,
            )  # fmt: skip

    said = words(viewer.get(reverse("weekly_report")))

    assert said[said.index("Worse") :].partition(" AI ")[0] == "Worse than a week ago Deal 1 : good → watch"


def test_the_week_is_a_page_and_an_e_mail_on_mondays(viewer, mailoutbox):
    late_deal(3)
    assert "Close date passed 3 days ago" in words(viewer.get(reverse("weekly_report")))
    viewer.post(reverse("weekly_report"), {"mail": "1"})

    assert [send_week(), send_week()] == [1, 0]
    assert "- Deal 3 (3,000 EUR): Close date passed 3 days ago" in mailoutbox[0].body
    assert "Of it at risk" in mailoutbox[0].body
