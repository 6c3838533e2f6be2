"""A plan from the first word to the first question in a real browser: written, tried, answered, approved, run."""

import pytest
from django.utils import timezone

from governance.models import PlanDryRun, PlanVersion
from governance.practice import ensure_practice_setup
from pipeline import tasks
from pipeline.models import Run
from tests.browser.test_connect import darken
from tests.governance.conftest import practice_endpoint  # noqa: F401  (a fixture)
from tests.pipeline.test_plan_obeyed import import_two_lists

pytestmark = pytest.mark.django_db(transaction=True)


def write(page, screenshot):
    """The seven questions, saved with what is missing first and then complete."""
    page.goto("/plan/")
    screenshot("plan-none")
    page.get_by_label("Name the first plan").fill("Clean records")
    page.get_by_role("button", name="Write it").click()
    page.get_by_label("The purpose in one sentence").fill("")
    page.get_by_label("Target", exact=True).fill("")
    screenshot("plan-edit")
    page.get_by_role("button", name="Save and check my plan").click()
    page.get_by_text("Check my plan:").wait_for()
    screenshot("plan-gaps")
    page.get_by_role("link", name="Edit the draft").click()
    page.get_by_label("The purpose in one sentence").fill("Find who stands in our lists twice")
    page.get_by_label("Target", exact=True).fill("90")
    page.get_by_label("Reached by").fill((timezone.localdate() + timezone.timedelta(days=60)).isoformat())
    page.get_by_role("button", name="Save and check my plan").click()
    page.get_by_text("Nothing is missing and nothing contradicts itself.").wait_for()


def try_out(page, screenshot):
    page.get_by_role("button", name="Dry run").click()
    page.get_by_text("The past cases are gone through once more.").wait_for()
    tasks.plan_dry_run(PlanDryRun.objects.get().pk)
    page.get_by_text("would be asked").first.wait_for()
    screenshot("plan-dry-run")
    page.get_by_role("link", name="Back to the draft").click()


def answer_own_records(page, screenshot):
    page.get_by_role("link", name="own records").click()
    screenshot("plan-own-record")
    darken(page)
    screenshot("plan-own-record-dark")
    press(page, "a")
    page.get_by_text("1 of 2 answered").wait_for()
    press(page, "x")
    page.get_by_text("The draft has no answer of its own yet").wait_for()
    screenshot("plan-own-records-answered")


def press(page, key):
    page.wait_for_load_state()  # before that nobody listens to keys
    page.keyboard.press(key)


def approve(page, screenshot):
    page.goto("/plan/")
    assert page.get_by_role("button", name="Approve").is_disabled()
    screenshot("plan-to-approve")
    page.get_by_role("link", name="Look at the dry run").click()
    page.get_by_role("link", name="Back to the draft").click()
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Version 1 is approved; the next run follows it.").wait_for()
    screenshot("plan-approved")
    darken(page)
    screenshot("plan-approved-dark")


def test_written_by_one_approved_by_another_and_then_a_run_may_ask(
    log_in, person, screenshot, practice_endpoint  # noqa: F811
):  # fmt: skip
    person("Reviewer")
    ensure_practice_setup(practice_endpoint.server_port)
    import_two_lists()
    page = log_in("Plan author")
    write(page, screenshot)
    try_out(page, screenshot)
    answer_own_records(page, screenshot)
    page.context.clear_cookies()
    page = log_in("Plan approver", "Operator")
    approve(page, screenshot)

    page.goto("/pipeline/run/")
    page.get_by_label("Start a run").select_option("match-contacts")
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_url("**/runs/*/")
    tasks.drain()
    page.get_by_text("The data before the first question").wait_for()
    screenshot("run-audited")
    darken(page)
    screenshot("run-audited-dark")

    assert Run.objects.get().memory["plan"] == str(PlanVersion.objects.get())
    assert practice_endpoint.state.report()["calls"] > 0
