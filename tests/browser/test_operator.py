"""The operator's day in a real browser: import, find duplicates, look into the run, set the limit."""

import re

import pytest
from django.urls import reverse

from governance.models import Attempt, Budget, LanguageModel
from pipeline import registry, tasks
from pipeline.models import Batch, Run, Subject
from tests.pipeline.admin import world

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = (
    b"Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Create Date\n"
    b"1,Ana,Berg,ana@example.com,+4366012345,,2026-01-01 10:00\n"
    b"2,Ben,Lang,not a mail,,,2026-01-02 10:00\n"
)


@pytest.fixture(autouse=True)
def _small_world(settings, monkeypatch):
    """The pipeline of the admin tests' world, and a queue that only the test drains."""
    settings.PIPELINES = ["tests.pipeline.admin.world.match_people"]
    monkeypatch.setattr(tasks, "async_task", lambda *args, **options: None)
    registry.pipelines.cache_clear()
    yield
    registry.pipelines.cache_clear()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_files_are_dropped_looked_at_imported_and_matched(log_in, screenshot, tmp_path):
    good, broken = tmp_path / "people.csv", tmp_path / "broken.csv"
    good.write_bytes(PEOPLE)
    broken.write_bytes(b"\x00\x01\x02\x00")
    page = log_in("Operator")

    page.goto("/import/")
    page.set_input_files("input[type=file]", [good, broken])
    page.get_by_text("people.csv (1 KB)").wait_for()
    page.get_by_role("button", name="Look at the files").click()
    page.get_by_text("is not an e-mail address").wait_for()
    screenshot("import-preview")
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("Waiting for a worker").first.wait_for()
    tasks.drain(seconds=60)
    page.get_by_role("button", name="Find duplicates, free").wait_for()
    screenshot("import-result")

    assert page.locator("[data-sum=created]").inner_text() == "2"
    assert fits(page)
    page.get_by_role("button", name="Find duplicates, free").click()
    page.wait_for_url(re.compile(r"/runs/\d+/"))
    assert Batch.objects.get().state == Batch.State.DONE


def test_a_running_run_moves_and_ends_by_itself(log_in, screenshot):
    page = log_in("Viewer")
    run = world.make_run(state=Run.State.RUNNING, cases=10)
    page.goto(reverse("run_page", args=[run.pk]))
    page.get_by_text("Waiting for a worker").wait_for()

    world.step(run, "identifiers", 0, seen=10, decided=4)
    run.chunks.create(phase="ask", stage=1, idx=9, state="leased", done=3, total=6)
    page.get_by_text("Asking questions, 3 of 6").wait_for()
    screenshot("run-live")
    Run.objects.update(state=Run.State.FINISHED)

    page.locator(".w-tag", has_text="Finished").wait_for()


def test_from_the_run_to_a_case_to_a_call(log_in, screenshot):
    page = log_in("Viewer")
    run = world.full_run()

    page.goto(reverse("run_page", args=[run.pk]))
    screenshot("run")
    page.get_by_role("link", name="Decided by a light model").click()
    page.get_by_role("link", name="Person G").click()
    page.get_by_text("The model said: “Both use one address.”").wait_for()
    screenshot("case")
    page.get_by_role("link", name=re.compile(r"^Call \d+$")).first.click()

    page.get_by_text("Answered and paid: $0.0012.").wait_for()
    screenshot("attempt")
    assert fits(page)


def test_a_limit_below_what_is_spent_is_thought_over_and_set(log_in, screenshot):
    page = log_in("Budget owner")
    world.full_run(is_practice=False)
    model = LanguageModel.objects.get(name="large-1")

    page.goto("/money/")
    limit = page.locator(f"#limit-{model.pk}")
    limit.fill("0.01")
    limit.press("Enter")
    page.get_by_text("No further question will be asked to Large 1").wait_for()
    screenshot("money-warning")
    assert Budget.objects.get(model=model).limit_microusd == 1_000_000
    page.get_by_role("button", name="Set it anyway").click()

    page.get_by_text("is now $0.01.").wait_for()
    assert Budget.objects.get(model=model).limit_microusd == 10_000


def test_every_page_fits_a_phone(log_in):
    page = log_in("Operator")
    run = world.full_run()
    case, call = Subject.objects.get(decision__layer="ask-strong"), Attempt.objects.first()
    addresses = [
        reverse("import_files"),
        reverse("money"),
        reverse("run_page", args=[run.pk]),
        reverse("case_page", args=[case.pk]),
        reverse("attempt_page", args=[call.pk]),
        reverse("import_batch", args=[world.make_file(name="a-very-long-name-" * 12).batch_id]),
    ]
    page.set_viewport_size({"width": 390, "height": 844})

    def is_fitting(address):
        page.goto(address)
        return fits(page)

    assert [address for address in addresses if not is_fitting(address)] == []
