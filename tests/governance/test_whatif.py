"""What-if: a replay comes to the ledger's own sum, and changes as arithmetic says."""

import json
from dataclasses import replace
from decimal import Decimal
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from governance.models import Attempt, Rollup
from governance.pricing import Rates, Usage, cost_microusd
from governance.whatif import Change, Ledger, interval, replay
from tests.governance.factories import make_model

CHEAP = Rates(input=Decimal(150_000), output=Decimal(600_000), cached_input=Decimal(75_000))
DEAR = Rates(input=Decimal(1_250_000), output=Decimal(10_000_000))


def ledger(*calls):
    """Calls as (model name, input, cached, output); an estimated one has no tokens and costs 500."""
    names, rates = ["small", "large"], [CHEAP, DEAR]
    place = np.array([names.index(name) for name, *_ in calls], dtype=np.int64)
    counts = np.array([amounts for _, *amounts in calls], dtype=np.int64).reshape(-1, 3)
    usages = [Usage(input_tokens=i, cached_tokens=c, output_tokens=o) for _, i, c, o in calls]
    is_estimated = counts.sum(axis=1) == 0
    costs = [cost_microusd(usage, rates[at]) or 500 for usage, at in zip(usages, place, strict=True)]
    return Ledger(
        models=names, steps=["ask-light", "ask-strong"], runs=["run:1"], model=place, step=place,
        run=np.zeros_like(place), number=np.ones_like(place),
        plain_tokens=counts[:, 0] - counts[:, 1], cached_tokens=counts[:, 1], written_tokens=np.zeros_like(place),
        output_tokens=counts[:, 2], cost=np.array(costs, dtype=np.int64),
        estimated=np.where(is_estimated, 500, 0), cases=len(calls),
    )  # fmt: skip


CALLS = (("small", 1_000, 200, 50), ("small", 900, 0, 60), ("large", 1_000, 0, 100), ("small", 0, 0, 0))


def test_an_empty_ledger_costs_nothing_under_any_change():
    assert replay(ledger(), Change(price_factor=Decimal(10), volume=Decimal(3), more_cases=5)).cost_microusd == 0


def test_nothing_changed_comes_to_what_was_paid():
    found = replay(ledger(*CALLS), Change())

    assert (found.calls, found.cost_microusd) == (4, 165 + 171 + 2_250 + 500)
    assert found.by_model == {"small": 836, "large": 2_250}
    assert found.by_step == {"ask-light": 836, "ask-strong": 2_250}


def test_ten_times_the_price_is_ten_times_the_cost():
    assert replay(ledger(*CALLS), Change(price_factor=Decimal(10))).cost_microusd == 30_860


def test_twice_the_volume_is_twice_the_calls_and_the_cost():
    found = replay(ledger(*CALLS), Change(volume=Decimal(2)))

    assert (found.calls, found.cost_microusd) == (8, 6_172)


def test_a_swapped_model_is_priced_at_the_others_rates():
    found = replay(ledger(*CALLS), Change(swaps={"large": "small"}, rates={"small": CHEAP}))

    assert found.by_model == {"small": 836 + 210}
    assert found.by_step["ask-strong"] == 210


def test_a_swap_to_a_model_without_rates_is_refused():
    with pytest.raises(KeyError):
        replay(ledger(*CALLS), Change(swaps={"large": "unknown"}))


def test_a_step_left_out_costs_nothing():
    found = replay(ledger(*CALLS), Change(without=frozenset({"ask-strong"})))

    assert (found.calls, found.by_step) == (3, {"ask-light": 836, "ask-strong": 0})


def test_cases_the_rules_decide_would_cost_as_much_as_those_asked():
    assert replay(ledger(*CALLS), Change(more_cases=4)).cost_microusd == 6_172


def test_a_few_runs_give_no_spread():
    assert interval(ledger(*CALLS), Change()) is None


def test_what_other_runs_like_these_come_to_holds_the_sum_and_grows_with_prices():
    books = replace(
        ledger(*(("small", 1_000, 0, 10 * number) for number in range(1, 9))),
        runs=[f"run:{number}" for number in range(8)],
        run=np.arange(8),
    )

    low, high = interval(books, Change())

    assert low < replay(books, Change()).cost_microusd < high
    assert interval(books, Change(price_factor=Decimal(10))) == (10 * low, 10 * high)


@given(
    st.lists(
        st.tuples(st.sampled_from(["small", "large"]), st.integers(1, 10**6), st.just(0), st.integers(0, 10**5)),
        max_size=30,
    )
)
def test_a_replay_agrees_with_the_pricing_of_each_call(calls):
    books = ledger(*calls)

    assert replay(books, Change()).cost_microusd == int(books.cost.sum())
    swapped = replay(books, Change(swaps={"large": "small"}, rates={"small": CHEAP}))
    assert swapped.cost_microusd == sum(
        cost_microusd(Usage(input_tokens=i, cached_tokens=c, output_tokens=o), CHEAP) for _, i, c, o in calls
    )


def whatif(*arguments):
    out = StringIO()
    call_command("whatif", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_a_seeded_ledger_agrees_with_its_sums_and_replays():
    call_command("seed_ledger", "500", stdout=StringIO())
    paid = Attempt.objects.aggregate(cost=Sum("cost_microusd"))["cost"]

    was = whatif()
    dearer = whatif("--price-factor", "10")
    cheaper = whatif("--swap", "seeded-strong=seeded-light")

    assert Rollup.objects.aggregate(cost=Sum("cost_microusd"))["cost"] == paid
    assert (was["calls"], round(was["cost_usd"] * 1_000_000)) == (500, paid)
    assert dearer["cost_then_usd"] == pytest.approx(10 * was["cost_usd"], rel=0.001)
    assert cheaper["cost_then_usd"] < was["cost_usd"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--price-factor", "ten"], "--price-factor ten is no number from 0 to 1000."),
        (["--swap", "a"], "--swap a should read A=B."),
        (["--swap", "a=nobody"], "There is no model nobody; known: small."),
    ],
)
def test_what_can_not_be_replayed_is_said_in_a_sentence(arguments, sentence):
    make_model(name="small")

    with pytest.raises(CommandError, match=sentence):
        whatif(*arguments)
