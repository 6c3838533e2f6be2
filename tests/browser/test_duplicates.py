"""Duplicates in a real browser: a question with its points, two contacts joined by hand after a preview, taken back."""

import pytest
from django.core.management import call_command

from deals.models import Contact
from pipeline import tasks
from pipeline.models import Review
from tests.deals.factories import make_contact, make_file, make_source

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Maximiliane-Wilhelmine von und zu Hohenlohe-Waldenburg-Schillingsfürst-Breitenstein"


@pytest.fixture
def people(transactional_db, monkeypatch):
    """Two lists that share one person without an address, whom only a person can tell from a namesake."""
    monkeypatch.setattr(tasks, "async_task", lambda *args, **options: None)
    first, second = make_file("hubspot.csv"), make_file("sf.csv", make_source("Salesforce", "salesforce"))
    names = (("Ada", "Okafor"), ("Ben", "Lang"), ("Cleo", "Maar"), ("Dora", "Prinz"), ("Emil", "Tauber"))
    for line, (given, family) in enumerate(names, start=2):
        make_contact(given, family, f"{given}@{family}.example".lower(), str(line), first, line)
    for line, (given, family) in enumerate((("Luise", "Froehlich"), (LONG, "Quist")), start=7):
        make_contact(given, family, "", str(line), first, line, company="Ilmen Kliniken")
    make_contact("Luise", "Froehlich", "", "9", second, 9, company="Ilmen Kliniken")
    call_command("run", "match-contacts", "--wait", "--json")


def points(page):
    texts = page.locator(".rv-of:visible .wf-points").all_inner_texts()
    return [round(10 * float(text.replace("−", "-"))) for text in texts]


def choose(page, place, typed, shown):
    page.locator(".dup-pair .select2-selection").nth(place).click()
    page.locator(".select2-search__field").fill(typed)
    page.locator(".select2-results__option", has_text=shown).first.click()


def test_a_question_shows_its_points_and_two_are_joined_by_hand_and_parted_again(people, log_in, screenshot):
    page = log_in("Reviewer", "Operator")
    page.goto("/duplicates/")
    screenshot("duplicates")

    page.get_by_role("link", name="Review", exact=True).last.click()
    page.locator(".wf-total:visible").wait_for()
    screenshot("review-points")
    *steps, total = points(page)
    assert len(steps) >= 3 and sum(steps) == total

    page.goto("/duplicates/")
    choose(page, 0, "Okafor", "Ada Okafor")
    choose(page, 1, "Hohenlohe", "Maximiliane")
    page.get_by_role("button", name="Compare").first.click()
    page.get_by_text("After joining", exact=True).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.get_by_text("The newest import").count() + page.get_by_text("The only one filled").count() > 0
    screenshot("join-preview")
    page.get_by_role("button", name="Join them").click()
    page.get_by_text("is part of", exact=False).first.wait_for()
    assert Contact.objects.filter(is_current=True).count() == 7

    page.goto("/duplicates/")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back: everything is as it was before.").wait_for()

    assert Contact.objects.filter(is_current=True).count() == 8
    assert Review.objects.filter(closed_at=None).count() == 1
