"""Deals in a real browser: from a sentence to its line, a threshold with its preview, and a day in the past."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from deals.models import Deal, ExchangeRate, SignalSettings, Snooze
from deals.sample import company
from deals.sample.deals import PER_EURO
from pipeline import tasks
from pipeline.ingest import upload
from pipeline.models import Batch

AS_OF = date(2026, 9, 7)
TABLES = ("companies", "contacts", "deals", "emails", "meetings", "calls")


@pytest.fixture
def assessed(transactional_db):
    """The invented company's HubSpot files, all deals assessed as of the day before the export."""
    files = company.build(as_of=AS_OF).files
    batch = upload.stage(
        [(name, body) for name, body in files.items() if any(t in name for t in TABLES)], is_sample=True
    )
    upload.start_batch(batch)
    while Batch.objects.get(pk=batch.pk).state == Batch.State.RUNNING:
        tasks.drain(seconds=5)
    for currency in PER_EURO:
        ExchangeRate.objects.create(currency=currency, valid_from=date(2026, 1, 1), rate=1)
    call_command("run", "assess-deals", "--wait", "--json")


def test_a_seller_follows_puts_aside_previews_and_looks_back(assessed, log_in, page, screenshot):
    log_in("Reviewer", "Operator")
    home_names_the_deals(page)
    page.get_by_role("link", name="My deals").click()
    seven_sentences_and_a_line(page, screenshot)
    a_sentence_is_done_by_key_and_taken_back(page)
    a_limit_is_previewed_and_saved(page, screenshot)
    a_past_day_looks_different(page, screenshot)


def home_names_the_deals(page):
    page.goto("/")
    expect(page.locator(".home-need", has_text="deals need a look")).to_be_visible()


def seven_sentences_and_a_line(page, screenshot):
    expect(page.locator("[data-item]")).to_have_count(7)
    screenshot("my-deals")
    source = page.locator("[data-source]").first
    line = source.inner_text().rpartition("line ")[2]
    source.click()
    expect(page.locator("#main")).to_contain_text(line)
    page.go_back()


def a_sentence_is_done_by_key_and_taken_back(page):
    first = page.locator("[data-item]").first.locator(".dl-sentence").inner_text()
    page.keyboard.press("j")
    page.keyboard.press("d")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    assert Snooze.objects.get().kind == "done"
    page.keyboard.press("z")
    expect(page.get_by_text("Taken back.")).to_be_visible()
    expect(page.locator("[data-item]").first.locator(".dl-sentence")).to_have_text(first)


def a_limit_is_previewed_and_saved(page, screenshot):
    page.goto("/signals/")
    for code in ("S01", "S09", "S10", "S11", "S25"):
        page.locator(f"#on-{code}").uncheck()
    page.locator("input[name=S06-red]").fill("3")
    page.get_by_role("button", name="Show what would change").click()
    preview = page.locator("#sg-preview")
    expect(preview).to_contain_text("would change colour")
    expect(preview).to_contain_text("Nothing is saved yet")
    screenshot("signals-preview")
    assert not SignalSettings.objects.exists()

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. All deals are being judged anew.")).to_be_visible()
    assert SignalSettings.objects.get().values["limits"] == {"S06": {"red": 3.0}}


def a_past_day_looks_different(page, screenshot):
    late = Deal.objects.filter(is_closed=False, close_date__lt=AS_OF - timedelta(days=3)).first()
    page.goto(f"/deals/deal/{late.pk}/change/")
    expect(page.locator("#dl-health")).to_contain_text("Close date passed")
    screenshot("deal-health")
    page.locator("#dl-on").fill(late.close_date.isoformat())
    page.get_by_role("button", name="Look").click()
    expect(page.locator("#dl-health")).to_contain_text("Judged anew as of")
    expect(page.locator("#dl-health")).not_to_contain_text("Close date passed")
    screenshot("deal-on-a-past-day")
