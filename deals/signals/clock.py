"""The organisation's calendar, and the day that deals are judged as of."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max

from deals.models import Activity, Deal, DealLink
from governance.models import Organisation

# Nobody imported for this long: what looks like silence is only that the files are old.
STALE_DAYS = 14


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Moments to days of the organisation and back."""

    zone: ZoneInfo

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """The first moment that is not of the day any more."""
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=self.zone)

    @classmethod
    def current(cls) -> "Calendar":
        return cls(zone=Organisation.current().zone)


def judging_day(now: datetime) -> date:
    """Today, or the last day of the data where that is invented or two weeks old: a file knows no later silence."""
    calendar = Calendar.current()
    today = calendar.day(now)
    last = last_day(now, calendar)
    if last is None or ((today - last).days <= STALE_DAYS and not is_sample_only()):
        return today
    return min(last, today)


def last_day(now: datetime, calendar: Calendar) -> date | None:
    """The latest day on which anything is known to have happened; None where nothing is."""
    held = Activity.objects.filter(is_planned=False, happened_at__lte=now).aggregate(at=Max("happened_at"))["at"]
    closed = Deal.objects.filter(is_current=True, is_closed=True, close_date__lte=calendar.day(now))
    found = [
        calendar.day(held) if held else None,
        closed.aggregate(day=Max("close_date"))["day"],
        Deal.objects.filter(is_current=True).aggregate(day=Max("created_on"))["day"],
    ]
    return max((day for day in found if day), default=None)


def is_sample_only() -> bool:
    """Whether every deal is of the invented company."""
    links = DealLink.objects.filter(closed_at=None)
    return links.exists() and not links.filter(record__source__is_sample=False).exists()
