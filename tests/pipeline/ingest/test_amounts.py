from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.amounts import decimal_mark, read_currency, read_money, read_number
from pipeline.ingest.faults import BadCell


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1054", "1054"),
        ("$22,700.00", "22700.00"),
        ("$1,117.10K", "1117100.00"),
        ("5k", "5000"),
        ("1.5M", "1500000.0"),
        ("2,5 Mio. €", "2500000.0"),
        ("(1,200)", "-1200"),
        ("-5.50", "-5.50"),
        ("5-", "-5"),
        ("USD 5000", "5000"),
        ("€ 5.000,50", "5000.50"),
        ("1'234.50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("12,34,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.2E+06", "1200000"),
        ("$0", "0"),
    ],
)
def test_money_is_read_however_it_is_written(text, amount):
    assert read_money(text) == amount


@pytest.mark.parametrize("text", ["abc", "1-5", "12 apples", "$", "1e400", "9999999999999999"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(BadCell):
        read_money(text)


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1,234", "1,234.50"], "."),
        (["1.234", "1.234,50"], ","),
        (["1,5", "1.234"], ","),
        (["12.50", "1,234"], "."),
        (["1.234.567"], ","),
        (["1234"], "."),
        (["0.125", "0.250"], "."),
    ],
)
def test_a_column_tells_what_dot_and_comma_mean(cells, mark):
    assert decimal_mark(cells) == mark


def test_dotted_thousands_are_recognised_in_a_money_column():
    mark = decimal_mark(["1.200", "15.000", "900"], is_money=True)

    assert [read_money(text, mark) for text in ("1.200", "15.000", "900")] == ["1200", "15000", "900"]


def test_a_range_keeps_its_lower_end_and_says_so():
    with pytest.raises(BadCell, match=r"^“11-50” is a range; its lower end is kept\.$") as refusal:
        read_number("11-50")

    assert refusal.value.kept == "11"


@pytest.mark.parametrize(("text", "number"), [("10,001+", "10001"), ("12 %", "12"), ("0.75", "0.75"), ("2k", "2000")])
def test_numbers_lose_their_marks(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [("eur", "EUR"), ("€ 5,000", "EUR"), ("US$ 5", "USD"), ("5,000 GBP", "GBP"), ("$5", None), ("5", None)],
)
def test_a_currency_is_named_only_when_it_is_certain(text, code):
    assert read_currency(text) == code


@settings(deadline=None)  # the first call loads tables
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_an_amount_written_the_american_way_comes_back(amount):
    assert Decimal(read_money(f"${amount:,.2f}")) == amount


@settings(deadline=None)  # the first call loads tables
@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text):
    for read in (read_money, read_number):
        with suppress(BadCell):
            Decimal(read(text, ","))
