"""Connecting a model and replaying the ledger in a real browser, in light and in dark."""

import threading
from io import StringIO

import pytest
from django.core.management import call_command

from governance.models import LanguageModel
from governance.practice_model import PracticeServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server():
    server = PracticeServer(0)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def darken(page):
    page.evaluate("document.documentElement.classList.add('dark')")


def test_a_server_is_tried_out_and_connected(log_in, screenshot, server):
    page = log_in("Budget owner")
    page.goto("/money/")
    page.get_by_role("link", name="Connect a model").first.click()
    page.get_by_role("link", name="vLLM").click()
    screenshot("connect-empty")

    page.get_by_label("Address").fill(server.base_url)
    page.get_by_label("Model").first.fill("practice-light")
    page.get_by_role("button", name="Test connection").click()
    page.get_by_text("The model can").wait_for()
    screenshot("connect-tested")
    darken(page)
    screenshot("connect-tested-dark")
    page.get_by_label("Limit per month").fill("3")
    page.get_by_role("button", name="Connect", exact=True).click()

    page.get_by_text("is connected and can be asked").wait_for()
    screenshot("money-connected")
    assert LanguageModel.objects.get().base_url == server.base_url


def test_what_if_prices_rise(log_in, screenshot):
    call_command("seed_ledger", "3000", stdout=StringIO())
    page = log_in("Viewer")

    page.goto("/money/what-if/")
    page.get_by_label("Prices times").fill("3")
    page.get_by_role("button", name="Replay").click()
    page.get_by_text("% more than it was").wait_for()
    screenshot("what-if")
    darken(page)
    screenshot("what-if-dark")

    assert page.locator("svg rect").count() >= 4
