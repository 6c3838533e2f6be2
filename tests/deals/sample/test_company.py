"""The sample as a whole: how much there is, that it is the same each time, and that nobody in it exists."""

import re
from collections import Counter
from datetime import date, timedelta

import phonenumbers
import pytest

from deals.sample.company import build, build_second, truth_csv
from deals.sample.world import build_world
from tests.deals.sample.files import AS_OF, fair, ids, rows, sample, text

ACTIVITY_FILES = ("-calls-", "-emails-", "-meetings-", "-notes-", "Task.csv", "Event.csv")


def test_the_same_arguments_give_the_same_bytes():
    assert build(as_of=AS_OF) == sample()
    assert build_second(as_of=AS_OF) == fair()


def test_another_seed_gives_other_people():
    assert build(as_of=AS_OF, seed=8).files["Contact.csv"] != sample().files["Contact.csv"]


def test_files_come_in_the_order_of_import():
    assert [re.sub(r"\d{4}-\d\d-\d\d", "DAY", name) for name in sample().files] == [
        "hubspot-crm-exports-all-companies-DAY.csv",
        "hubspot-crm-exports-all-contacts-DAY.csv",
        "hubspot-crm-exports-all-deals-DAY.csv",
        "hubspot-crm-exports-all-calls-DAY.csv",
        "hubspot-crm-exports-all-emails-DAY.csv",
        "hubspot-crm-exports-all-meetings-DAY.csv",
        "hubspot-crm-exports-all-notes-DAY.csv",
        "User.csv",
        "Account.csv",
        "Contact.csv",
        "Opportunity.csv",
        "OpportunityHistory.csv",
        "Task.csv",
        "Event.csv",
        "Connections.csv",
    ]


def test_sixty_firms_and_two_hundred_and_fifty_people_stand_in_two_systems():
    world = build_world(as_of=AS_OF, scale=1, seed=7)

    assert (len(world.firms), len(world.people)) == (60, 250)
    assert {record.firm.key for record in world.accounts} == {firm.key for firm in world.firms}
    assert {record.person.key for record in world.contacts} == {person.key for person in world.people}
    assert (len(rows("companies")), len(rows("Account.csv"))) == (54 + 2, 54 + 1)
    assert (len(rows("contacts")), len(rows("Contact.csv"))) == (223 + 4, 214 + 3)


def test_there_are_eighty_deals_and_two_thousand_activities():
    assert len(rows("deals")) + len(rows("Opportunity.csv")) == 80
    assert sum(len(rows(name)) for name in ACTIVITY_FILES) == 2000


def test_a_colleague_has_a_hundred_and_twenty_connections_of_whom_half_are_known():
    known = {right for _, _, right in sample().truth if right.startswith("https")}

    assert len(rows("Connections")) == 120
    assert len(known) == 62


def test_scale_multiplies_everything():
    double = build(as_of=AS_OF, scale=2)
    world = build_world(as_of=AS_OF, scale=2, seed=7)

    assert (len(world.firms), len(world.people), len(world.deals), len(world.activities)) == (120, 500, 160, 4000)
    assert len({firm.name for firm in world.firms}) == len({firm.key for firm in world.firms}) == 120
    assert len({person.email for person in world.people}) == 500
    assert len(double.doubts) == 2 * len(sample().doubts)


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2031, 1, 1)])
def test_no_record_is_younger_than_the_day_of_the_export(as_of):
    world = build_world(as_of=as_of, scale=1, seed=7)

    created = [record.created.date() for record in (*world.accounts, *world.contacts, *world.deals)]
    happened = [activity.when.date() for activity in world.activities if not activity.is_planned]
    planned = [activity.when.date() for activity in world.activities if activity.is_planned]
    assert max(created + happened) < as_of
    assert as_of < min(planned) <= max(planned) <= as_of + timedelta(days=14)
    assert max(activity.entered.date() for activity in world.activities) < as_of


def test_every_address_and_website_ends_in_the_reserved_name():
    everything = "\n".join(text(name) for name in [*sample().files, *fair().files])

    hosts = set(re.findall(r"(?:@|https?://)([\w.-]+)", everything.lower()))
    hosts |= {row["Company Domain Name"] for row in rows("companies")} - {""}
    hosts |= {row["Website"].partition("/")[0] for row in rows("Account.csv") if "://" not in row["Website"]} - {""}
    assert hosts - {"www.linkedin.com"} == {host for host in hosts if host.endswith((".example", ".example.crm"))}


def test_telephone_numbers_can_be_read_in_their_country():
    numbers = [(row["Phone"], row["MailingCountryCode"]) for row in rows("Contact.csv") if row["MailingCountryCode"]]
    numbers += [(row["Phone"], row["BillingCountryCode"]) for row in rows("Account.csv")]

    parsed = [phonenumbers.parse(number, country) for number, country in numbers if number]
    assert len(parsed) > 150
    assert all(phonenumbers.is_possible_number(number) for number in parsed)


def test_american_and_london_numbers_are_from_the_ranges_of_fiction():
    numbers = {
        re.sub(r"\D", "", row["Phone"] or row["Phone Number"])
        for row in ({"Phone": "", "Phone Number": ""} | r for r in (*rows("Account.csv"), *rows("companies")))
        if (row.get("BillingCountry") or row.get("Country/Region")) == "United States"
    } - {""}

    assert numbers
    assert all(re.fullmatch(r"1?\d{3}55501\d\d", number) for number in numbers)


def test_the_truth_names_only_records_that_are_there():
    known = ids()

    named = {record for _, left, right in (*sample().truth, *fair().truth) for record in (left, right)}
    assert named <= known
    assert Counter(kind for kind, _, _ in sample().truth)["account"] >= 48
    assert Counter(kind for kind, _, _ in sample().truth)["contact"] >= 185
    assert len(set(sample().truth)) == len(sample().truth)


def test_the_truth_is_a_table_of_links():
    lines = truth_csv(sample()).decode().splitlines()

    assert lines[0] == "kind,left_id,right_id"
    assert lines[1] == ",".join(sample().truth[0])
    assert len(lines) == len(sample().truth) + 1
