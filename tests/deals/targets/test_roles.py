"""People's parts in a deal."""

from datetime import UTC, datetime

import pytest

from deals.imports.targets.deals import named_parts
from deals.models import DealRole, FieldChange
from tests.deals.factories import make_deal
from tests.deals.test_targets import CONTACTS, DEALS, imported

pytestmark = pytest.mark.django_db

PEOPLE = (
    "Record ID,First Name,Last Name,Email,Buying Role,Primary Associated Company ID,Create Date\n"
    "101,Ada,Okafor,ada@brightwater.example,Champion;Influencer,501,2026-01-02 09:00\n"
)


def roles():
    return list(DealRole.objects.order_by("role").values_list("role", flat=True))


def test_somebody_without_a_part_is_named_once():
    imported(("contacts.csv", CONTACTS), ("deals.csv", DEALS))

    assert roles() == [""]


def test_parts_are_told_apart_once_each():
    assert named_parts(" ") == []
    assert named_parts("Champion; Influencer;;Champion") == ["Champion", "Influencer"]
    assert named_parts(["Budget Holder", "Champion"]) == ["Budget Holder", "Champion"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_buying_roles_given_as_a_list_are_one_part_each(order):
    files = [("contacts.csv", PEOPLE), ("deals.csv", DEALS)]
    for place in order:
        imported(files[place])

    assert roles() == ["Champion", "Influencer"]


def test_a_later_row_of_the_deal_adds_no_person_without_a_part():
    imported(("contacts.csv", PEOPLE), ("deals.csv", DEALS))
    imported(("deals2.csv", DEALS.replace("12000", "9000")))

    assert roles() == ["Champion", "Influencer"]


def test_a_role_gained_later_is_added():
    imported(("contacts.csv", PEOPLE.replace("Champion;", "")), ("deals.csv", DEALS))
    imported(("contacts2.csv", PEOPLE), ("deals2.csv", DEALS.replace("12000", "9000")))

    assert roles() == ["Champion", "Influencer"]


def test_a_person_whom_a_later_row_names_joined_when_that_row_was_changed():
    header, row = DEALS.splitlines()
    imported(("contacts.csv", CONTACTS), ("deals.csv", DEALS.replace(",501,101,", ",501,,")))
    imported(("deals2.csv", f"{header},Last Modified Date\n{row},2026-03-05 09:00\n"))

    assert FieldChange.objects.get(field="role").happened_at == datetime(2026, 3, 5, 9, tzinfo=UTC)


def test_two_columns_that_name_one_person_give_two_parts():
    header, row = DEALS.splitlines()
    columns = ",Associated Contact IDs (Champion),Associated Contact IDs (Decision maker)"
    imported(("contacts.csv", CONTACTS), ("deals.csv", f"{header}{columns}\n{row},101,101\n"))

    assert roles() == ["Champion", "Decision maker"]


def test_what_a_person_entered_without_a_part_stays():
    imported(("contacts.csv", PEOPLE), ("deals.csv", DEALS))
    role = DealRole.objects.first()
    DealRole.objects.create(deal=role.deal, contact=role.contact, contact_record=role.contact_record, is_confirmed=True)

    imported(("deals2.csv", DEALS.replace("12000", "9000")))

    assert roles() == ["", "Champion", "Influencer"]


def test_a_person_s_parts_hold_only_for_deals_that_name_them():
    other = make_deal(name="Other", key="x")

    imported(("contacts.csv", PEOPLE), ("deals.csv", DEALS))

    assert not other.roles.exists()
