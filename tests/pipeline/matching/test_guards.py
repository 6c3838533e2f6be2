from pipeline.matching.guards import CompanySide, PersonSide, company_guards, is_free_mail, person_guards


def person(given="Robert", family="Miller", **values):
    return PersonSide(given_name=given, family_name=family, **values)


def test_two_records_of_one_person_raise_no_guard():
    left = person(emails=("rmiller@acme.example.com",), company="Acme", source="a", source_id="1")
    right = person("Bob", emails=("bob.miller@acme.example.com",), company="Acme Inc.", source="b", source_id="1")

    assert person_guards(left, right) == ()


def test_an_exact_personal_address_links_across_a_public_provider():
    left, right = person("R.", emails=("r.miller@gmail.com",)), person(emails=("r.miller@gmail.com",))

    assert person_guards(left, right) == ()


def test_a_first_name_at_one_firm_that_differs_means_colleagues():
    left = person("Christian", "Weber", emails=("c.weber@acme.example.com",))
    right = person("Christina", "Weber", emails=("christina.weber@acme.example.com",))

    assert person_guards(left, right) == ("colleagues",)


def test_two_ids_in_one_system_are_left_to_a_person():
    assert person_guards(person(source="a", source_id="1"), person(source="a", source_id="2")) == ("same_source",)


def test_a_shared_public_provider_says_nothing():
    assert person_guards(person(emails=("x@gmail.com",)), person(emails=("y@gmail.com",))) == ("free_mail",)


def test_a_mailbox_of_the_firm_is_nobodys_own():
    left, right = person(emails=("info@acme.example.com",)), person(emails=("info@acme.example.com",))

    assert person_guards(left, right) == ("shared_mailbox",)


def test_a_switchboard_number_links_nobody():
    left, right = (
        person(phones=("+1 555 123 4567",), phone_holders=9),
        person(phones=("(555) 123-4567",), phone_holders=9),
    )

    assert person_guards(left, right) == ("shared_phone",)


def test_junior_is_not_senior():
    assert person_guards(person(family="Miller Jr."), person(family="Miller")) == ("generation",)


def test_a_family_called_senior_is_no_generation():
    assert person_guards(person(family="Senior"), person(family="Senior")) == ()


def test_an_initial_alone_is_left_to_a_person():
    assert person_guards(person("R."), person("Robert")) == ("initials_only",)


def test_too_many_candidates_and_an_earlier_no_are_named_together():
    assert person_guards(person(), person(), candidates=21, is_never_match=True) == (
        "never_match",
        "too_many_candidates",
    )


def test_one_company_under_two_legal_forms_raises_no_guard():
    assert company_guards(CompanySide(name="Acme GmbH"), CompanySide(name="ACME Group")) == ()


def test_a_longer_name_is_a_subsidiary():
    assert company_guards(CompanySide(name="Acme"), CompanySide(name="Acme Bank")) == ("parent_subsidiary",)


def test_a_named_parent_is_a_parent():
    left, right = CompanySide(name="Golddex", parent="Acme Corporation"), CompanySide(name="Acme")

    assert company_guards(left, right) == ("parent_subsidiary",)


def test_one_name_in_two_countries_is_two_companies():
    left, right = CompanySide(name="Acme GmbH", country="DE"), CompanySide(name="Acme Inc", country="US")

    assert company_guards(left, right) == ("parent_subsidiary",)


def test_a_country_written_in_two_ways_tells_nothing():
    left, right = CompanySide(name="Acme", country="DE"), CompanySide(name="Acme", country="Germany")

    assert company_guards(left, right) == ()


def test_public_mail_providers_are_known():
    assert [is_free_mail(value) for value in ("a@gmail.com", "GMX.de", "acme.example.com")] == [True, True, False]
