"""Values as a brief shows them, and placeholders filled with them: a fact is printed by us, never by a model."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

_PLACEHOLDER = re.compile(r"\{\s*([a-z]+:[0-9a-z]+)\.([a-z_]+)\s*\}")
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}


def money(amount: Decimal, currency: str) -> str:
    """€120,000, CHF 98,000.50; without a currency the bare number."""
    digits = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    symbol = _SYMBOLS.get(currency)
    return f"{symbol}{digits}" if symbol else f"{currency} {digits}".strip()


def day(value: date | datetime) -> str:
    """30 Jun 2026; of a moment the day in its own zone."""
    return f"{value.day} {value:%b %Y}"


def placeholders(text: str) -> list[tuple[str, str]]:
    """(record, field) of every placeholder in order."""
    return [(found[1], found[2]) for found in _PLACEHOLDER.finditer(text)]


def literal(text: str) -> str:
    """What the text says in its own words: placeholders become a bar, which is part of no word."""
    return _PLACEHOLDER.sub("|", text)


def has_stray_brace(text: str) -> bool:
    return any(brace in literal(text) for brace in "{}")


def render(text: str, values: Mapping[tuple[str, str], str]) -> str:
    """The text with its placeholders filled; one without a value stays as it is (the verifier refuses it)."""
    return _PLACEHOLDER.sub(lambda found: values.get((found[1], found[2])) or found[0], text)
