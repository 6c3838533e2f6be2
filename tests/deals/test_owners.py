"""Who of us a file means."""

import pytest

from deals.models import Colleague, Deal
from deals.models.owners import Owners, named
from tests.deals.factories import make_colleague, make_source
from tests.deals.test_targets import DEALS, imported

HEADER = "Record ID,Deal Name,Deal Stage,Pipeline,Deal owner\n"
ACTIVE = HEADER + "1,Roof,Talks,Sales,Gregor Hale\n"
GONE = HEADER + "2,Cellar,Talks,Sales,Gregor Hale (Deactivated User)\n"
USERS = "Id,Username,FirstName,LastName,Email,IsActive,ProfileId\n005A1,gregor,Gregor,Hale,gregor@us.example,1,P1\n"


@pytest.mark.parametrize("text", ["Gregor Hale", "Gregor Hale (Leeds)", "(Deactivated User)", "[Former] Gregor Hale"])
def test_what_is_no_mark_of_having_left_stays(text):
    assert named(text) == text


@pytest.mark.parametrize("mark", ["(Deactivated User)", "(deactivated)", "[Inactive]", "(Former Owner)"])
def test_a_mark_of_having_left_is_not_part_of_the_name(mark):
    assert named(f"Gregor Hale {mark}") == "Gregor Hale"


@pytest.mark.django_db
@pytest.mark.parametrize("files", [(ACTIVE, GONE), (GONE, ACTIVE)])
def test_somebody_who_has_left_is_the_same_colleague_in_any_order_of_files(files):
    for number, body in enumerate(files):
        imported((f"deals{number}.csv", body))

    colleague = Colleague.objects.get()
    assert (colleague.name, colleague.is_active) == ("Gregor Hale", False)
    assert set(Deal.objects.values_list("owner", flat=True)) == {colleague.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("files", [(USERS, GONE), (GONE, USERS)])
def test_a_list_of_users_knows_better_who_has_left(files):
    for number, body in enumerate(files):
        imported((f"file{number}.csv", body))

    colleague = Colleague.objects.get()
    assert (colleague.name, colleague.email, colleague.is_active) == ("Gregor Hale", "gregor@us.example", True)
    assert Deal.objects.get().owner == colleague


@pytest.mark.django_db
def test_an_owner_nobody_marked_stays_active():
    imported(("deals.csv", DEALS))

    assert Colleague.objects.get().is_active


@pytest.mark.django_db
def test_one_slice_may_call_an_owner_by_address_and_by_name():
    owners = Owners.load()

    owners.add_missing(make_source().pk, ["gregor.hale@us.example", "Gregor Hale", None, "005A1"])

    assert Colleague.objects.get().email == "gregor.hale@us.example"


@pytest.mark.django_db
def test_an_owner_is_found_whatever_the_case():
    colleague = make_colleague("Gregor Hale")

    assert Owners.load().find(0, "GREGOR HALE (deactivated user)") == colleague.pk
