"""Days, months, quarters and weekdays in prose, in the styles people and systems write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale

from pipeline.ingest.dates import months

# (year, month, day), each unknown as None.
Day = tuple[int | None, int | None, int | None]

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PREPOSITION = r"(?:\b(?:in|by|until|till|since|of|before|after|mid|early|late|end of|this|next|last)[\s-]+)"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What a text says about time: its readings as days ("06/07/2026" has two), or a quarter, or a weekday 0–6."""

    text: str
    span: tuple[int, int]
    days: frozenset[Day] = frozenset()
    quarter: int | None = None
    year: int | None = None
    weekday: int | None = None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = "|".join(sorted(map(re.escape, months(_LANGUAGES)), key=len, reverse=True))
    english = "|".join(Locale.parse("en").months["format"]["wide"].values())
    plain = "|".join(name for name in english.split("|") if name not in ("March", "April", "May", "June", "August"))
    weekday = "|".join(_WEEKDAYS)
    clock = r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
    ordinal = r"(?:st|nd|rd|th|\.)?"
    texts = (
        rf"(?<![\d.])(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){clock}(?!\d)",
        r"(?<![\d.])(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})(?!\d)",
        r"(?<![\d.])(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?![\d])",
        rf"(?<![\w.,])(?P<day>\d{{1,2}}){ordinal}(?:\s+(?:of|de))?[\s-]+(?P<name>{month})\b\.?(?:,?[\s-]+(?:de\s+)?(?P<year>\d{{4}})(?!\d))?",
        rf"(?<!\w)(?P<name>{month})\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\w)(?![.,]\d)(?:,?\s+(?P<year>\d{{4}})(?!\d))?",
        rf"(?<!\w)(?P<name>{month})\b\.?,?\s+(?P<year>\d{{4}})(?!\d)",
        rf"{_PREPOSITION}(?P<name>{english})\b",
        rf"(?<!\w)(?P<name>{plain})\b",
        r"(?<!\w)Q(?P<quarter>[1-4])(?:\s*/?\s*(?P<year>\d{4}))?(?!\w)",
        rf"(?<!\w)(?P<weekday>{weekday})s?(?!\w)",
    )
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)


def moments(text: str) -> Iterator[Moment]:
    """All moments of a text, none overlapping another; the fuller reading of a place wins."""
    taken: list[tuple[int, int]] = []
    for pattern in _patterns():
        for found in pattern.finditer(text):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            moment = _moment(found)
            if moment is not None:
                taken.append(moment.span)
                yield moment


def supports(known: Moment, said: Moment, years: frozenset[int]) -> bool:
    """Whether a moment in a record bears out one in a statement, which may say less but not more.

    `years` are those the records name: "1 June" there may be said with one of them.
    """
    if said.weekday is not None:
        return known.weekday == said.weekday or any(_weekday(day) == said.weekday for day in known.days)
    if said.quarter is not None:
        return any(_is_in_quarter(quarter, said, years) for quarter in _quarters(known))
    return any(_covers(one, other, years) for one in known.days for other in said.days)


def years_of(found: Moment) -> set[int]:
    return {year for year in (found.year, *(day[0] for day in found.days)) if year is not None}


def _moment(found: re.Match[str]) -> Moment | None:
    parts = found.groupdict()
    year = _year(parts.get("year"))
    common = {"text": found[0], "span": found.span()}
    if parts.get("weekday"):
        return Moment(**common, weekday=_WEEKDAYS.index(parts["weekday"].lower()))  # type: ignore[arg-type]
    if parts.get("quarter"):
        return Moment(**common, quarter=int(parts["quarter"]), year=year)  # type: ignore[arg-type]
    days = _readings(parts, year)
    return Moment(**common, days=frozenset(days)) if days else None  # type: ignore[arg-type]


def _readings(parts: dict[str, str], year: int | None) -> list[Day]:
    if parts.get("one"):
        one, two = int(parts["one"]), int(parts["two"])
        orders = [(two, one)] if parts["mark"] == "." else [(two, one), (one, two)]
    elif parts.get("name"):
        month, day = months(_LANGUAGES)[parts["name"].casefold().rstrip(".")], parts.get("day")
        if day is None:
            return [(year, month, None)]
        orders = [(month, int(day))]
    else:
        orders = [(int(parts["month"]), int(parts["day"]))]
    return [(year, month, day) for month, day in orders if 1 <= month <= 12 and 1 <= day <= 31]


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _covers(known: Day, said: Day, years: frozenset[int]) -> bool:
    for one, other in zip(known[1:], said[1:], strict=True):
        if other is not None and one != other:
            return False
    if said[0] is None or known[0] == said[0]:
        return True
    return known[0] is None and said[0] in years


def _quarters(known: Moment) -> Iterator[tuple[int, int | None]]:
    if known.quarter is not None:
        yield known.quarter, known.year
    for year, month, _ in known.days:
        if month is not None:
            yield (month + 2) // 3, year


def _is_in_quarter(known: tuple[int, int | None], said: Moment, years: frozenset[int]) -> bool:
    quarter, year = known
    same_year = said.year is None or year == said.year or (year is None and said.year in years)
    return quarter == said.quarter and same_year


def _weekday(day: Day) -> int | None:
    year, month, number = day
    if year is None or month is None or number is None:
        return None
    try:
        return date(year, month, number).weekday()
    except ValueError:
        return None
