import polars as pl
import pytest

from pipeline.matching.kinds import Kind
from pipeline.matching.normalise import normalise, phone, registrable


def one(kind, value, country="DE"):
    return normalise(kind, pl.Series([value], dtype=pl.String), country)[0]


@pytest.mark.parametrize("value", [None, "", "  ", "n/a", "NULL", "-"])
def test_what_says_nothing_stays_missing(value):
    assert one(Kind.PERSON, value) is None


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.PERSON, "Dr. Müller, Jürgen", "juergen mueller"),
        (Kind.PERSON, "Иван Петров", "ivan petrov"),
        (Kind.PERSON, "O'Brien", "obrien"),
        (Kind.PERSON, "王小明", "wang xiao ming"),
        (Kind.PERSON, "J&#252;rgen N&oslash;rby", "juergen noerby"),
        (Kind.PERSON, "R&D; &#0; &unknown;", "r and d and unknown"),
        (Kind.COMPANY, "Falk &amp; Moss", "falk moss"),
        (Kind.COMPANY, "Acme GmbH & Co. KG", "acme"),
        (Kind.COMPANY, "The Limited Inc.", "limited"),
        (Kind.COMPANY, "株式会社トヨタ", "toyota"),
        (Kind.EMAIL, "A.b+news@Googlemail.com", "ab@gmail.com"),
        (Kind.EMAIL, "a.b+x@firm.example", "a.b@firm.example"),
        (Kind.EMAIL, "Ada Nowak <A.Nowak@firm.example>", "a.nowak@firm.example"),
        (Kind.EMAIL, "no address", None),
        (Kind.PHONE, "030 901820", "+4930901820"),
        (Kind.PHONE, "+49 (0)30-901820", "+4930901820"),
        (Kind.PHONE, "123", "+49123"),
        (Kind.DOMAIN, "https://www.shop.example.co.uk/x", "example.co.uk"),
        (Kind.STREET, "Hauptstraße 5", "haupt str 5"),
        (Kind.STREET, "747 Ninth Avenue", "747 9th ave"),
        (Kind.DATE, "3 Apr 1999", "19990403"),
        (Kind.DATE, "1999-04-03T10:00", "19990403"),
        (Kind.DATE, "no day", None),
        (Kind.NUMBER, "1.299,99 €", "1299.99"),
        (Kind.NUMBER, "$1,299.99", "1299.99"),
        (Kind.CODE, "00-12 a", "12a"),
        (Kind.CODE, "000", "000"),
    ],
)
def test_values_are_brought_to_one_form(kind, value, expected):
    assert one(kind, value) == expected


def test_a_day_above_twelve_anywhere_says_how_the_column_is_written():
    days = normalise(Kind.DATE, pl.Series(["3/4/1999", "25/4/1999"]))

    assert days.to_list() == ["19990403", "19990425"]


def test_a_megabyte_in_a_cell_is_cut():
    assert len(one(Kind.TEXT, "word " * 200_000)) <= 1000


def test_single_values_are_read_like_columns():
    assert (phone("030 901820", "DE"), registrable("x@mail.firm.co.uk")) == ("+4930901820", "firm.co.uk")


def test_a_company_filed_under_its_first_word_loses_the_article_behind():
    assert one(Kind.COMPANY, "Quill Garden, The") == "quill garden"
