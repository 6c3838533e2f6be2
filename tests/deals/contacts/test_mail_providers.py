"""Which domains belong to no company, told by who uses them."""

from deals.contacts.case import prepare
from deals.contacts.mail_providers import mail_providers
from pipeline.pipeline import Memory
from tests.deals.contacts.cases import person

FIRMS = ("Brightwater Foods", "Norden Roofing", "Isdom", "Calder Mills", "Oakhurst Clinic")


def users(domain, firms):
    return [person(i, "Ada", "Okafor", company=firm, email=f"a{i}@{domain}") for i, firm in enumerate(firms)]


def test_nobody_makes_no_provider():
    assert mail_providers([]) == frozenset()


def test_four_companies_are_too_few():
    assert mail_providers(users("postbox.example", FIRMS[:4])) == frozenset()


def test_people_without_a_company_count_for_nothing():
    assert mail_providers(users("postbox.example", [*FIRMS[:4], "", "", ""])) == frozenset()


def test_a_company_stays_one_when_some_of_its_people_have_moved():
    assert mail_providers(users("calder.example", [*["Calder Mills"] * 6, *FIRMS])) == frozenset()


def test_subsidiaries_named_like_the_domain_are_one_company():
    named = [f"Calder {unit}" for unit in ("Energy", "Water", "Rail", "Mining", "Finance", "Foods")]

    assert mail_providers(users("mail.calder.example", named)) == frozenset()


def test_spellings_of_a_legal_form_are_one_company():
    assert (
        mail_providers(users("x.example", ["Isdom Ltd", "Isdom Inc", "ISDOM", "Isdom GmbH", "Isdom AG"])) == frozenset()
    )


def test_a_domain_of_people_of_five_companies_is_a_provider_s():
    assert mail_providers(users("Postbox.example", FIRMS)) == {"postbox.example"}


def test_sharing_nothing_but_such_a_domain_needs_a_person():
    others = users("postbox.example", FIRMS)
    pair = [
        person(90, "Ines", "Novak", company="Isdom", email="ines@postbox.example"),
        person(91, "Ines", "Novak", company="Tarn Bank", email="ines.novak@postbox.example", source="Salesforce"),
    ]

    found = prepare([*others, *pair], Memory()).cases[-1].candidate(90)

    assert found.guards == ("free_mail",)
