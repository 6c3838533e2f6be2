"""Leads in a real browser: import a list, qualify, see why, hand on, convert and take it back; change the profile."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from deals.models import Colleague, Deal
from deals.relationships import records as relationships
from leads.models import Introduction, Lead, LeadSeat, ProfileVersion
from leads.qualification.profile import Profile, to_json
from pipeline import tasks
from tests.deals.factories import make_account, make_colleague, make_contact

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


def test_a_way_to_a_person_is_found_asked_for_and_gone_with_who_opts_out(transactional_db, log_in, page, screenshot):
    ada = a_wanted_person_whom_four_of_us_may_reach()
    log_in("Operator", "Reviewer")
    three_ways_are_drawn_best_first(page, ada, screenshot)
    the_best_is_asked_and_they_met(page)
    who_opts_out_is_gone_at_once(page, ada)


def a_wanted_person_whom_four_of_us_may_reach():
    account = make_account()
    ada = make_contact(account=account, title="Head of Purchasing")
    colleague = make_contact("Ben", "Ito", email="ben@brightwater.example", key="C2", line=3, account=account)
    today = timezone.now().date()
    for number, (name, contact, strength) in enumerate(
        [("Marta Quist", ada, 70), ("Finn Oda", ada, 45), ("Lea Brandt", colleague, 80), ("Ole Sand", colleague, 20)]
    ):
        one = make_colleague(name=name, email=f"c{number}@ours.example", is_sharing=True)
        relationships.declare(one, contact.pk, strength, "We worked together", today)
    return ada


def three_ways_are_drawn_best_first(page, ada, screenshot):
    page.goto(f"/deals/contact/{ada.pk}/change/")
    page.locator(f"a[href='/leads/paths/{ada.pk}/']").first.click()
    ways = page.locator(".net-path")
    expect(ways).to_have_count(3)
    expect(ways.nth(0)).to_contain_text("Marta Quist")
    expect(ways.nth(2)).to_contain_text("Ben Ito")
    screenshot("warm-paths")


def the_best_is_asked_and_they_met(page):
    page.get_by_role("button", name="I asked Marta Quist").click()
    expect(page.locator("body")).to_contain_text("Marta Quist was asked")
    page.get_by_role("button", name="Met", exact=True).click()
    expect(page.locator("td .w-tag")).to_have_text("Met")
    assert Introduction.objects.get().state == "met"


def who_opts_out_is_gone_at_once(page, ada):
    page.goto(f"/deals/colleague/{Colleague.objects.get(name='Marta Quist').pk}/change/")
    page.uncheck("#id_is_sharing")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"/leads/paths/{ada.pk}/")
    expect(page.locator(".net-path").first).to_contain_text("Finn Oda")
    expect(page.locator(".net-path", has_text="Marta Quist")).to_have_count(0)
