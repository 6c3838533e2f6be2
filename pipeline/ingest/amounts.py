"""Numbers and money as files write them; what dot and comma mean is decided once per column."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Literal

from babel.numbers import list_currencies

from pipeline.ingest.faults import BadCell, quoted

Mark = Literal[".", ","]

MAX_AMOUNT = Decimal(10) ** 15

_FACTORS = {
    "k": 10**3, "tsd": 10**3, "mn": 10**6, "m": 10**6, "mm": 10**6, "mio": 10**6, "million": 10**6, "millions": 10**6,
    "b": 10**9, "bn": 10**9, "mrd": 10**9, "billion": 10**9, "billions": 10**9,
}  # fmt: skip
# Signs that mean one currency; "$", "¥" and "kr" mean several.
_SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "zł": "PLN", "R$": "BRL", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD",
    "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₴": "UAH",
    "₪": "ILS", "Kč": "CZK",
}  # fmt: skip
_BY_SIGN = {sign.casefold(): code for sign, code in _SIGNS.items()}
_CURRENCIES = frozenset(list_currencies())

_BLANKS = re.compile(r"[\s'’`´_]")
_DIGITS = re.compile(r"\d[\d.,]*|[.,]\d+")
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?", re.ASCII)
_SCIENTIFIC = re.compile(r"[-+]?\d(?:[.,]\d+)?E[+-]?\d{1,2}", re.IGNORECASE)
_RANGE = re.compile(r"(\d[\d.,]*)(?:-|–|to)(\d[\d.,]*)(?:employees)?", re.IGNORECASE)
_UNITS = re.compile(r"[%+~<>≈]|employees|-$", re.IGNORECASE)
_WORDS = re.compile(r"[^\d.,()+-]+")


def decimal_mark(cells: Iterable[str], *, default: Mark = ".", is_money: bool = False) -> Mark:
    """What parts whole from fraction in a column: the last of two different marks, or one not followed by three digits.

    A cell that tells by itself is read its own way. When no cell tells, `1,234` is a thousand, and `1.234` too if it is
    money or several cells look so; otherwise `default` decides.
    """
    thousands_by_dot = 0
    for cell in cells:
        match = _DIGITS.search(_BLANKS.sub("", cell))
        if match is None:
            continue
        mark = _own_mark(match[0])
        if mark:
            return mark
        thousands_by_dot += "." in match[0]
    return "," if thousands_by_dot >= (1 if is_money else 2) else default


def read_number(text: str, mark: Mark = ".") -> str:
    """A number as plain decimal text ("1234.5"). A percentage gives its number, a range its lower end.

    Raises BadCell; for a range it keeps the lower end.
    """
    if _PLAIN.fullmatch(text) and mark == ".":
        return text
    bare = _UNITS.sub("", _BLANKS.sub("", text)) if not text.endswith("-") else _BLANKS.sub("", text)
    span = _RANGE.fullmatch(bare)
    if span:
        raise BadCell(f"{quoted(text)} is a range; its lower end is kept.", kept=_plain(_decimal(span[1], mark, text)))
    if _SCIENTIFIC.fullmatch(bare):
        return _plain(_decimal(bare, mark, text))
    factor = 1
    for word in _WORDS.findall(bare):
        if word.casefold() not in _FACTORS:
            raise BadCell(f"{quoted(text)} is not a number.")
        factor *= _FACTORS[word.casefold()]
    return _plain(_decimal(_WORDS.sub("", bare), mark, text) * factor)


def read_money(text: str, mark: Mark = ".") -> str:
    """An amount as plain decimal text, without its currency: "$1,117.10K", "(1.200,50 €)" and "1.5M" are read.

    Raises BadCell.
    """
    if _PLAIN.fullmatch(text) and mark == ".":
        return text
    bare = _BLANKS.sub("", text)
    if _SCIENTIFIC.fullmatch(bare):
        return _plain(_decimal(bare, mark, text))
    factor = 1
    for word in _WORDS.findall(bare):
        factor *= _factor(word, text)
    return _plain(_decimal(_WORDS.sub("", bare), mark, text) * factor)


def read_currency(text: str) -> str | None:
    """The ISO code a cell names by itself ("EUR") or beside an amount ("€ 5,000"); None when it names none."""
    if text.upper() in _CURRENCIES:
        return text.upper()
    for word in _WORDS.findall(_BLANKS.sub("", text)):
        if word.casefold() in _BY_SIGN:
            return _BY_SIGN[word.casefold()]
        if word.upper() in _CURRENCIES:
            return str(word.upper())
    return None


def _own_mark(digits: str) -> Mark | None:
    """The mark before the fraction, where the digits leave no doubt."""
    digits = digits.rstrip(".,")
    dot, comma = digits.rfind("."), digits.rfind(",")
    if dot < 0 and comma < 0:
        return None
    last: Mark = "." if dot > comma else ","
    other: Mark = "," if last == "." else "."
    if other in digits:
        return last if digits.count(last) == 1 else other
    if digits.count(last) > 1:
        return other
    is_fraction = len(digits) - 1 - max(dot, comma) != 3 or digits.startswith(("0.", "0,", ".", ","))
    return last if is_fraction else None


def _factor(word: str, text: str) -> int:
    lower = word.casefold().strip("$€£¥.")
    if lower in _FACTORS:
        return _FACTORS[lower]
    if (
        not lower
        or lower in _BY_SIGN
        or word.casefold() in _BY_SIGN
        or lower.upper() in _CURRENCIES
        or lower in ("kr", "¥", "/-")
    ):
        return 1
    raise BadCell(f"{quoted(text)} is not an amount.")


def _decimal(bare: str, mark: Mark, text: str) -> Decimal:
    is_negative = bare.startswith(("-", "(-")) or bare.endswith("-") or (bare.startswith("(") and bare.endswith(")"))
    digits = bare.strip("()+-")
    fraction = _own_mark(digits) or mark
    digits = digits.replace(",", "") if fraction == "." else digits.replace(".", "").replace(",", ".")
    try:
        number = Decimal(digits) if digits[:1].isdigit() or digits[:1] == "." else Decimal("")
    except InvalidOperation:
        raise BadCell(f"{quoted(text)} is not a number.") from None
    if abs(number) >= MAX_AMOUNT:
        raise BadCell(f"{quoted(text)} is larger than any amount kept here.")
    return -number if is_negative else number


def _plain(number: Decimal) -> str:
    if abs(number) >= MAX_AMOUNT:
        raise BadCell(f"{number:,f} is larger than any amount kept here.")
    text = f"{round(number, 6):f}" if number.as_tuple().exponent < -6 else f"{number:f}"  # type: ignore[operator]
    return "0" if text.lstrip("-0.") == "" else text
