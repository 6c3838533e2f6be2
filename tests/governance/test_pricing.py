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


def details(cached=None, written=None, reasoning=None, **more):
    prompt = {
        key: value for key, value in (("cached_tokens", cached), ("cache_write_tokens", written)) if value is not None
    }
    completion = {} if reasoning is None else {"reasoning_tokens": reasoning}
    return {"prompt_tokens_details": prompt or None, "completion_tokens_details": completion or None, **more}


def chat(prompt, completion, total=None, **more):
    total = prompt + completion if total is None else total
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": total, **more}


AUDIO = {"audio_tokens": 0, "text_tokens": 1}
# RATES: input $2.50, cached $1.25, cache write $3.125, output $10.00 per million tokens.
SHAPES = {
    # OpenAI
    "openai plain": (chat(1000, 100), (1000, 0, 0, 100, 0), 3500),
    "openai empty details": (chat(1000, 100, **details(0, None, 0)), (1000, 0, 0, 100, 0), 3500),
    "openai cached": (chat(2000, 100, **details(1024, None, 0)), (2000, 1024, 0, 100, 0), 4720),
    "openai all cached": (chat(1024, 10, **details(1024)), (1024, 1024, 0, 10, 0), 1380),
    "openai cache write": (chat(2000, 100, **details(0, 1024)), (2000, 0, 1024, 100, 0), 6640),
    "openai read and write": (chat(3000, 100, **details(1024, 1024)), (3000, 1024, 1024, 100, 0), 7860),
    "openai reasoning": (chat(100, 900, **details(0, None, 832)), (100, 0, 0, 900, 832), 9250),
    "openai cached and reasoning": (chat(2048, 600, **details(1920, None, 512)), (2048, 1920, 0, 600, 512), 8720),
    "openai predictions": (
        chat(100, 50, completion_tokens_details={"accepted_prediction_tokens": 20, "rejected_prediction_tokens": 9}),
        (100, 0, 0, 50, 0),
        750,
    ),
    "openai audio details": (chat(10, 10, prompt_tokens_details={**AUDIO, "cached_tokens": 0}), (10, 0, 0, 10, 0), 125),
    "openai nothing said": (chat(10, 0), (10, 0, 0, 0, 0), 25),
    "openai refusal": (chat(120, 9), (120, 0, 0, 9, 0), 390),
    "openai responses": (
        {"input_tokens": 1000, "output_tokens": 100, "input_tokens_details": {"cached_tokens": 512}},
        (1000, 512, 0, 100, 0),
        2860,
    ),
    "openai responses reasoning": (
        {
            "input_tokens": 100,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": 700,
            "output_tokens_details": {"reasoning_tokens": 640},
        },
        (100, 0, 0, 700, 640),
        7250,
    ),
    # Azure
    "azure plain": (chat(57, 40), (57, 0, 0, 40, 0), 543),
    "azure null details": (chat(57, 40, prompt_tokens_details=None), (57, 0, 0, 40, 0), 543),
    "azure cached": (chat(1566, 1518, **details(1408, None, 576)), (1566, 1408, 0, 1518, 576), 17335),
    "azure latency extras": (chat(57, 40, latency_checkpoint={"engine_ttft_ms": 30}), (57, 0, 0, 40, 0), 543),
    # Anthropic: its own shape counts the cache beside the input, the compatible endpoint inside it
    "anthropic own": ({"input_tokens": 100, "output_tokens": 50}, (100, 0, 0, 50, 0), 750),
    "anthropic own cache read": (
        {"input_tokens": 100, "output_tokens": 50, "cache_read_input_tokens": 1000, "cache_creation_input_tokens": 0},
        (1100, 1000, 0, 50, 0),
        2000,
    ),
    "anthropic own cache write": (
        {"input_tokens": 100, "output_tokens": 50, "cache_creation_input_tokens": 1000, "cache_read_input_tokens": 0},
        (1100, 0, 1000, 50, 0),
        3875,
    ),
    "anthropic own both": (
        {"input_tokens": 4, "output_tokens": 5, "cache_creation_input_tokens": 200, "cache_read_input_tokens": 800},
        (1004, 800, 200, 5, 0),
        1685,
    ),
    "anthropic own cache lifetimes": (
        {
            "input_tokens": 4,
            "output_tokens": 5,
            "cache_creation_input_tokens": 200,
            "cache_creation": {"ephemeral_5m_input_tokens": 200, "ephemeral_1h_input_tokens": 0},
        },
        (204, 0, 200, 5, 0),
        685,
    ),
    "anthropic compatible": (chat(312, 44), (312, 0, 0, 44, 0), 1220),
    "anthropic compatible empty details": (
        chat(312, 44, prompt_tokens_details={}, completion_tokens_details={}),
        (312, 0, 0, 44, 0),
        1220,
    ),
    "anthropic by a proxy": (
        chat(1104, 5, cache_creation_input_tokens=200, cache_read_input_tokens=800),
        (1104, 800, 200, 5, 0),
        1935,
    ),
    "anthropic by a proxy with both names": (
        chat(1104, 5, cache_creation_input_tokens=200, cache_read_input_tokens=800, **details(800)),
        (1104, 800, 200, 5, 0),
        1935,
    ),
    # OpenRouter
    "openrouter plain": (chat(14, 163, cost=0.00165), (14, 0, 0, 163, 0), 1665),
    "openrouter cached": (chat(5000, 20, cost=0.01, **details(4096, 0, 0)), (5000, 4096, 0, 20, 0), 7580),
    "openrouter cache write": (chat(5000, 20, **details(0, 4096)), (5000, 0, 4096, 20, 0), 15260),
    "openrouter own key": (
        chat(14, 163, is_byok=True, cost_details={"upstream_inference_cost": 0.001}),
        (14, 0, 0, 163, 0),
        1665,
    ),
    "openrouter reasoning": (chat(20, 400, **details(0, None, 350)), (20, 0, 0, 400, 350), 4050),
    # vLLM
    "vllm": (chat(63, 128, prompt_tokens_details=None), (63, 0, 0, 128, 0), 1438),
    "vllm prefix cache": (chat(640, 12, prompt_tokens_details={"cached_tokens": 512}), (640, 512, 0, 12, 0), 1080),
    "vllm without completion": ({"prompt_tokens": 7, "total_tokens": 20}, (7, 0, 0, 13, 0), 148),
    # Ollama and LM Studio
    "ollama": (chat(26, 298), (26, 0, 0, 298, 0), 3045),
    "ollama cached prompt": (chat(1, 298), (1, 0, 0, 298, 0), 2983),
    "lm studio": (chat(24, 49, completion_tokens_details={"reasoning_tokens": 30}), (24, 0, 0, 49, 30), 550),
    # Others that speak the same protocol
    "deepseek": (
        chat(1000, 50, prompt_cache_hit_tokens=896, prompt_cache_miss_tokens=104),
        (1000, 896, 0, 50, 0),
        1880,
    ),
    "xai reasoning beside the answer": (
        chat(37, 3, total=345, completion_tokens_details={"reasoning_tokens": 305}),
        (37, 0, 0, 308, 305),
        3173,
    ),
    "gemini thoughts in the total only": (chat(10, 20, total=130), (10, 0, 0, 120, 0), 1225),
    "mistral": (chat(9, 11, prompt_audio_seconds=None), (9, 0, 0, 11, 0), 133),
    "groq timings": (chat(24, 377, queue_time=0.03, total_time=0.6), (24, 0, 0, 377, 0), 3830),
    "cached above the prompt is bounded": (chat(10, 1, **details(5000)), (10, 10, 0, 1, 0), 23),
}


@pytest.mark.parametrize(("raw", "tokens", "microusd"), SHAPES.values(), ids=SHAPES.keys())
def test_a_providers_usage_is_priced_to_the_micro_dollar(raw, tokens, microusd):
    usage = read_usage(raw)

    read = (usage.input_tokens, usage.cached_tokens, usage.cache_write_tokens, usage.output_tokens)
    assert (*read, usage.reasoning_tokens) == tokens
    assert cost_microusd(usage, RATES) == microusd


def test_at_least_forty_shapes_are_priced():
    assert len(SHAPES) >= 40


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
