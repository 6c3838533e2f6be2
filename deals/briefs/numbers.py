"""Numbers in prose: money, percents, counts and spans of time, in the styles people and systems write them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

_CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD",
    "£": "GBP", "gbp": "GBP", "pounds": "GBP",
    "¥": "JPY", "jpy": "JPY", "yen": "JPY", "₹": "INR", "inr": "INR",
    "chf": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "czk": "CZK", "huf": "HUF",
    "cad": "CAD", "c$": "CAD", "aud": "AUD", "a$": "AUD", "nzd": "NZD", "cny": "CNY", "brl": "BRL", "r$": "BRL",
    "mxn": "MXN", "zar": "ZAR", "sgd": "SGD", "hkd": "HKD", "krw": "KRW", "try": "TRY", "ils": "ILS", "aed": "AED",
}  # fmt: skip
_SCALES = {
    "k": 1_000, "thousand": 1_000, "tsd": 1_000, "grand": 1_000,
    "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "million": 1_000_000, "millions": 1_000_000,
    "bn": 10**9, "mrd": 10**9, "billion": 10**9, "hundred": 100,
}  # fmt: skip
_PERCENTS = ("%", "percent", "per cent", "pct", "prozent", "percentage points")
_SPANS = {
    "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute",
    "hour": "hour", "hours": "hour", "hrs": "hour", "h": "hour",
    "day": "day", "days": "day", "business days": "day", "week": "week", "weeks": "week",
    "fortnight": "fortnight", "fortnights": "fortnight",
    "month": "month", "months": "month", "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year",
}  # fmt: skip
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * (i + 2) for i, word in enumerate(_TENS)}
_WORDS |= {f"{ten}-{one}": 10 * (i + 2) + j for i, ten in enumerate(_TENS) for j, one in enumerate(_UNITS[1:10], 1)}
_WORDS |= {"dozen": 12}
_ORDINALS = {
    word: value
    for value, word in enumerate(("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 3)
}

_SYMBOLS = "|".join(map(re.escape, sorted((c for c in _CURRENCIES if not c.isalpha()), key=len, reverse=True)))
_CODES = "|".join(sorted((c for c in _CURRENCIES if c.isalpha()), key=len, reverse=True))
_AFTER = "|".join(map(re.escape, sorted((*_PERCENTS, *_SPANS), key=len, reverse=True)))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
# "one" is a pronoun more often than a count.
_NUMBER = re.compile(
    rf"""(?:(?P<before>{_SYMBOLS}|\b(?:{_CODES}))\s?)?
    (?:(?<![\w.,])(?P<digits>\d{{1,3}}(?:[\ \u00a0\u202f.,'’]\d{{3}})+(?![\d])(?:[.,]\d{{1,2}}(?!\d))?|\d+(?:[.,]\d+)?)
      |(?<![\w-])(?P<word>(?<!no\ )(?<!any\ )(?<!this\ )(?<!that\ )(?<!every\ )(?<!each\ )(?<!which\ )(?:{_WORD}))
       (?![\w-])(?!\ (?:of|another|by|who|that|is|to)\b))
    (?P<ordinal>(?:st|nd|rd|th)\b)?
    (?:[\s-]?(?P<scale>{_SCALE})\b\.?)?
    (?:\s?(?P<after>{_SYMBOLS})|[\s-]?(?P<code>{_CODES})\b|[\s-]?(?P<unit>{_AFTER})(?![\w]))?""",
    re.IGNORECASE | re.VERBOSE,
)
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\b", re.IGNORECASE)
_GROUPS = re.compile(r"[ \u00a0\u202f'’]")


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number as it stands in a text. `values` are its readings: "1.200" may be 1.2 and 1,200.

    `unit` is "%", a currency's code, a span of time ("day"), "th" for an ordinal, or "".
    """

    text: str
    span: tuple[int, int]
    values: frozenset[Decimal]
    unit: str = ""

    @property
    def is_money(self) -> bool:
        return len(self.unit) == 3 and self.unit.isupper()


def numbers(text: str) -> Iterator[Number]:
    """All numbers of a text from which dates, phones and addresses were taken out."""
    for found in _NUMBER.finditer(text):
        unit = _unit(found)
        values = _scaled(_readings(found["digits"], found["word"], is_money=unit.isupper()), found["scale"])
        yield Number(text=found[0].strip(), span=found.span(), values=values, unit=unit)
    for found in _ORDINAL.finditer(text):
        value = Decimal(_ORDINALS[found[0].lower()])
        yield Number(text=found[0], span=found.span(), values=frozenset({value}), unit="th")


def supports(known: Number, said: Number, currencies: Iterable[str]) -> bool:
    """Whether a number of a record bears out one in a statement: the same value, and no other unit.

    `currencies` are those the records name: a bare "50,000" there may be said with one of them.
    """
    if not known.values & said.values:
        return False
    if known.unit == said.unit:
        return True
    if "%" in (known.unit, said.unit) or (known.unit and said.unit):
        return False
    if said.is_money:
        return said.unit in currencies
    # A bare "10" is no ten years: a span must be told as one.
    return not said.unit and known.unit != "th"


def _unit(found: re.Match[str]) -> str:
    if found["ordinal"]:
        return "th"
    currency = found["before"] or found["after"] or found["code"]
    if currency:
        return _CURRENCIES[currency.lower()]
    unit = (found["unit"] or "").lower()
    return "%" if unit in _PERCENTS else _SPANS.get(unit, "")


def _scaled(values: Iterable[Decimal], scale: str | None) -> frozenset[Decimal]:
    factor = _SCALES[scale.lower()] if scale else 1
    return frozenset((value * factor).normalize() for value in values)


def _readings(digits: str | None, word: str | None, *, is_money: bool) -> list[Decimal]:
    if digits is None:
        return [Decimal(_WORDS[(word or "").lower()])]
    bare = _GROUPS.sub("", digits)
    marks = [c for c in bare if c in ".,"]
    if not marks:
        return [Decimal(bare)]
    if len(set(marks)) == 2:
        decimal = marks[-1]
        return [Decimal(bare.replace("," if decimal == "." else ".", "").replace(decimal, "."))]
    if len(marks) > 1:
        return [Decimal(bare.replace(marks[0], ""))]
    whole, _, part = bare.partition(marks[0])
    fraction, thousands = Decimal(f"{whole}.{part}"), Decimal(whole + part)
    if len(part) != 3 or len(whole) > 3 or whole == "0":
        return [fraction]
    # "1,200" has a thousands mark; "1.200" may have one, and as money it has: nobody counts tenths of cents.
    return [thousands] if marks[0] == "," or is_money else [fraction, thousands]
