"""Leads in a real browser: import a list, qualify, see why, hand on, convert and take it back; change the profile."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from deals.models import Colleague, Deal
from leads.models import Lead, LeadSeat, ProfileVersion
from leads.qualification.profile import Profile, to_json
from pipeline import tasks

LIST = """first name,last name,email,company,job title,country,industry,employees
Ada,Okafor,ada.okafor@mill.example,Mill Ltd,Director of Operations,Germany,Machinery,120
Ben,Ito,ben.ito@tide.example,Tide GmbH,Head of Purchasing,Germany,Machinery,300
Cleo,Marsh,cleo@dune.example,Dune AG,Assistant,Chile,Banking,4
"""


@pytest.fixture
def desk(transactional_db):
    profile = Profile(industries=("Machinery",), countries=("Germany",), holdout_percent=0)
    ProfileVersion.objects.create(number=1, fields=to_json(profile), valid_from=timezone.now())
    LeadSeat.objects.create(colleague=Colleague.objects.create(name="Marta Quist"))


def work():
    """The worker's part."""
    tasks.drain(seconds=30)


def test_from_a_list_to_a_deal_and_back(desk, log_in, page, tmp_path, screenshot):
    log_in("Operator", "Reviewer")
    a_list_is_imported_as_leads(page, tmp_path)
    they_are_qualified_and_say_why(page, screenshot)
    one_is_converted_and_taken_back(page, screenshot)
    a_changed_profile_is_previewed_and_saved(page, screenshot)


def a_list_is_imported_as_leads(page, tmp_path):
    path = tmp_path / "fair.csv"
    path.write_text(LIST)
    page.locator("a[href='/leads/lead/']").first.click()
    page.get_by_role("link", name="Import a lead list").click()
    expect(page.locator("#kind")).to_have_value("lead")
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name="Look at the files").click()
    page.get_by_role("button", name="Import", exact=False).first.click()
    work()
    assert Lead.objects.count() == 3


def they_are_qualified_and_say_why(page, screenshot):
    page.goto("/leads/lead/")
    page.get_by_role("button", name="Qualify leads").click()
    work()
    page.goto("/leads/lead/")
    rows = page.locator("#result_list tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Ada Okafor")
    expect(rows.first).to_contain_text("Marta Quist")
    rows.first.locator(".ld-why").click()
    expect(page.locator(".ld-pop:popover-open")).to_contain_text("120 employees: the right size")
    screenshot("leads-why")
    page.keyboard.press("Escape")
    page.goto("/leads/lead/?standing=out")
    expect(page.locator("#result_list")).to_contain_text("Chile is not served")


def one_is_converted_and_taken_back(page, screenshot):
    page.goto("/leads/lead/")
    page.locator("#result_list").get_by_text("Ada Okafor").first.click()
    expect(page.locator("h2", has_text="Fit")).to_be_visible()
    screenshot("lead")
    page.get_by_role("link", name="Convert…").click()
    page.fill("#deal_name", "Cold store for Mill")
    page.get_by_role("button", name="Convert", exact=True).click()
    expect(page.locator("body")).to_contain_text("Cold store for Mill")
    assert Deal.objects.get().is_current
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Undo conversion").click()
    expect(page.locator("body")).to_contain_text("what the conversion made is gone again")
    assert not Deal.objects.get().is_current


def a_changed_profile_is_previewed_and_saved(page, screenshot):
    page.goto("/leads/ideal-customer/")
    page.fill("#employees", "200-500")
    page.fill("#employees_half", "")
    page.get_by_role("button", name="Preview: what would change").click()
    expect(page.locator("#preview h2")).to_have_text("1 lead changes grade")
    expect(page.locator("#preview")).to_contain_text("120 employees: not the right size")
    screenshot("lead-profile-preview")
    page.get_by_role("button", name="Save as the new version").click()
    expect(page.locator("body")).to_contain_text("Version 2 is in force")
    work()
    assert Lead.objects.get(email="ada.okafor@mill.example").grade == "B"
