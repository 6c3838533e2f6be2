"""A month's limit in a real browser: set, hit by a run, told of, and the cases that wait because of it."""

import re

import pytest

from governance.models import Alert, Attempt
from pipeline import tasks
from pipeline.models import Subject
from pipeline.runner import start
from tests import flow
from tests.governance.conftest import practice_endpoint  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)

LIMIT_MICROUSD = 2_000


def test_a_limit_is_set_hit_told_of_and_its_cases_wait(log_in, screenshot, practice_endpoint):  # noqa: F811
    flow.import_people()
    flow.use_practice(practice_endpoint.server_port)
    page = log_in("Budget owner", "Reviewer")
    page.goto("/money/")
    page.locator("#limit-all").fill("0.002")
    page.locator("#budget-all").get_by_role("button", name="Set").click()
    page.get_by_text("is now $0.002").wait_for()

    start.start("match-contacts")
    tasks.drain()
    page.goto("/money/")

    page.get_by_role("status").get_by_text("Further cases wait for a person.").first.wait_for()
    screenshot("money-limit-hit")
    page.evaluate("document.documentElement.classList.add('dark')")
    screenshot("money-limit-hit-dark")
    waiting = Subject.objects.filter(is_ask_due=True).count()
    assert waiting > 0
    assert 0 < flow.ledger_sum() <= LIMIT_MICROUSD
    assert Alert.objects.filter(kind="full", budget__model=None).count() == 1
    assert Attempt.objects.filter(state__in=["open", "unknown"]).count() == 0
    page.get_by_role("link", name=re.compile(rf"^{waiting} cases wait")).click()
    page.get_by_text("does not cover the question").first.wait_for()
    screenshot("waiting-for-money")
    page.goto("/money/")
    page.get_by_role("button", name="Dismiss").first.click()
    page.get_by_text("Money,").first.wait_for()
