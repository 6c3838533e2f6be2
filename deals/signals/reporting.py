"""The signal report's database side: every deal closed within a year, judged as it was before it closed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from deals.signals.backdrop import Backdrop, load_backdrop
from deals.signals.judging import assess, is_judged
from deals.signals.records import cases_of
from deals.signals.registry import SIGNALS
from deals.signals.report import DAYS_BEFORE, Outcome, Report, compare
from deals.signals.settings import Settings
from deals.signals.states import Book, frame_of, read_book

YEAR = timedelta(days=365)
_OF_PAIRS = {"S29"}


def build_report(as_of: date, settings: Settings) -> Report:
    """All signals, whichever are on, but those that compare deals with each other.

    What peers teach is taken as of the first day of the judged day's month.
    """
    everything = replace(settings, enabled=frozenset(signal.code for signal in SIGNALS) - _OF_PAIRS)
    return compare(_outcomes(as_of, everything, read_book()))


def _outcomes(as_of: date, settings: Settings, book: Book) -> Iterator[Outcome]:
    now = load_backdrop(as_of, settings, book)
    by_day: dict[date, dict[int, bool]] = {}
    for state in now.states.values():
        if state.is_closed and state.closed_on and as_of - YEAR < state.closed_on <= as_of:
            day = state.closed_on - timedelta(days=DAYS_BEFORE)
            by_day.setdefault(day, {})[state.pk] = not state.is_won
    months: dict[date, Backdrop] = {}
    for day, deals in sorted(by_day.items()):
        first = day.replace(day=1)
        if first not in months:
            months = {first: load_backdrop(first, settings, book)}
        yield from _judged(day, deals, months[first], book)


def _judged(day: date, deals: dict[int, bool], month: Backdrop, book: Book) -> Iterator[Outcome]:
    frame = frame_of(day, month.frame.calendar, month.frame.rates)
    backdrop = month.on(frame)
    states = book.at(frame, deals)
    for case in cases_of(list(states.values()), backdrop):
        if is_judged(case, month.settings):
            yield deals[case.deal_id], {one.code: one.state for one in assess(case, month.settings).findings}
