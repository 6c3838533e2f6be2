"""Dates as files write them: the order of day and month is decided once per column, then cells are read by it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Literal

from babel import Locale
from babel.dates import get_month_names

from pipeline.ingest.faults import BadCell, quoted

Order = Literal["dmy", "mdy"]

FIRST_YEAR, LAST_YEAR = 1900, 2100
_MEMORY = 20_000  # distinct cells remembered per column: dates repeat
_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "sv",
    "da",
    "nb",
    "fi",
    "cs",
    "tr",
    "ro",
    "hu",
    "ru",
    "uk",
)

_EXCEL_EPOCH = datetime(1899, 12, 30)
_EXCEL_SERIALS = (20_000.0, 80_000.0)  # 1954 to 2119
_EXCEL = re.compile(r"\d{5}(?:[.,]\d+)?")
_UNIX_MS = re.compile(r"\d{13}")
_EMPTY_DATE = re.compile(r"0000-00-00.*|0?0[/.-]0?0[/.-]0{2,4}.*")
_TIME = (
    r"(?:[T,]?\s*(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,6})\d*)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})\s?[-/.年]\s?(?P<month>\d{{1,2}})\s?[-/.月]\s?(?P<day>\d{{1,2}})日?\s*{_TIME}", re.I
)
_NUMERIC = re.compile(
    rf"(?P<a>\d{{1,2}})\s?[-/.]\s?(?P<b>\d{{1,2}})\s?[-/.]\s?(?P<year>\d{{4}}|\d{{2}})\.?\s*{_TIME}", re.I
)
_DAY_WORD = re.compile(
    rf"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?:\s+(?:de\s+)?|-)"
    rf"(?P<word>[^\W\d]+)\.?,?(?:\s+(?:de\s+)?|-)(?P<year>\d{{4}}|\d{{2}})\.?\s*{_TIME}",
    re.I,
)
_WORD_DAY = re.compile(
    rf"(?:[^\W\d]+,\s+)?(?P<word>[^\W\d]+)\.?[\s-]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+(?P<year>\d{{4}})\s*{_TIME}",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class DateReader:
    """Reads one column's dates. `order` says what 03/04/2024 means; `zone` is where moments without a zone happened.

    `is_decided` when the column's own cells settled the order; `problem` is a sentence when they left it open or
    contradict each other.
    """

    order: Order
    zone: tzinfo = UTC
    problem: str = ""
    is_decided: bool = False
    _read: dict[str, datetime] = field(default_factory=dict, repr=False, compare=False)

    def day(self, text: str) -> str | None:
        """The ISO day a cell names, in the column's zone when it names a moment; None for an empty date.

        Raises BadCell.
        """
        moment = self._moment(text)
        return None if moment is None else moment.date().isoformat()

    def instant(self, text: str) -> str | None:
        """The moment a cell names, as ISO 8601 in UTC; a bare day is its midnight in the column's zone.

        Raises BadCell.
        """
        moment = self._moment(text)
        return None if moment is None else moment.astimezone(UTC).isoformat()

    def _moment(self, text: str) -> datetime | None:
        known = self._read.get(text)
        if known is not None:
            return known
        if _EMPTY_DATE.fullmatch(text):
            return None
        try:
            moment = _parse(text, self.order, self.zone)
        except (ValueError, OverflowError):
            moment = None
        if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise BadCell(f"{quoted(text)} is not a date.")
        if len(self._read) < _MEMORY:
            self._read[text] = moment
        return moment


def date_reader(
    cells: Iterable[str], *, default: Order, zone: tzinfo = UTC, is_default_known: bool = False
) -> DateReader:
    """A reader for a column: a first part above 12 means day first, a second above 12 month first.

    `default` decides when no cell does; that is a problem worth a sentence unless `is_default_known`, and only when
    some date really has two readings.
    """
    first_above, second_above, has_open, has_dots = False, False, False, False
    for cell in cells:
        match = _NUMERIC.fullmatch(cell.strip())
        if match is None:
            continue
        a, b = int(match["a"]), int(match["b"])
        first_above |= a > 12
        second_above |= b > 12
        has_open |= a != b
        has_dots |= "." in cell
    if first_above and second_above:
        return DateReader(order=default, zone=zone, problem="Day and month stand in both orders in this column.")
    if first_above or second_above:
        return DateReader(order="dmy" if first_above else "mdy", zone=zone, is_decided=True)
    if has_dots:
        return DateReader(order="dmy", zone=zone, is_decided=True)  # no country writes the month first with dots
    problem = ""
    if has_open and not is_default_known:
        words = "day before month" if default == "dmy" else "month before day"
        problem = f"Dates like 03/04/2024 have two readings here and were read as {words}."
    return DateReader(order=default, zone=zone, problem=problem)


def _parse(text: str, order: Order, zone: tzinfo) -> datetime | None:
    if text[4:5] == "-" and text[7:8] == "-" and text.isascii():
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            pass  # "2024-03-12 09:14 UTC" and the like
        else:
            return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return _combined(match, int(match["year"]), int(match["month"]), int(match["day"]), zone)
    match = _NUMERIC.fullmatch(text)
    if match:
        a, b = int(match["a"]), int(match["b"])
        day, month = (a, b) if order == "dmy" else (b, a)
        return _combined(match, _full_year(match["year"]), month, day, zone)
    match = _DAY_WORD.fullmatch(text) or _WORD_DAY.fullmatch(text)
    if match:
        month = months().get(match["word"].casefold(), 0)
        return _combined(match, _full_year(match["year"]), month, int(match["day"]), zone)
    return _serial(text, zone)


def _serial(text: str, zone: tzinfo) -> datetime | None:
    if _EXCEL.fullmatch(text):
        days = float(text.replace(",", "."))
        if _EXCEL_SERIALS[0] <= days <= _EXCEL_SERIALS[1]:
            return (_EXCEL_EPOCH + timedelta(seconds=round(days * 86_400))).replace(tzinfo=zone)
    if _UNIX_MS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / 1000, tz=UTC).astimezone(zone)
    return None


def _combined(match: re.Match[str], year: int, month: int, day: int, zone: tzinfo) -> datetime:
    clock, offset = _clock(match), match["zone"]
    if offset is None:
        return datetime.combine(date(year, month, day), clock, tzinfo=zone)
    if offset.upper() in ("Z", "UTC", "GMT"):
        offset = "+00:00"
    stamp = f"{year:04}-{month:02}-{day:02}T{clock.isoformat()}{offset}"
    return datetime.fromisoformat(stamp).astimezone(zone)


def _clock(match: re.Match[str]) -> time:
    if match["hour"] is None:
        return time()
    hour = int(match["hour"])
    half = (match["half"] or "").replace(".", "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("an hour above 12 with am or pm")
        hour = hour % 12 + (12 if half == "pm" else 0)
    fraction = (match["fraction"] or "").ljust(6, "0")
    return time(hour, int(match["minute"]), int(match["second"] or 0), int(fraction))


def _full_year(text: str) -> int:
    """Two digits mean 1969 to 2068, as in POSIX."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year >= 69 else 2000)


@cache
def months(languages: tuple[str, ...] = _LANGUAGES) -> dict[str, int]:
    """Month names, full and short, case-folded and without dots; of the languages CRM accounts are kept in, or these.

    Where two languages disagree on a word the one named first wins.
    """
    names: dict[str, int] = {"sept": 9}
    for language in languages:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, Locale(language)).items():
                    names.setdefault(name.casefold().rstrip("."), number)
    return {name: number for name, number in names.items() if not name.isdigit()}
