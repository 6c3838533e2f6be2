"""Money: limits in plain words, sums that agree with the ledger, practice money apart, and the switch."""

from datetime import date

import pytest
from django.urls import reverse

from governance.models import Budget, LanguageModel, Organisation
from pipeline.admin.money import read_amount
from pipeline.models import Subject
from tests.governance.factories import make_model, make_plan, this_month
from tests.pipeline.admin.world import NAME, attempt, full_run, spend


def page_of(client, **query):
    return client.get(reverse("money"), query).content.decode()


def set_limit(client, budget, limit, **more):
    return client.post(reverse("money_set_limit"), {"budget": budget, "limit": limit, **more}, follow=True)


def wait(number):
    Subject.objects.bulk_create(
        Subject(pipeline="match-people", object_id=i, is_ask_due=True, state="review") for i in range(number)
    )


@pytest.fixture
def model(db):
    return make_model(name="small-1", label="Small 1", is_practice=False, limit_microusd=10_000_000)


@pytest.mark.parametrize(
    ("text", "microusd"),
    [("12", 12_000_000), ("12.5", 12_500_000), ("$1,200.00", 1_200_000_000), ("0", 0), (" 0.000001 ", 1)],
)
def test_amounts_are_read_as_people_write_them(text, microusd):
    assert read_amount(text) == microusd


@pytest.mark.parametrize("text", ["", "-1", "12,5", "1e9", "NaN", "12.5 €", "1,23,456", "9" * 30, "٣"])
def test_anything_else_is_no_amount(text):
    assert read_amount(text) is None


def test_an_empty_month_has_a_page(client_of, db):
    html = page_of(client_of("Viewer"))

    assert "No model was asked in" in html
    assert "No overall limit" in html


def test_a_month_that_is_no_month_shows_the_current_one(client_of, model):
    assert f"Money, {this_month():%B %Y}" in page_of(client_of("Viewer"), month="2026-99'")


def test_limit_spent_held_and_left_are_shown(client_of, model):
    Budget.objects.update(spent_microusd=2_500_000, reserved_microusd=1_000_000)

    html = page_of(client_of("Viewer"))

    for figure in ("$2.50</b> spent", "$1.00</b> held", "$6.50</b> left", "of $10.00"):
        assert figure in html


def test_a_viewer_sees_no_form_and_can_not_set_a_limit(client_of, model):
    client = client_of("Viewer")

    assert 'name="limit"' not in page_of(client)
    assert set_limit(client, model.pk, "1").status_code == 403
    assert Budget.objects.get().limit_microusd == 10_000_000


def test_an_operator_is_no_budget_owner(client_of, model):
    assert set_limit(client_of("Operator"), model.pk, "1").status_code == 403


def test_a_budget_owner_sets_a_limit(client_of, model):
    html = set_limit(client_of("Budget owner"), model.pk, "25.50").content.decode()

    assert f"Small 1: the limit for {this_month():%B %Y} is now $25.50." in html
    assert Budget.objects.get().limit_microusd == 25_500_000


def test_a_limit_below_what_is_spent_is_answered_by_its_consequence_first(client_of, model):
    Budget.objects.update(spent_microusd=5_000_000)
    wait(12)

    html = set_limit(client_of("Budget owner"), model.pk, "3").content.decode()

    month = f"{this_month():%B %Y}"
    assert f"No further question will be asked to Small 1 in {month}: $5.00 is spent, the limit is $3.00." in html
    assert "Cases wait for a person or the next month. 12 cases wait now." in html
    assert "Set it anyway" in html
    assert Budget.objects.get().limit_microusd == 10_000_000


def test_the_confirmed_limit_is_set_and_its_consequence_stays_on_the_page(client_of, model):
    Budget.objects.update(spent_microusd=5_000_000)
    client = client_of("Budget owner")

    html = set_limit(client, model.pk, "3", confirmed="1").content.decode()

    assert Budget.objects.get().limit_microusd == 3_000_000
    assert "No further question will be asked to Small 1" in html


def test_a_limit_of_nothing_needs_confirmation_too(client_of, model):
    html = set_limit(client_of("Budget owner"), "all", "0").content.decode()

    assert "No further question will be asked to any model" in html
    assert not Budget.objects.filter(model=None).exists()


def test_what_is_no_amount_is_said_at_the_field(client_of, model):
    html = set_limit(client_of("Budget owner"), model.pk, "<b>12</b>").content.decode()

    assert "“&lt;b&gt;12&lt;/b&gt;” is no amount; write dollars such as 12.50." in html


def test_a_model_without_a_limit_is_listed_and_can_get_one(client_of):
    model = make_model(name="new", label="New one", limit_microusd=None)
    client = client_of("Budget owner")

    assert "No limit is set, so it is not asked." in page_of(client)
    set_limit(client, model.pk, "5")

    assert Budget.objects.get().limit_microusd == 5_000_000


@pytest.mark.parametrize("budget", ["", "x", "999999", "1" * 40])
def test_a_budget_that_does_not_exist_is_not_found(client_of, model, budget):
    assert set_limit(client_of("Budget owner"), budget, "5").status_code == 404


def test_most_of_a_limit_gone_is_said(client_of, model):
    Budget.objects.update(spent_microusd=9_000_000)

    assert f"90 % of the limit is gone; $1.00 is left for {this_month():%B %Y}." in page_of(client_of("Viewer"))


def test_practice_money_is_kept_apart_from_real_money(client_of, model):
    practice = make_model(name="practice", label="Practice")
    spend(model, 2_000_000)
    spend(practice, 700_000)

    html = page_of(client_of("Viewer"))

    assert "<b>$2.00</b><span>spent in" in html
    assert "<b>$0.70</b><span>practice model: no real money" in html
    assert "$2.70" not in html


def test_estimated_money_is_named_apart(client_of, model):
    spend(model, 2_000_000)
    spend(model, 500_000, task="brief", is_estimated=True)

    assert "$0.50 of it estimated" in page_of(client_of("Viewer"))


def test_an_earlier_month_is_shown_and_can_not_be_edited(client_of, model):
    Budget.objects.create(model=model, month=date(2026, 1, 1), limit_microusd=3_000_000, spent_microusd=1_000_000)
    spend(model, 1_000_000, day=date(2026, 1, 31))
    spend(model, 9_000_000, day=date(2026, 2, 1))

    html = page_of(client_of("Budget owner"), month="2026-01")

    assert "<b>$1.00</b><span>spent in January" in html
    assert "Limit <b" in html and 'name="limit"' not in html


def test_all_ai_is_stopped_and_allowed_again(client_of, model):
    client = client_of("Budget owner")

    stopped = client.post(reverse("money_switch"), {"stop": "1"}, follow=True).content.decode()
    assert Organisation.current().is_ai_stopped
    client.post(reverse("money_switch"), {"stop": "0"})

    assert "All AI is stopped." in stopped and "Allow AI again" in stopped
    assert not Organisation.current().is_ai_stopped


def test_the_switch_is_the_budget_owners(client_of, db):
    assert client_of("Operator").post(reverse("money_switch"), {"stop": "1"}).status_code == 403


def test_the_sums_agree_with_the_ledger(client_of):
    full_run(is_practice=False)

    html = page_of(client_of("Viewer"))

    assert "<b>$0.02</b><span>spent in" in html
    assert sum(Budget.objects.values_list("spent_microusd", flat=True)) == 24_800


def test_the_page_asks_no_more_queries_for_a_larger_ledger(client_of, django_assert_max_num_queries):
    run = full_run()
    model, version = LanguageModel.objects.get(name="small-1"), make_plan()
    for _ in range(20):
        attempt(model, version, run)
    client = client_of("Budget owner")
    page_of(client)

    with django_assert_max_num_queries(28):
        page_of(client)


@pytest.mark.django_db
def test_a_month_is_shown_for_one_pipeline_and_downloads_as_shown(client_of):
    model, other = make_model(name="small"), make_model(name="large", tier="strong")
    spend(model, 3_000)
    spend(other, 9_000)
    spend(other, 5_000, task="match-others")
    client = client_of("Viewer")

    every = client.get(reverse("money"))
    one = client.get(reverse("money"), {"task": NAME})
    download = b"".join(client.get(reverse("money"), {"task": NAME, "csv": "spent"}).streaming_content).decode()

    assert [(share.model, share.calls_percent) for share in every.context["shares"]] == [
        ("large", pytest.approx(66.7, abs=0.1)),
        ("small", pytest.approx(33.3, abs=0.1)),
    ]
    assert [share.cost_percent for share in one.context["shares"]] == [75, 25]
    assert f"task={NAME}" in one.context["ledger_url"]
    assert (download.count("\r\n"), "match-others" in download) == (3, False)
