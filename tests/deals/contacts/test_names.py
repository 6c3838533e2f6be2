"""Names as they are compared, and as they are shown."""

from deals.contacts.case import alias_key, identify, prepare, values_of
from deals.contacts.names import compared
from pipeline.pipeline import Candidate, Memory
from tests.deals.contacts.cases import person

MAIL = "ada@brightwater.example"


def test_a_plain_name_is_compared_as_it_is():
    cases = [person(1, "Ada", "Okafor"), person(2, "Jean-Luc", "O'Neill")]

    assert all(one is other for one, other in zip(compared(cases), cases, strict=True))


def test_ornaments_and_lost_letters_are_not_compared():
    cases = [person(1, "⭐ Ada", "Okafor, PhD"), person(2, "Micha?", "St?pie?"), person(3, "Michał", "Stępień")]

    names = [(case.values["given_name"], case.values["family_name"]) for case in compared(cases)]

    assert names == [("Ada", "Okafor"), ("Michał", "Stępień"), ("Michał", "Stępień")]


def test_what_is_shown_stays_as_the_file_has_it():
    plain = person(1, "Ada", "Okafor", email=MAIL, company="Isdom")
    ornate = person(2, "⭐ Ada", "Okafor, PhD", email=MAIL, company="Isdom", source="Salesforce")
    later = person(3, "Ada", "Okafor", email=MAIL, company="Isdom", source="LinkedIn")

    work = prepare([plain, ornate, later], Memory())

    assert [case.values for case in work.cases] == [plain.values, ornate.values, later.values]
    assert work.cases[1].candidate(1).levels["family_name"] == "equal"
    assert work.cases[2].candidate(2).values == ornate.values


def test_an_ornament_does_not_make_two_colleagues_of_one():
    plain = person(1, "Ada", "Okafor", email=MAIL, company="Isdom")
    ornate = person(2, "⭐ Ada", "Okafor", email=MAIL, company="Isdom", source="Salesforce")

    found = prepare([plain, ornate], Memory()).cases[1].candidate(1)

    assert found.guards == ()


def test_a_shared_address_identifies_under_an_ornament_too():
    case = person(2, "⭐ Ada", "Okafor, PhD", email=MAIL)
    candidate = Candidate(object_id=1, values=person(1, "Ada", "Okafor", email=MAIL).values, weight=9, probability=0.9)

    assert identify(case, candidate) == "same_email"


def test_a_full_name_is_parted_without_its_ornaments():
    values = values_of({"full_name": "⭐ Anna Kim, PMP®"}, "")

    assert (values["given_name"], values["family_name"]) == ("Anna", "Kim")


def test_an_alias_holds_for_the_bare_name():
    assert alias_key(person(1, "Ada", "Okafor, PhD", company="Isdom").values) == "ada okafor · isdom"
