"""A cell's text to a value, by the shape of its field."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

from pipeline.ingest.addresses import read_domain, read_email, read_emails, read_phone, read_url
from pipeline.ingest.amounts import Mark, decimal_mark, read_currency, read_money, read_number
from pipeline.ingest.dates import DateReader, Order, date_reader
from pipeline.ingest.faults import BadCell, quoted
from pipeline.ingest.formats import Shape

MAX_TEXT_CHARS = 20_000
MAX_NAME_CHARS = 300
MAX_ID_CHARS = 200
MAX_LIST_ITEMS = 1_000

# Countries that write 12/31/2024 and those that write 1,234.50; everyone else the other way round.
_MONTH_FIRST = frozenset({"US", "PH", "PR", "GU", "FM", "BZ"})
_COMMA_DECIMAL = frozenset({
    "AR", "AT", "BE", "BG", "BR", "CL", "CO", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "ID", "IS",
    "IT", "LT", "LU", "LV", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI", "SK", "TR", "UA", "VN",
})  # fmt: skip

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]")
# Longer cells are no date or number; patterns with many blanks in them would take for ever to say so.
_MAX_VALUE_CHARS = 100
_SHORT: frozenset[Shape] = frozenset({"date", "instant", "money", "currency", "number"})
_EMPTY = frozenset(
    {"", "-", "--", "—", "–", "N/A", "n/a", "#N/A", "#REF!", "#VALUE!", "NULL", "null", "(null)", "(No value)"}
)
_EMPTY_VALUES = frozenset({"na", "nan", "none", "nil", "unknown", "tbd", "tbc", "?", "select", "not available"})
_EXCEL_TEXT = re.compile(r'="(.*)"')
_SHORTENED_ID = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_FLOAT_ID = re.compile(r"(\d+)\.0")
_LIST_SEPARATORS = re.compile(r";|\n| ::: ")
_TRUE = frozenset({"true", "t", "yes", "y", "1", "x", "on", "✓", "ja", "oui", "sí", "si", "sim", "wahr", "vrai"})
_FALSE = frozenset({"false", "f", "no", "n", "0", "off", "nein", "non", "não", "nao", "nee", "falsch", "faux"})


@dataclass(frozen=True, kw_only=True)
class ReadingSettings:
    """How a source writes what a file does not say: where it is at home, its zone and the order of day and month.

    `country` is an ISO code or ""; `order` is None when nobody has said.
    """

    country: str = ""
    zone: tzinfo = UTC
    order: Order | None = None


@dataclass(frozen=True, kw_only=True)
class ColumnContext:
    """What a whole column tells about each of its cells. `problems` are sentences about the column."""

    dates: DateReader = field(default_factory=lambda: DateReader(order="dmy"))
    mark: Mark = "."
    country: str = ""
    null_values: frozenset[str] = frozenset()
    read_id: Callable[[str], str] | None = None

    @property
    def problems(self) -> tuple[str, ...]:
        return (self.dates.problem,) if self.dates.problem else ()


def column_context(
    cells: Iterable[str],
    shape: Shape,
    *,
    settings: ReadingSettings,
    null_values: frozenset[str] = frozenset(),
    read_id: Callable[[str], str] | None = None,
) -> ColumnContext:
    """Look at a column's cells, all or a sample, and decide how dates and numbers in it are read."""
    dates, mark = DateReader(order=settings.order or "dmy", zone=settings.zone), _default_mark(settings.country)
    if shape in ("date", "instant"):
        default: Order = settings.order or ("mdy" if settings.country in _MONTH_FIRST else "dmy")
        known = settings.order is not None
        dates = date_reader(cells, default=default, zone=settings.zone, is_default_known=known)
    elif shape in ("money", "number"):
        mark = decimal_mark(cells, default=mark, is_money=shape == "money")
    return ColumnContext(dates=dates, mark=mark, country=settings.country, null_values=null_values, read_id=read_id)


def read_cell(text: str, shape: Shape, *, context: ColumnContext) -> Any:
    """The value of a cell, as JSON knows it (text, true/false or a list of texts), or None for an empty one.

    Raises BadCell with a sentence when the text is not what the shape says.
    """
    cleaned = clean(text)
    if cleaned in _EMPTY or cleaned in context.null_values:
        return None
    if shape not in ("text", "name", "list", "id") and cleaned.casefold() in _EMPTY_VALUES:
        return None
    if shape in _SHORT and len(cleaned) > _MAX_VALUE_CHARS:
        raise BadCell(f"{quoted(cleaned)} is too long for a date or a number.")
    return _READERS[shape](cleaned, context)


def clean(text: str) -> str:
    """Text without blanks around it, control and invisible characters; accents composed, line ends as one."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text)).strip()


def one_line(text: str) -> str:
    return " ".join(text.split())


def _default_mark(country: str) -> Mark:
    return "," if country in _COMMA_DECIMAL else "."


def _text(text: str, context: ColumnContext) -> str:
    if len(text) > MAX_TEXT_CHARS:
        raise BadCell(f"The text is longer than {MAX_TEXT_CHARS:,} characters and was cut.", kept=text[:MAX_TEXT_CHARS])
    return text


def _name(text: str, context: ColumnContext) -> str | None:
    line = one_line(text)
    if len(line) > MAX_NAME_CHARS:
        raise BadCell(f"The text is longer than {MAX_NAME_CHARS} characters and was cut.", kept=line[:MAX_NAME_CHARS])
    return line or None


def _id(text: str, context: ColumnContext) -> str:
    if _SHORTENED_ID.fullmatch(text):
        raise BadCell(f"{quoted(text)} is an id a spreadsheet has shortened; its last digits are lost.")
    wrapped = _EXCEL_TEXT.fullmatch(text) or _FLOAT_ID.fullmatch(text)
    bare = (wrapped[1] if wrapped else text).lstrip("'").strip()
    if not bare or len(bare) > MAX_ID_CHARS:
        raise BadCell(f"{quoted(text)} is not an id.")
    return context.read_id(bare) if context.read_id else bare


def _flag(text: str, context: ColumnContext) -> bool:
    word = text.casefold()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise BadCell(f"{quoted(text)} is neither yes nor no.")


def _list(text: str, context: ColumnContext) -> list[str] | None:
    items = [one_line(item) for item in _LIST_SEPARATORS.split(text)]
    kept = [item[:MAX_NAME_CHARS] for item in items if item and item not in context.null_values]
    if any(_SHORTENED_ID.fullmatch(item) for item in kept):
        raise BadCell(f"{quoted(text)} holds an id a spreadsheet has shortened; its last digits are lost.")
    return list(dict.fromkeys(kept))[:MAX_LIST_ITEMS] or None


_READERS: dict[Shape, Callable[[str, ColumnContext], Any]] = {
    "text": _text,
    "name": _name,
    "email": lambda text, context: read_email(text),
    "emails": lambda text, context: read_emails(text),
    "phone": lambda text, context: read_phone(text, context.country),
    "domain": lambda text, context: read_domain(text),
    "url": lambda text, context: read_url(text),
    "date": lambda text, context: context.dates.day(text),
    "instant": lambda text, context: context.dates.instant(text),
    "money": lambda text, context: read_money(text, context.mark),
    "currency": lambda text, context: read_currency(text),
    "number": lambda text, context: read_number(text, context.mark),
    "flag": _flag,
    "list": _list,
    "id": _id,
}
