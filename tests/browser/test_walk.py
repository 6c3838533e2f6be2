"""The main job end to end in a real browser: answer, correct, take back, follow a value to its line, see the money.

The practice model answers over real HTTP; only the worker's part is done in the test's own thread.
"""

import re
import threading
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from deals.models import Contact
from deals.sample import company
from governance.models import Attempt
from governance.practice import ensure_practice_setup
from governance.practice_model import PracticeServer, PracticeState
from pipeline import registry, tasks
from pipeline.ingest import upload
from pipeline.models import Answer, Batch, Decision, Review, Run, Subject

AS_OF = date(2026, 9, 7)
PEOPLE_AND_FIRMS = ("companies", "contacts", "Account.csv", "Contact.csv", "Connections.csv")


@pytest.fixture
def practice():
    state = PracticeState()
    with PracticeServer(0, state) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join(timeout=10)


@pytest.fixture
def sample(transactional_db, practice):
    """Both exports of the invented company imported, both searches run, the practice model asked what rules left."""
    ensure_practice_setup(practice.server_port, list(registry.pipelines()))
    files = company.build(as_of=AS_OF).files
    bring_in({name: body for name, body in files.items() if any(part in name for part in PEOPLE_AND_FIRMS)})
    run("match-accounts")
    run("match-contacts")


def bring_in(files):
    # The sample's own door: what a user uploads, the practice model would not be asked about.
    batch = upload.stage(list(files.items()), is_sample=True)
    upload.start_batch(batch)
    while Batch.objects.get(pk=batch.pk).state == Batch.State.RUNNING:
        tasks.drain(seconds=5)


def run(pipeline):
    call_command("run", pipeline, "--wait", "--json")
    return Run.objects.filter(pipeline=pipeline).latest("id")


def figures(page, kind="match-contacts"):
    """(rows, people, joined, waiting) as the sentence on Home says."""
    return [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", page.inner_text(f"#found-{kind}"))]


def left(page):
    return int(page.inner_text("#rv-left").split()[0])


def press(page, *keys, left_after):
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator("#rv-left")).to_have_text(f"{left_after} left")
    expect(page.locator("#rv-desk[aria-busy]")).to_have_count(0)


def dollars(text):
    return float(re.search(r"\$([\d,.]+)", text)[1].replace(",", ""))


def test_from_two_exports_to_one_reviewed_list(sample, log_in, page, screenshot):
    log_in("Reviewer", "Operator", "Budget owner")
    home_adds_up(page)
    screenshot("home")

    page.get_by_role("link", name="Answer", exact=True).click()
    one_question_is_asked(page)
    screenshot("review")
    question = a_correction_is_given_taken_back_and_given_again(page, screenshot)

    a_value_is_followed_to_its_line_and_a_join_undone(page, screenshot)
    the_runs_money_is_the_same_on_every_page(page, screenshot)
    an_attempt_shows_what_was_said(page, screenshot)

    set_limit(page, "0")
    screenshot("money-limit-below-what-is-spent")
    bring_in(company.build_second(as_of=AS_OF).files)
    waiting_for_money_is_named(page, screenshot)

    set_limit(page, "5")
    the_correction_stands_in_a_later_prompt(page, question, screenshot)


def home_adds_up(page):
    rows, people, joined, waiting = figures(page)
    assert rows == people + joined
    assert people == Contact.objects.filter(is_current=True).count()
    assert waiting == Review.objects.filter(pipeline="match-contacts", closed_at=None).count()
    percents = [int(number) for number in re.findall(r"(\d+) %", page.inner_text(".home-legend"))]
    assert (sum(percents), percents[0] >= 70) == (100, True)
    expect(page.get_by_text("Practice model: no real money.").first).to_be_visible()


def one_question_is_asked(page):
    expect(page.locator(".rv-question:visible")).to_have_count(1)
    expect(page.locator(".rv-why")).to_contain_text("Why you are asked")
    expect(page.locator(".rv-why")).to_contain_text("Both become one")
    assert page.locator(".rv-table:visible tbody tr").count() >= 3
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight"), "1366 × 768 needs no scrolling"


def a_correction_is_given_taken_back_and_given_again(page, screenshot):
    page.goto("/review/?pipeline=match-contacts")
    number = left(page)
    press(page, "a", left_after=number - 1)
    number -= 1
    question = page.inner_text(".rv-question:visible")
    differing = page.locator(".rv-table:visible mark")
    assert differing.count() or page.locator(".rv-missing:visible").count()

    page.keyboard.press("x")
    page.keyboard.press("1")
    screenshot("review-reasons")
    press(page, "Enter", left_after=number - 1)
    expect(page.locator("#rv-say")).to_have_text("Kept apart; used in future questions.")
    press(page, "z", left_after=number)
    assert page.inner_text(".rv-question:visible") == question
    press(page, "x", "1", "Enter", left_after=number - 1)

    page.goto("/")
    assert figures(page)[3] == number - 1
    return Answer.objects.filter(label="new", withdrawn_at=None).latest("id")


def a_value_is_followed_to_its_line_and_a_join_undone(page, screenshot):
    joined = Decision.objects.filter(subject__pipeline="match-contacts", label="same", layer="identifiers").latest("id")
    contact = Contact.objects.get(links__record=joined.subject.object_id, links__closed_at=None)
    records = contact.record_count
    page.goto(reverse("admin:deals_contact_change", args=[contact.pk]))
    screenshot("contact")
    origins = page.get_by_role("link", name=re.compile(r"\.csv.*line \d+|line \d+"))
    assert origins.count() >= 5
    origins.first.click()
    expect(page.locator("#main")).to_contain_text(re.compile(r"line \d+", re.IGNORECASE))
    screenshot("row")
    page.go_back()

    page.get_by_role("link", name="Separate again").first.click()
    page.get_by_role("button", name="Separate again").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    screenshot("separated")
    assert Contact.objects.get(pk=contact.pk).record_count == records - 1
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back")).to_be_visible()
    assert Contact.objects.get(pk=contact.pk).record_count == records


def the_runs_money_is_the_same_on_every_page(page, screenshot):
    runs = {found.pipeline: found.pk for found in Run.objects.all()}
    spent = 0.0
    for pk in runs.values():
        page.goto(reverse("run_page", args=[pk]))
        header = dollars(page.inner_text("[data-total-cost]"))
        assert dollars(page.locator(".w-table tfoot").inner_text()) == header
        spent += header
    screenshot("run")
    page.goto(reverse("money"))
    practice = page.locator(".w-figure", has_text="practice model").inner_text()
    assert dollars(practice) == pytest.approx(spent, abs=0.011)
    screenshot("money")


def an_attempt_shows_what_was_said(page, screenshot):
    attempt = Attempt.objects.filter(state="settled").latest("id")
    page.goto(reverse("attempt_page", args=[attempt.pk]))
    for part in ("Prompt", "Answer", "Examples used", "cost"):
        expect(page.locator("#content")).to_contain_text(part)
    expect(page.locator("section.w-card", has=page.get_by_role("heading", name="Answer")).first).to_contain_text(
        "confidence"
    )
    screenshot("attempt")


def set_limit(page, amount):
    """Set the limit of everything together, through the page and its warning."""
    page.goto(reverse("money"))
    field = page.locator("input[name=limit]").first
    field.fill(amount)
    field.press("Enter")
    again = page.get_by_role("button", name="Set it anyway")
    page.wait_for_load_state()
    if again.count():
        expect(page.get_by_text("No further question will be asked").first).to_be_visible()
        again.click()
    expect(page.locator("input[name=limit]").first).to_have_value(re.compile(rf"^{amount}(\.0+)?$"))


def waiting_for_money_is_named(page, screenshot):
    before = Attempt.objects.count()
    run("match-accounts")
    run("match-contacts")

    assert Attempt.objects.count() == before
    waiting = Subject.objects.filter(is_ask_due=True).count()
    assert waiting > 0
    page.goto("/")
    need = page.locator(".home-need", has_text="for money")
    expect(need).to_contain_text(f"{waiting} case")
    expect(need).to_contain_text("The limit for all models together")
    expect(need).to_contain_text("is $0.00")
    screenshot("home-waiting-for-money")


def the_correction_stands_in_a_later_prompt(page, correction, screenshot):
    before = Attempt.objects.latest("id").pk
    page.goto("/")
    page.locator(".home-need", has_text="for money").get_by_role("button", name="Run again").click()
    page.wait_for_load_state()
    while Run.objects.filter(state__in=Run.ACTIVE).exists():
        tasks.drain(seconds=5)

    use = correction.uses.filter(attempt__gt=before).first()
    assert use is not None, "the correction is in no later prompt"
    page.goto(reverse("attempt_page", args=[use.attempt_id]))
    expect(page.locator("#content")).to_contain_text("Examples used")
    expect(page.locator("#content")).to_contain_text(correction.by.get_username())
    expect(page.locator("#content")).to_contain_text("correction")
    screenshot("attempt-with-correction")
