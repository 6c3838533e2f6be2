"""What a column's values are: the kinds the toolkit knows how to normalise and compare."""

from enum import StrEnum


class Kind(StrEnum):
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    PERSON = "person"
    COMPANY = "company"
    EMAIL = "email"
    PHONE = "phone"
    DOMAIN = "domain"
    STREET = "street"
    CITY = "city"
    POSTCODE = "postcode"
    COUNTRY = "country"
    DATE = "date"
    NUMBER = "number"
    CODE = "code"
    TEXT = "text"
    CATEGORY = "category"


# Kinds whose words may be written together or apart, abbreviated or misspelt: they are also found by similar text.
WORDED = frozenset({Kind.GIVEN_NAME, Kind.FAMILY_NAME, Kind.PERSON, Kind.COMPANY, Kind.STREET, Kind.CITY, Kind.TEXT})
