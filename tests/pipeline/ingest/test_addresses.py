import pytest

from pipeline.ingest.addresses import read_domain, read_email, read_emails, read_phone, read_url
from pipeline.ingest.faults import BadCell


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("A.Kim@Acme.example.com", "a.kim@acme.example.com"),
        ("Anna Kim <anna@acme.com>", "anna@acme.com"),
        ("mailto:anna@acme.com", "anna@acme.com"),
        ("anna@acme.com; a.kim@acme.com", "anna@acme.com"),
        ("o'brien@acme.com", "o'brien@acme.com"),
    ],
)
def test_an_address_is_read_in_lower_case(text, address):
    assert read_email(text) == address


@pytest.mark.parametrize("text", ["anna@", "anna", "anna@localhost", "a..b@acme.com", "x" * 400 + "@acme.com"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(BadCell, match="is not an e-mail address"):
        read_email(text)


def test_all_addresses_of_a_cell_are_read_once():
    assert read_emails("a@acme.com ::: B@acme.com, a@acme.com") == ["a@acme.com", "b@acme.com"]


def test_one_bad_address_does_not_cost_the_others():
    with pytest.raises(BadCell, match=r"^“nobody” is not an e-mail address\.$") as refusal:
        read_emails("a@acme.com; nobody; b@acme.com")

    assert refusal.value.kept == ["a@acme.com", "b@acme.com"]


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("(030) 901820", "DE", "+4930901820"),
        ("805-247-8982", "US", "+18052478982"),
        ("'+55 11 91234-5678", "", "+5511912345678"),
        ("+49 30 901820 ext. 12", "", "+4930901820 ext. 12"),
        ("8052478982.0", "US", "+18052478982"),
        ("(030) 901820", "", "(030) 901820"),
    ],
)
def test_a_number_is_brought_to_international_form_where_its_country_is_known(text, country, number):
    assert read_phone(text, country) == number


def test_what_is_no_number_is_kept_as_typed():
    with pytest.raises(BadCell, match=r"^“call reception” is not a phone number\.$") as refusal:
        read_phone("call reception", "US")

    assert refusal.value.kept == "call reception"


def test_a_number_cut_by_a_spreadsheet_is_not_kept():
    with pytest.raises(BadCell, match="a spreadsheet has shortened") as refusal:
        read_phone("4.93E+11", "DE")

    assert refusal.value.kept is None


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.Acme.com/about?x=1", "acme.com"),
        ("acme.co.uk", "acme.co.uk"),
        ("http://shop.acme.com:8080", "shop.acme.com"),
        ("info@acme.de", "acme.de"),
        ("münchen.de", "münchen.de"),
    ],
)
def test_a_website_gives_its_domain(text, domain):
    assert read_domain(text) == domain


@pytest.mark.parametrize(
    "text", ["https://www.linkedin.com/company/acme", "Acme", "http://[bad", "a b.com", "javascript:x"]
)
def test_what_is_no_domain_of_its_own_is_refused(text):
    with pytest.raises(BadCell):
        read_domain(text)


def test_profiles_of_one_person_are_equal():
    texts = (
        "linkedin.com/in/Anna-Kim/",
        "https://de.linkedin.com/in/anna-kim?trk=x",
        "http://www.linkedin.com/in/anna%2Dkim",
    )

    assert {read_url(text) for text in texts} == {"https://www.linkedin.com/in/anna-kim"}


def test_a_script_is_no_web_address():
    with pytest.raises(BadCell):
        read_url("javascript:alert(1)")


def test_two_zeros_before_a_country_code_mean_plus():
    assert read_phone("0044 141 4960085", "US") == "+441414960085"
    assert read_phone("0049 30 901820", "") == "+4930901820"


def test_two_zeros_before_no_country_code_stay_as_typed():
    assert read_phone("000 123 456", "") == "000 123 456"
