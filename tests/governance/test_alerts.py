"""Alerts: each kind once per budget and month, to whoever owns the budget, by notice and by e-mail."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from governance import alerts, budgets, gateway, tasks
from governance.models import Alert, Attempt, Budget, Rollup
from tests.governance.factories import make_model, make_plan, question, this_month

pytestmark = pytest.mark.django_db


def held(model, version, number, amount=100_000):
    """An attempt with money held, ready to be settled."""
    now = timezone.now()
    attempt = Attempt(
        fingerprint=f"f{number}", model=model, price=model.prices.get(), plan_version=version, day=this_month(),
        task="match-contacts", tier="light", run_key="run:1", layer="ask-light", subject_key=str(number),
        reserved_microusd=amount, max_output_tokens=9, started_at=now,
    )  # fmt: skip
    return budgets.reserve(attempt, [], lease=timedelta(seconds=30))


def spend(model, version, number, cost=100_000):
    budgets.settle(held(model, version, number), budgets.Settlement(cost_microusd=cost), now=timezone.now())


def kinds():
    return sorted(Alert.objects.values_list("kind", flat=True))


def use(model, cost, *days_ago, today):
    for ago in days_ago:
        Rollup.objects.create(day=today - timedelta(days=ago), model=model, task="t", attempts=1, cost_microusd=cost)


@pytest.mark.django_db(transaction=True)
def test_below_four_fifths_nobody_is_told():
    model, version = make_model(), make_plan()

    for number in range(7):
        spend(model, version, number)

    assert kinds() == []


@pytest.mark.django_db(transaction=True)
def test_at_80_and_at_100_percent_one_alert_each():
    model, version = make_model(), make_plan()

    for number in range(8):
        spend(model, version, number)
    assert kinds() == ["near"]
    spend(model, version, 8)
    assert kinds() == ["near"]
    spend(model, version, 9)

    assert kinds() == ["full", "near"]
    assert str(Alert.objects.get(kind="near")) == (
        f"$0.80 of the $1.00 for practice-light in {this_month():%B} is spent."
    )


@pytest.mark.django_db(transaction=True)
def test_the_overall_limit_has_alerts_of_its_own():
    model, version = make_model(), make_plan()
    Budget.objects.set_limit(None, this_month(), 200_000)

    spend(model, version, 1)
    spend(model, version, 2)

    assert {alert.budget.model for alert in Alert.objects.all()} == {None}
    assert kinds() == ["full", "near"]


@pytest.mark.django_db(transaction=True)
def test_many_settlements_at_once_give_each_alert_once():
    model, version = make_model(), make_plan()
    attempts = [held(model, version, number) for number in range(10)]

    def settle(attempt):
        budgets.settle(attempt, budgets.Settlement(cost_microusd=100_000), now=timezone.now())
        connection.close()

    threads = [threading.Thread(target=settle, args=(attempt,)) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert kinds() == ["full", "near"]


@pytest.mark.django_db(transaction=True)
def test_a_question_that_no_longer_fits_is_told_of_once(practice_endpoint):
    make_model(practice_endpoint.base_url, limit_microusd=10)
    make_plan()

    for text in ("one", "two", "three"):
        gateway.ask([question(text)], gateway.CallContext(run_key="run:1"))

    assert kinds() == ["full"]
    assert "does not cover the next question ($0.00 is spent)" in str(Alert.objects.get())


def test_a_limit_lowered_below_what_is_spent_is_found_by_the_clock():
    model = make_model()
    Budget.objects.filter(model=model).update(spent_microusd=300_000)

    assert tasks.watch_budgets() == 0
    Budget.objects.set_limit(model, this_month(), 300_000)

    assert tasks.watch_budgets() == 2
    assert tasks.watch_budgets() == 0
    assert kinds() == ["full", "near"]


def month_with_spending(limit):
    """The 20th of a month of 30 days; $0.02 on each of the last ten days."""
    now = datetime(2026, 9, 20, 12, tzinfo=UTC)
    model = make_model(limit_microusd=None)
    Budget.objects.create(model=model, month=now.date().replace(day=1), limit_microusd=limit, spent_microusd=200_000)
    use(model, 20_000, *range(1, 11), today=now.date())
    return now


def test_a_pace_that_stays_below_the_limit_is_fine():
    assert alerts.watch(month_with_spending(limit=430_000)) == 0


def test_a_pace_that_passes_the_limit_is_told_of_once():
    now = month_with_spending(limit=400_000)

    assert (alerts.watch(now), alerts.watch(now)) == (1, 0)
    assert str(Alert.objects.get()) == (
        "At the present pace practice-light will come to $0.42 by the end of September; the limit is $0.40."
    )


def test_two_days_of_spending_are_no_pace():
    model, now = make_model(limit_microusd=None), datetime(2026, 9, 20, 12, tzinfo=UTC)
    Budget.objects.create(model=model, month=now.date().replace(day=1), limit_microusd=100_000)
    use(model, 90_000, 1, 2, today=now.date())

    assert alerts.watch(now) == 0


def give(model, owner=None):
    Budget.objects.filter(model=model).update(owner=owner)
    budget = Budget.objects.get(model=model)
    alerts.refused(budget)
    return Alert.objects.get(budget=budget)


def test_without_a_mail_server_nothing_is_sent(person):
    give(make_model(), person("Budget owner"))

    assert tasks.send_alerts() == 0
    assert mail.outbox == []


def test_the_owner_gets_one_mail(person, settings):
    settings.EMAIL_HOST = "mail.example.com"
    person("Budget owner", username="another")
    give(make_model(), person("Budget owner", username="olga"))

    assert (tasks.send_alerts(), tasks.send_alerts()) == (1, 0)
    assert [message.to for message in mail.outbox] == [["olga@example.com"]]
    assert mail.outbox[0].subject.startswith("Winnow: no further question fits (practice-light")


def test_a_budget_without_an_owner_is_everybodys_who_may_set_it(person, settings):
    settings.EMAIL_HOST = "mail.example.com"
    person("Budget owner", username="olga"), person("Budget owner", username="otto"), person("Viewer")
    give(make_model())

    tasks.send_alerts()

    assert mail.outbox[0].to == ["olga@example.com", "otto@example.com"]


def test_a_mail_server_that_is_down_is_tried_again_later(person, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    give(make_model(), person("Budget owner"))

    assert tasks.send_alerts() == 0
    settings.EMAIL_BACKEND = working

    assert alerts.deliver(timezone.now()) == 0
    assert alerts.deliver(timezone.now() + timedelta(minutes=11)) == 1


def test_the_notice_stands_on_money_and_home_until_its_owner_dismisses_it(client_of):
    client = client_of("Budget owner")
    alert = give(make_model())
    pages = [reverse("money"), reverse("admin:index")]
    assert all("does not cover the next question" in client.get(page).content.decode() for page in pages)

    client.post(reverse("money_dismiss_alert", args=[alert.pk]))

    assert not any("does not cover the next question" in client.get(page).content.decode() for page in pages)


def test_somebody_elses_notice_is_neither_shown_nor_dismissed(client_of, person):
    alert = give(make_model(), person("Budget owner", username="olga"))
    client = client_of("Budget owner")

    assert "does not cover" not in client.get(reverse("money")).content.decode()
    assert client.post(reverse("money_dismiss_alert", args=[alert.pk])).status_code == 404
    assert client_of("Viewer").post(reverse("money_dismiss_alert", args=[alert.pk])).status_code == 403


def test_who_sets_a_limit_owns_the_budget_also_next_month(client_of):
    model = make_model()
    client_of("Budget owner").post(reverse("money_set_limit"), {"budget": model.pk, "limit": "7"})
    following = this_month() + timedelta(days=31)

    Budget.objects.open_month(following.replace(day=1))

    owners = {budget.owner.username for budget in Budget.objects.filter(model=model)}
    assert owners == {"budget-owner"}
