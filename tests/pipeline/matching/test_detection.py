import polars as pl
import pytest

from pipeline.matching.alignment import Pairing, pair_up, with_full_names
from pipeline.matching.detection import detect
from pipeline.matching.kinds import Kind

VALUES = {
    Kind.EMAIL: ["a@firm.example", "b@firm.example", "c.d@mail.example", "e"],
    Kind.DOMAIN: ["https://firm.example", "www.mail.example/x", "other.example", "third.co.uk"],
    Kind.PHONE: ["+49 30 901820", "(212) 555-0147", "212-555-0162", "030/1234567"],
    Kind.DATE: ["1971-06-24", "1980-01-02", "1999-12-31", "2001-05-05"],
    Kind.NUMBER: ["12.99", "$1,299.00", "7.50", "80"],
    Kind.GIVEN_NAME: ["Robert", "Anna", "Maria", "Thomas", "Giulia"],
    Kind.FAMILY_NAME: ["Smith", "Garcia", "Müller", "Nguyen", "Kowalski"],
    Kind.PERSON: ["Robert Smith", "Anna Garcia", "Maria Müller", "Thomas Nguyen"],
    Kind.COMPANY: ["Birchline Ltd", "Quillmark GmbH", "Tarnfield Systems", "Osprey Foods Inc"],
    Kind.CITY: ["London", "Paris", "New York", "Berlin", "Madrid"],
    Kind.COUNTRY: ["Germany", "France", "Italy", "Spain"],
    Kind.STREET: ["12 High Street", "4 Park Avenue", "7 Mill Lane", "9 Station Road"],
    Kind.CODE: ["INV-10291", "INV-22014", "INV-99213", "INV-11880"],
    Kind.TEXT: [
        "a long description of some product in many plain words",
        "another rather long description of one more thing for sale",
        "a third description that is about as long as the two before",
    ],
}


@pytest.mark.parametrize("values", [[], [None, ""], ["same", "same"]])
def test_a_column_that_tells_nothing_apart_has_no_kind(values):
    assert detect(pl.Series(values, dtype=pl.String)) is None


@pytest.mark.parametrize("kind", list(VALUES))
def test_kinds_are_told_from_values(kind):
    assert detect(pl.Series(VALUES[kind])) is kind


def test_a_column_of_few_values_is_a_category():
    assert detect(pl.Series(["lead", "customer", "partner"] * 40)) is Kind.CATEGORY


def test_columns_of_other_names_and_order_pair_up_by_what_they_hold():
    left = pl.DataFrame({"x": VALUES[Kind.EMAIL], "y": VALUES[Kind.COMPANY]})
    right = pl.DataFrame({"f1": VALUES[Kind.COMPANY], "f2": VALUES[Kind.EMAIL]})

    assert pair_up(left, right) == (
        Pairing(left="x", right="f2", kind=Kind.EMAIL),
        Pairing(left="y", right="f1", kind=Kind.COMPANY),
    )


def test_a_kind_given_by_hand_wins():
    frame = pl.DataFrame({"x": VALUES[Kind.CITY]})

    assert pair_up(frame, None, {"x": Kind.TEXT}) == (Pairing(left="x", right=None, kind=Kind.TEXT),)


def test_name_parts_are_joined_where_the_other_list_has_full_names():
    parts = pl.DataFrame({"first": VALUES[Kind.GIVEN_NAME], "last": VALUES[Kind.FAMILY_NAME]})
    full = pl.DataFrame({"name": VALUES[Kind.PERSON]})

    left, right = with_full_names(parts, full)

    assert left["first last"].to_list()[:2] == ["Robert Smith", "Anna Garcia"]
    assert right.columns == ["name"]
