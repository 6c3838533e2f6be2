"""What other limits would change before anybody saves them: which deals take another colour, now and in past months."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from deals.signals.backdrop import Backdrop, load_backdrop
from deals.signals.case import DealCase
from deals.signals.health import Band
from deals.signals.judging import Assessed, assess, is_judged
from deals.signals.records import load_deals
from deals.signals.settings import Settings
from deals.signals.states import read_book

# More deals than these would keep a page waiting; every n-th is judged then, and the page says so.
MOST_JUDGED = 1500
MOST_OF_A_MONTH = 300


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A deal that takes another colour."""

    deal_id: int
    name: str
    before: Assessed
    after: Assessed


@dataclass(frozen=True, kw_only=True)
class Preview:
    """`judged` of `whole` open deals; `shifts` are those with another colour, `bands` counts before and after."""

    as_of: date
    judged: int
    whole: int
    shifts: tuple[Shift, ...]
    bands: tuple[tuple[str, int, int], ...]

    @property
    def is_complete(self) -> bool:
        return self.judged == self.whole

    @property
    def expected(self) -> int:
        """How many of all open deals would change, at the rate seen."""
        return round(len(self.shifts) * self.whole / self.judged) if self.judged else 0


def preview(as_of: date, before: Settings, after: Settings, most: int = MOST_JUDGED) -> Preview:
    """Judge the open deals of a day by both settings."""
    return _compare(load_backdrop(as_of, before), before, after, most)


def replay(as_of: date, before: Settings, after: Settings, months: int = 6) -> list[Preview]:
    """The same at the end of each of the past months, newest first."""
    book = read_book()
    ends = month_ends(as_of, months)
    return [_compare(load_backdrop(day, before, book), before, after, MOST_OF_A_MONTH) for day in ends]


def month_ends(day: date, number: int) -> list[date]:
    """The last days of the months before the one of `day`, newest first."""
    ends = []
    for _ in range(number):
        day = day.replace(day=1) - timedelta(days=1)
        ends.append(day)
    return ends


def _compare(backdrop: Backdrop, before: Settings, after: Settings, most: int) -> Preview:
    open_deals = sorted(pk for pk, state in backdrop.states.items() if not state.is_closed)
    step = -(-len(open_deals) // most) if open_deals else 1
    pairs = list(_pairs(backdrop, open_deals[::step], before, after))
    shifts = [
        Shift(deal_id=case.deal_id, name=case.name, before=old, after=new)
        for case, old, new in pairs
        if old.health.band != new.health.band
    ]
    shifts.sort(key=lambda one: (one.after.health.score - one.before.health.score, one.deal_id))
    whole = len(open_deals) if step > 1 else len(pairs)
    return Preview(
        as_of=backdrop.as_of,
        judged=len(pairs),
        whole=whole,
        shifts=tuple(shifts),
        bands=_bands([old for _, old, _ in pairs], [new for _, _, new in pairs]),
    )


def _pairs(
    backdrop: Backdrop, deal_ids: Sequence[int], before: Settings, after: Settings
) -> Iterator[tuple[DealCase, Assessed, Assessed]]:
    """Each deal judged both ways; read twice only where the settings change what is read."""
    cases = load_deals(backdrop, deal_ids)
    if after.reads_like(before):
        both: Iterable[tuple[DealCase, DealCase]] = ((case, case) for case in cases)
    else:
        both = zip(cases, load_deals(replace(backdrop, settings=after), deal_ids), strict=True)
    for old, new in both:
        if is_judged(old, before):
            yield old, assess(old, before), assess(new, after)


def _bands(old: Sequence[Assessed], new: Sequence[Assessed]) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (str(band), sum(one.health.band == band for one in old), sum(one.health.band == band for one in new))
        for band in Band
    )
