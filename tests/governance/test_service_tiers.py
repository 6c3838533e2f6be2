"""Service tiers: what a provider's reply says of them, and that each is priced by its own price or not at all."""

from datetime import date
from decimal import Decimal

import pytest

from governance.models import Attempt, Price
from governance.pricing import Rates, cost_microusd, read_usage
from governance.providers.presets import sent_tier
from governance.questions import Outcome
from governance.service_tiers import billed_tier, said_tier
from tests.governance.factories import make_model, make_plan, question, sums
from tests.governance.test_gateway import ask_one


def rates(input_rate, cached, output):
    return Rates(input=Decimal(input_rate), cached_input=Decimal(cached), output=Decimal(output))


# Dollars per million tokens: standard 1.25 / 0.125 / 10, batch and flex half of it, priority twice.
RATES = {
    "standard": rates(1_250_000, 125_000, 10_000_000),
    "batch": rates(625_000, 62_500, 5_000_000),
    "flex": rates(625_000, 62_500, 5_000_000),
    "priority": rates(2_500_000, 250_000, 20_000_000),
}


def usage(prompt, completion, cached=0, reasoning=0, **more):
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
        "completion_tokens_details": {"reasoning_tokens": reasoning},
        **more,
    }


# The reply, the tier asked for, the tier billed, micro-dollars.
REPLIES = {
    "openai nothing said": ({"usage": usage(1000, 100)}, "standard", "standard", 2250),
    "openai null": ({"service_tier": None, "usage": usage(1000, 100)}, "standard", "standard", 2250),
    "openai default": ({"service_tier": "default", "usage": usage(1000, 100)}, "standard", "standard", 2250),
    "openai auto": ({"service_tier": "auto", "usage": usage(1000, 100)}, "standard", "standard", 2250),
    "openai flex": ({"service_tier": "flex", "usage": usage(1000, 100)}, "flex", "flex", 1125),
    "openai flex cached": ({"service_tier": "flex", "usage": usage(2048, 600, 1920, 512)}, "flex", "flex", 3200),
    "openai flex uneven": ({"service_tier": "flex", "usage": usage(1, 1)}, "flex", "flex", 6),
    "openai priority": ({"service_tier": "priority", "usage": usage(1000, 100)}, "priority", "priority", 4500),
    "openai priority cached": (
        {"service_tier": "priority", "usage": usage(2000, 50, 1024)},
        "priority",
        "priority",
        3696,
    ),
    "openai priority served as default": (
        {"service_tier": "default", "usage": usage(1000, 100)},
        "priority",
        "standard",
        2250,
    ),
    "openai project set to priority": (
        {"service_tier": "priority", "usage": usage(1000, 100)},
        "standard",
        "priority",
        4500,
    ),
    "openai batch line": ({"service_tier": "batch", "usage": usage(1000, 100)}, "standard", "batch", 1125),
    "openai batch reasoning": ({"service_tier": "batch", "usage": usage(100, 900, 0, 832)}, "batch", "batch", 4563),
    "azure priority": (
        {"service_tier": "priority", "usage": usage(57, 40), "prompt_filter_results": []},
        "priority",
        "priority",
        943,
    ),
    "azure default": ({"service_tier": "default", "usage": usage(57, 40)}, "standard", "standard", 472),
    "openrouter flex": ({"service_tier": "flex", "provider": "OpenAI", "usage": usage(14, 163)}, "flex", "flex", 824),
    "openrouter priority in capitals": (
        {"service_tier": "PRIORITY", "usage": usage(14, 163, cost=0.0033)},
        "priority",
        "priority",
        3295,
    ),
    "anthropic standard": (
        {"usage": {"input_tokens": 100, "output_tokens": 50, "service_tier": "standard"}},
        "standard",
        "standard",
        625,
    ),
    "anthropic priority": (
        {"usage": {"input_tokens": 100, "output_tokens": 50, "service_tier": "priority"}},
        "standard",
        "priority",
        1250,
    ),
    "anthropic batch": (
        {
            "usage": {
                "input_tokens": 100,
                "output_tokens": 50,
                "cache_read_input_tokens": 1000,
                "service_tier": "batch",
            }
        },
        "standard",
        "batch",
        375,
    ),
    "groq on demand": ({"service_tier": "on_demand", "usage": usage(24, 377)}, "standard", "standard", 3800),
}
UNPRICED = {
    "openai scale": ({"service_tier": "scale", "usage": usage(10, 1)}, "standard", "scale"),
    "groq performance": ({"service_tier": "performance", "usage": usage(10, 1)}, "standard", "performance"),
    "a special tier nobody confirms": ({"usage": usage(10, 1)}, "flex", ""),
    "a wish handed back": ({"service_tier": "auto", "usage": usage(10, 1)}, "priority", ""),
    "a hostile name": ({"service_tier": "x" * 5000, "usage": usage(10, 1)}, "standard", "x" * 20),
    "no name at all": ({"service_tier": ["flex"], "usage": usage(10, 1)}, "flex", ""),
}


@pytest.mark.parametrize(("body", "asked", "tier"), UNPRICED.values(), ids=UNPRICED.keys())
def test_a_tier_without_a_price_is_taken_neither_for_the_usual_one_nor_for_free(body, asked, tier):
    assert billed_tier(said_tier(body), asked) == tier
    assert tier not in RATES


@pytest.mark.parametrize(("body", "asked", "tier", "microusd"), REPLIES.values(), ids=REPLIES.keys())
def test_a_reply_is_priced_by_the_tier_it_names_to_the_micro_dollar(body, asked, tier, microusd):
    billed = billed_tier(said_tier(body), asked)

    assert billed == tier
    assert cost_microusd(read_usage(body["usage"]), RATES[billed]) == microusd


def test_the_standard_goes_without_saying_but_where_a_project_may_be_set_otherwise():
    assert sent_tier("standard", "http://localhost:11434/v1") == ""
    assert sent_tier("standard", "https://openrouter.ai/api/v1") == ""
    assert sent_tier("standard", "https://api.openai.com/v1") == "default"
    assert sent_tier("standard", "https://acme.openai.azure.com/openai/v1") == "default"
    assert sent_tier("flex", "https://api.openai.com/v1") == "flex"


def price(model, tier, input_rate, output_rate):
    return Price.objects.create(
        model=model, service_tier=tier, valid_from=date(2020, 1, 1), source="invented",
        input_microusd=input_rate, output_microusd=output_rate,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_tier_without_a_price_is_not_asked_for(practice_endpoint):
    make_model(practice_endpoint.base_url, service_tier="flex")
    make_plan()

    reply = ask_one()

    assert reply.outcome is Outcome.UNAVAILABLE
    assert reply.detail == "The flex price of practice-light is unknown, so it is not asked."
    assert practice_endpoint.state.report()["calls"] == 0


@pytest.mark.django_db(transaction=True)
def test_a_question_is_held_and_paid_at_the_price_of_its_tier(practice_endpoint):
    standard = make_model(practice_endpoint.base_url)
    make_plan()
    ask_one(question("At the standard?"))
    flex = price(standard, "flex", 50_000, 200_000)
    standard.service_tier = "flex"
    standard.save()

    ask_one(question("At the usual one"))  # as many bytes

    usual, cheap = Attempt.objects.order_by("pk")
    assert (cheap.price, cheap.given_tier, cheap.is_estimated) == (flex, "flex", False)
    assert 2 * cheap.reserved_microusd - usual.reserved_microusd in {0, 1}
    assert 2 * cheap.cost_microusd - usual.cost_microusd in {0, 1}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("given", "is_estimated", "cost"), [("default", False, 5), ("priority", False, 9), ("scale", True, None)]
)
def test_the_tier_given_counts_and_not_the_one_asked_for(practice_endpoint, monkeypatch, given, is_estimated, cost):
    model = make_model(practice_endpoint.base_url)
    price(model, "priority", 200_000, 800_000)
    make_plan()
    monkeypatch.setattr("governance.practice_model.given_tier", lambda body: given)

    reply = ask_one()

    attempt = Attempt.objects.get()
    assert attempt.is_estimated is is_estimated
    assert reply.cost_microusd == attempt.cost_microusd == (cost or attempt.reserved_microusd)
    assert attempt.price.service_tier == ("priority" if given == "priority" else "standard")
    ledger, budget = sums()
    assert ledger == budget
