"""Usage to micro-dollars, exactly; one payload shape per line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.pricing import Rates, Usage, affordable_output_tokens, cost_microusd, read_usage, worst_case_microusd

RATES = Rates(
    input=Decimal(2_500_000),
    output=Decimal(10_000_000),
    cached_input=Decimal(1_250_000),
    cache_write=Decimal(3_125_000),
)
PLAIN = Rates(input=Decimal(150_000), output=Decimal(600_000))


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"prompt_tokens": 10},
        {"completion_tokens": 10},
        {"prompt_tokens": "10", "completion_tokens": 2},
        {"prompt_tokens": -1, "completion_tokens": 2},
        {"prompt_tokens": True, "completion_tokens": 2},
        {"prompt_tokens": 10.5, "completion_tokens": 2},
        {"prompt_tokens": 10, "total_tokens": 5},
        {"input_tokens": 10},
        {"prompt_tokens": 2**40, "completion_tokens": 2},
    ],
)
def test_a_bill_that_cannot_be_read_is_unknown_and_not_zero(raw):
    assert read_usage(raw) is None


def test_a_cost_is_rounded_up_to_a_whole_micro_dollar():
    assert cost_microusd(Usage(input_tokens=1), PLAIN) == 1
    assert cost_microusd(Usage(input_tokens=20, output_tokens=5), PLAIN) == 6


def test_no_tokens_cost_nothing():
    assert cost_microusd(Usage(), PLAIN) == 0


def test_missing_discounts_mean_the_input_price():
    usage = Usage(input_tokens=1_000_000, cached_tokens=400_000, cache_write_tokens=600_000)

    assert cost_microusd(usage, PLAIN) == 150_000


def test_a_free_local_model_costs_nothing():
    rates = Rates(input=Decimal(0), output=Decimal(0))

    assert worst_case_microusd(100_000, 100_000, rates) == 0
    assert affordable_output_tokens(1, 100, rates) == 2**31 - 1


def test_the_worst_case_takes_the_dearest_kind_of_input():
    assert worst_case_microusd(1_000, 100, RATES) == 3125 + 1000


_counts = st.integers(0, 200_000)
_rates = st.decimals(0, 100_000_000, places=2)


@given(_counts, _counts, _counts, _counts, _rates, _rates, st.none() | _rates, st.none() | _rates)
def test_no_usage_within_the_bounds_costs_more_than_the_worst_case(
    plain, cached, written, output, r_in, r_out, r_c, r_w
):
    rates = Rates(input=r_in, output=r_out, cached_input=r_c, cache_write=r_w)
    usage = Usage(
        input_tokens=plain + cached + written, cached_tokens=cached, cache_write_tokens=written, output_tokens=output
    )

    assert cost_microusd(usage, rates) <= worst_case_microusd(usage.input_tokens, output, rates)


@given(st.integers(0, 10**9), _counts, _rates, st.decimals("0.01", 100_000_000, places=2))
def test_a_clamped_output_fits_and_one_token_more_does_not(left, input_tokens, r_in, r_out):
    rates = Rates(input=r_in, output=r_out)

    output = affordable_output_tokens(left, input_tokens, rates)

    assert output == 0 or worst_case_microusd(input_tokens, output, rates) <= left
    if output < 2**31 - 1:
        assert worst_case_microusd(input_tokens, output + 1, rates) > left or output == 0
