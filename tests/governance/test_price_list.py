"""List prices: known models with their source, nothing for the others, and a word on old ones."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from governance.models import Price
from governance.price_list import list_price, listed_tiers, stale_prices
from governance.service_tiers import ServiceTier
from tests.governance.factories import make_model

DAY = date(2026, 11, 1)


def test_an_unknown_model_has_no_price():
    assert list_price("nobody-knows-it", "https://api.openai.com/v1", DAY) is None
    assert list_price("gpt-4o-mini", "http://localhost:11434/v1", DAY) is None
    assert list_price("", "", DAY) is None


def test_a_known_model_has_a_price_a_source_and_a_date():
    found = list_price("gpt-4o-mini", "https://api.openai.com/v1", DAY)

    assert (found.rates.input, found.rates.cached_input, found.rates.output) == (150_000, 75_000, 600_000)
    assert found.source.endswith("OpenAI, gpt-4o-mini")
    assert found.checked_on > date(2025, 1, 1)


def test_a_tier_the_list_does_not_know_has_no_price():
    assert list_price("gpt-5", "https://api.openai.com/v1", date(2026, 1, 1), ServiceTier.FLEX) is None
    assert listed_tiers("nobody-knows-it", "https://api.openai.com/v1", DAY) == {}


def test_each_known_tier_has_its_own_price():
    found = listed_tiers("gpt-5", "https://api.openai.com/v1", DAY)

    rates = {tier.value: (listed.rates.input, listed.rates.output) for tier, listed in found.items()}
    assert rates == {
        "batch": (625_000, 5_000_000),
        "flex": (625_000, 5_000_000),
        "priority": (2_500_000, 20_000_000),
    }
    assert found[ServiceTier.FLEX].source.endswith("OpenAI, gpt-5, flex")


def price(model, checked_on=None, **values):
    return Price.objects.create(
        model=model, input_microusd=Decimal(1), output_microusd=Decimal(1), source="page", checked_on=checked_on,
        **{"valid_from": date(2024, 1, 1), **values},
    )  # fmt: skip


@pytest.mark.django_db
def test_a_price_somebody_has_checked_lately_is_fine():
    price(make_model(is_practice=False, input_rate=None), checked_on=date(2026, 10, 1))

    assert stale_prices(DAY) == []


@pytest.mark.django_db
def test_only_the_price_in_force_is_told_of_when_old(client_of):
    model = make_model(is_practice=False, input_rate=None)
    price(model, valid_from=date(2023, 1, 1))
    newest = price(model)

    assert stale_prices(DAY) == [newest]
    assert (
        "was last compared with its source on 1 January 2024"
        in client_of("Viewer").get(reverse("money")).content.decode()
    )


@pytest.mark.django_db
def test_practice_and_free_prices_never_grow_old():
    make_model()
    free = make_model(name="own", is_practice=False, input_rate=0, output_rate=0)

    assert free.prices.count() == 1
    assert stale_prices(DAY) == []
