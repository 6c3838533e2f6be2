"""Connecting a model in a real browser, in light and in dark."""

import threading

import pytest

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
