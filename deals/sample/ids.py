"""Record ids as the two systems hand them out: 18 characters with a checksum here, plain rising numbers there."""

import string
from functools import cache

# A reference that points nowhere, as Salesforce's data export writes it.
NULL_ID = "000000000000000AAA"

_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_CHECK = string.ascii_uppercase + "012345"
_SALESFORCE_PREFIXES = {
    "account": "001",
    "contact": "003",
    "user": "005",
    "deal": "006",
    "history": "008",
    "task": "00T",
    "event": "00U",
    "email": "02s",
}
_HUBSPOT_STARTS = {
    "account": 19_408_113_207,
    "contact": 51_220_764_901,
    "deal": 23_117_548_066,
    "call": 64_300_215_118,
    "email": 66_871_403_552,
    "meeting": 68_015_990_347,
    "note": 69_442_306_780,
}


def salesforce_id(kind: str, number: int) -> str:
    """The 18-character id of the `number`-th record (0 up to 9 million) of a kind; the last three check the case."""
    stem, stem_check = _stem(kind)
    tail = _base62(number * 97 + 1_000_003, 5)
    return stem + tail + stem_check + _check(tail)


def hubspot_id(kind: str, number: int) -> str:
    """The numeric id of the `number`-th record of a kind, rising with gaps."""
    return str(_HUBSPOT_STARTS[kind] + number * 3_571 + number * number % 1_723)


@cache
def _stem(kind: str) -> tuple[str, str]:
    """The first ten characters of all ids of a kind and what checks them."""
    stem = _SALESFORCE_PREFIXES[kind] + "8d00000"
    return stem, _check(stem[:5]) + _check(stem[5:])


def _base62(number: int, width: int) -> str:
    text = ""
    for _ in range(width):
        number, rest = divmod(number, 62)
        text = _DIGITS[rest] + text
    return text


def _check(chunk: str) -> str:
    return _CHECK[sum([1 << place for place, letter in enumerate(chunk) if "A" <= letter <= "Z"])]
