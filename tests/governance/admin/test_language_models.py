"""Models, prices, plans and budgets in the admin."""

import pytest
from django.urls import reverse

from governance.models import Budget, LanguageModel, Price
from tests.governance.factories import make_model, make_plan

MODEL = {
    "name": "gpt-small",
    "label": "GPT small",
    "base_url": "https://api.example.com/v1",
    "request_model": "gpt-small-2026",
    "api_key_variable": "EXAMPLE_API_KEY",
    "tier": "light",
    "service_tier": "standard",
    "is_enabled": "on",
    "key_header": "bearer",
    "length_parameter": "max_completion_tokens",
    "has_schema": "on",
    "timeout_s": "60",
    "context_tokens": "128000",
    "max_output_tokens": "4096",
    "priority": "100",
    "prices-2-TOTAL_FORMS": "0",
    "prices-2-INITIAL_FORMS": "0",
}


def price(**values):
    row = {
        "service_tier": "standard",
        "valid_from": "2026-01-01",
        "input_usd": "0.15",
        "output_usd": "0.6",
        "source": "price page",
        **values,
    }
    return {
        "prices-TOTAL_FORMS": "1",
        "prices-INITIAL_FORMS": "0",
        **{f"prices-0-{name}": value for name, value in row.items()},
    }


def test_a_viewer_may_look_and_not_add(client_of):
    make_model()
    client = client_of("Viewer")

    assert client.get(reverse("admin:governance_languagemodel_changelist")).status_code == 200
    assert client.get(reverse("admin:governance_languagemodel_add")).status_code == 403


def test_prices_are_entered_in_dollars_and_kept_in_micro_dollars(client_of):
    client_of("Budget owner").post(reverse("admin:governance_languagemodel_add"), {**MODEL, **price()})

    found = Price.objects.get()
    assert (found.input_microusd, found.output_microusd, found.cached_input_microusd) == (150_000, 600_000, None)
    assert found.model.name == "gpt-small"


def test_a_processing_without_a_price_of_its_own_is_pointed_out(client_of):
    form = {**MODEL, **price(), "service_tier": "flex"}

    page = client_of("Budget owner").post(reverse("admin:governance_languagemodel_add"), form, follow=True)

    assert "The flex price of GPT small is unknown, so it is not asked until one is entered." in page.content.decode()


def test_a_price_below_nothing_is_refused(client_of):
    answer = client_of("Budget owner").post(
        reverse("admin:governance_languagemodel_add"), {**MODEL, **price(input_usd="-1")}
    )

    assert "greater than or equal to 0" in answer.content.decode()
    assert not LanguageModel.objects.exists()


def test_a_price_in_use_is_shown_and_can_not_be_edited(client_of):
    model = make_model()

    html = (
        client_of("Budget owner")
        .get(reverse("admin:governance_languagemodel_change", args=[model.pk]))
        .content.decode()
    )

    assert "$0.10" in html and "$0.40" in html and "invented" in html
    assert 'value="invented"' not in html


@pytest.mark.parametrize("name", ["plan", "planversion", "planfinding", "budget", "languagemodel"])
def test_every_list_opens(client_of, name):
    make_plan()
    make_model()

    assert client_of("Viewer").get(reverse(f"admin:governance_{name}_changelist")).status_code == 200


def test_a_plan_version_is_shown_and_can_not_be_changed(client_of):
    version = make_plan()
    url = reverse("admin:governance_planversion_change", args=[version.pk])
    client = client_of("Plan approver")

    assert client.get(url).status_code == 200
    assert client.post(url, {"number": "9"}).status_code == 403


def test_a_budget_leads_to_its_month(client_of):
    make_model()
    client = client_of("Viewer")

    answer = client.get(reverse("admin:governance_budget_change", args=[Budget.objects.first().pk]))

    assert answer.url.startswith("/money/?month=")
