"""Money is held, settled once, and never lost: months, leases, late replies, races."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from governance import budgets
from governance.budgets import BudgetExceeded, NoBudget, OnItsWay, Settlement, Stopped
from governance.models import Attempt, AttemptState, Budget, Exchange, LanguageModel, Organisation, Rollup
from governance.pricing import Usage
from tests.governance.factories import make_model, make_plan, sums, this_month

pytestmark = pytest.mark.django_db

LEASE = timedelta(seconds=30)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def model():
    made = make_model(limit_microusd=None)
    Budget.objects.set_limit(made, date(2026, 11, 1), 100)
    return made


@pytest.fixture
def draft(model):
    """`draft("fingerprint", 40)` is an unsaved attempt that wants to hold 40 micro-dollars."""
    version = make_plan()

    def make(fingerprint="f", worst=40, at=NOW, by=model):
        return Attempt(
            fingerprint=fingerprint,
            model=by,
            price=by.prices.get(),
            plan_version=version,
            day=Organisation.current().day(at),
            task="match-contacts",
            tier="light",
            run_key="run:1",
            layer="ask-light",
            subject_key="1",
            reserved_microusd=worst,
            max_output_tokens=100,
            started_at=at,
        )

    return make


def reserve(attempt):
    return budgets.reserve(attempt, [], lease=LEASE)


def november():
    return Budget.objects.get(model__isnull=False, month=date(2026, 11, 1))


def test_what_does_not_fit_is_not_held_and_leaves_no_attempt(draft):
    reserve(draft("a", 70))

    with pytest.raises(BudgetExceeded) as refused:
        reserve(draft("b", 31))

    assert refused.value.budget.left_microusd == 30
    assert Attempt.objects.count() == 1
    assert november().reserved_microusd == 70


def test_the_last_micro_dollar_can_be_held(draft):
    reserve(draft("a", 100))

    assert november().left_microusd == 0


def test_a_short_month_takes_back_what_the_model_held(draft):
    Budget.objects.set_limit(None, date(2026, 11, 1), 39)

    with pytest.raises(BudgetExceeded) as refused:
        reserve(draft("a", 40))

    assert refused.value.budget.model is None
    assert november().reserved_microusd == 0


def test_a_model_without_a_budget_for_the_month_is_refused(draft):
    with pytest.raises(NoBudget, match=r"practice-light has no budget for January 2027\."):
        reserve(draft("a", 1, at=datetime(2027, 1, 2, tzinfo=UTC)))


def test_the_same_question_cannot_be_open_twice(draft):
    reserve(draft("a", 10))

    with pytest.raises(OnItsWay):
        reserve(draft("a", 10))

    assert november().reserved_microusd == 10


def test_an_answer_recorded_a_moment_ago_is_not_bought_again(draft):
    budgets.settle(reserve(draft("a", 10)), Settlement(cost_microusd=7, answer="{}", is_valid=True), now=NOW)

    with pytest.raises(OnItsWay):
        reserve(draft("a", 10))

    assert (november().reserved_microusd, Attempt.objects.count()) == (0, 1)


def test_a_settlement_books_the_cost_and_frees_the_rest(draft):
    attempt = reserve(draft("a", 40))

    budgets.settle(attempt, Settlement(cost_microusd=7, usage=Usage(input_tokens=5, output_tokens=3)), now=NOW)

    attempt.refresh_from_db()
    assert (november().reserved_microusd, november().spent_microusd) == (0, 7)
    assert (attempt.state, attempt.cost_microusd, attempt.is_estimated) == ("settled", 7, False)
    rollup = Rollup.objects.get()
    assert (rollup.day, rollup.attempts, rollup.cost_microusd) == (date(2026, 11, 23), 1, 7)


def test_a_settlement_happens_once(draft):
    attempt = reserve(draft("a", 40))
    budgets.settle(attempt, Settlement(cost_microusd=7), now=NOW)

    assert budgets.settle(attempt, Settlement(cost_microusd=9), now=NOW) is False
    assert november().spent_microusd == 7
    assert Rollup.objects.get().attempts == 1


def test_a_second_settlement_takes_nothing_from_what_others_hold(draft):
    first = reserve(draft("a", 40))
    reserve(draft("b", 45))
    budgets.settle(first, Settlement(cost_microusd=10), now=NOW)

    assert not budgets.settle(first, Settlement(cost_microusd=30), now=NOW)

    assert (november().spent_microusd, november().reserved_microusd) == (10, 45)
    assert Rollup.objects.get().cost_microusd == 10


def test_a_model_that_was_switched_off_holds_nothing_also_where_the_question_is_out(draft, model):
    reserve(draft("a", 40))
    LanguageModel.objects.filter(pk=model.pk).update(is_enabled=False)

    with pytest.raises(Stopped):
        reserve(draft("a", 40))

    assert november().reserved_microusd == 40
    assert Exchange.objects.count() == Attempt.objects.count() == 1


def test_a_failure_that_is_not_billed_frees_everything(draft):
    attempt = reserve(draft("a", 40))

    budgets.settle(attempt, Settlement(state=AttemptState.FAILED, error="rate_limited"), now=NOW)

    assert (november().reserved_microusd, november().spent_microusd) == (0, 0)


def test_an_unknown_outcome_stays_held_until_its_lease_ends(draft):
    attempt = reserve(draft("a", 40))
    budgets.mark_unknown(attempt, "timeout", now=NOW)

    budgets.sweep(NOW + LEASE)

    assert (november().reserved_microusd, november().spent_microusd) == (40, 0)


def test_after_its_lease_an_unknown_outcome_counts_at_its_worst_case(draft):
    attempt = reserve(draft("a", 40))
    budgets.mark_unknown(attempt, "timeout", now=NOW)

    closed = budgets.sweep(NOW + LEASE + timedelta(seconds=1))

    attempt.refresh_from_db()
    assert closed == 1
    assert (november().reserved_microusd, november().spent_microusd) == (0, 40)
    assert (attempt.state, attempt.is_estimated, attempt.error) == ("settled", True, "timeout")


def test_a_dead_workers_attempt_is_closed_as_lost(draft):
    reserve(draft("a", 40))

    budgets.sweep(NOW + LEASE * 2)

    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.is_estimated, attempt.error) == ("settled", True, "lost")
    assert Rollup.objects.get().estimated_microusd == 40


def test_a_renewed_lease_is_not_swept(draft):
    attempt = reserve(draft("a", 40))
    budgets.renew([attempt.pk], until=NOW + LEASE * 3)

    assert budgets.sweep(NOW + LEASE * 2) == 0


def test_a_late_reply_corrects_an_estimate_downwards(draft):
    attempt = reserve(draft("a", 40))
    budgets.sweep(NOW + LEASE * 2)

    changed = budgets.settle(attempt, Settlement(cost_microusd=6, answer="late"), now=NOW + LEASE * 3)

    attempt.refresh_from_db()
    rollup = Rollup.objects.get()
    assert changed
    assert november().spent_microusd == attempt.cost_microusd == rollup.cost_microusd == 6
    assert (attempt.is_estimated, attempt.exchange.answer) == (False, "late")
    assert (rollup.attempts, rollup.estimated_microusd) == (1, 0)


def test_a_late_reply_never_raises_an_estimate(draft):
    attempt = reserve(draft("a", 40))
    budgets.sweep(NOW + LEASE * 2)

    assert budgets.settle(attempt, Settlement(cost_microusd=41), now=NOW) is False
    assert november().spent_microusd == 40


def test_a_question_may_be_asked_again_after_an_unknown_outcome(draft):
    budgets.mark_unknown(reserve(draft("a", 40)), "timeout", now=NOW)

    reserve(draft("a", 40))

    assert november().reserved_microusd == 80


def test_a_new_month_begins_with_the_last_limit_and_nothing_spent(model, draft):
    budgets.settle(reserve(draft("a", 40)), Settlement(cost_microusd=40), now=NOW)

    Budget.objects.open_month(date(2026, 12, 1))
    Budget.objects.open_month(date(2026, 12, 1))

    december = Budget.objects.get(month=date(2026, 12, 1))
    assert (december.model, december.limit_microusd, december.spent_microusd) == (model, 100, 0)
    assert november().spent_microusd == 40


def test_months_follow_the_organisations_time_zone():
    organisation = Organisation(time_zone="Pacific/Auckland")

    assert organisation.month(datetime(2026, 10, 31, 12, tzinfo=UTC)) == date(2026, 11, 1)
    assert Organisation(time_zone="America/New_York").month(datetime(2026, 11, 1, 3, tzinfo=UTC)) == date(2026, 10, 1)


def test_an_attempt_settles_in_the_month_it_began(draft):
    attempt = reserve(draft("a", 40, at=datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)))
    Budget.objects.open_month(date(2026, 12, 1))

    budgets.settle(attempt, Settlement(cost_microusd=5), now=datetime(2026, 12, 1, 0, 0, 9, tzinfo=UTC))

    assert november().spent_microusd == 5
    assert Budget.objects.get(month=date(2026, 12, 1)).spent_microusd == 0


def test_a_limit_for_the_whole_month_set_late_knows_what_is_gone_already(draft):
    budgets.settle(reserve(draft("a", 40)), Settlement(cost_microusd=7), now=NOW)
    held = reserve(draft("b", 20))

    overall = Budget.objects.set_limit(None, date(2026, 11, 1), 50)
    budgets.settle(held, Settlement(cost_microusd=2), now=NOW)

    assert (overall.spent_microusd, overall.reserved_microusd) == (7, 20)
    overall.refresh_from_db()
    assert (overall.spent_microusd, overall.reserved_microusd) == (9, 0)


def test_a_limit_below_what_is_spent_is_allowed_and_stops_spending(draft):
    budgets.settle(reserve(draft("a", 40)), Settlement(cost_microusd=40), now=NOW)

    budget = Budget.objects.set_limit(november().model, date(2026, 11, 1), 10)

    assert budget.left_microusd == 0
    with pytest.raises(BudgetExceeded):
        reserve(draft("b", 1))


def test_there_is_one_overall_budget_a_month():
    Budget.objects.create(model=None, month=this_month(), limit_microusd=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.create(model=None, month=this_month(), limit_microusd=2)


def test_amounts_below_zero_are_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.create(model=None, month=this_month(), limit_microusd=-1)


def test_the_ledger_adds_up_to_what_is_spent(draft):
    for number, cost in enumerate((3, 5, None, 8)):
        budgets.settle(reserve(draft(str(number), 10)), Settlement(cost_microusd=cost), now=timezone.now())

    ledger, booked = sums()
    assert ledger == booked == {"spent": 26, "held": 0}
    assert Rollup.objects.get().cost_microusd == 26
