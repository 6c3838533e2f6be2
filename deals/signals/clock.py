"""The organisation's calendar, and the day that deals are judged as of."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max

from deals.models import Activity, Deal, DealLink, FieldChange
from governance.models import Organisation

# Nobody imported for this long: what looks like silence may only be that nobody told us.
STALE_DAYS = 14
OLD_FILE_DAYS = 60


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
    """The day to judge deals as of: today, as long as the data reach that far.

    Invented data and an old file (nothing in it is newer than two months before its import) are judged as of their own
    last day; where nobody has imported for two weeks, the day of the last import counts: later silence is not known.
    """
    calendar = Calendar.current()
    today = calendar.day(now)
    last, imported = last_day(now, calendar), _last_import(calendar)
    if last is None or imported is None:
        return today
    if is_sample_only() or (imported - last).days > OLD_FILE_DAYS:
        return min(last, today)
    known = max(last, imported)
    return today if (today - known).days <= STALE_DAYS else known


def _last_import(calendar: Calendar) -> date | None:
    seen = Deal.objects.filter(is_current=True).aggregate(at=Max("first_seen_at"))["at"]
    told = FieldChange.objects.aggregate(at=Max("recorded_at"))["at"]
    return calendar.day(max(filter(None, (seen, told)))) if seen else None


def last_day(now: datetime, calendar: Calendar) -> date | None:
    """The latest day on which anything is known to have happened; None where nothing is."""
    held = Activity.objects.filter(is_planned=False, happened_at__lte=now).aggregate(at=Max("happened_at"))["at"]
    deals = Deal.objects.filter(is_current=True)
    told = deals.filter(last_activity_at__lte=now).aggregate(at=Max("last_activity_at"))["at"]
    closed = deals.filter(is_closed=True, close_date__lte=calendar.day(now))
    found = [
        *(calendar.day(moment) for moment in (held, told) if moment),
        closed.aggregate(day=Max("close_date"))["day"],
        deals.aggregate(day=Max("created_on"))["day"],
    ]
    return max((day for day in found if day), default=None)


def is_sample_only() -> bool:
    """Whether every deal is of the invented company."""
    links = DealLink.objects.filter(closed_at=None)
    return links.exists() and not links.filter(record__source__is_sample=False).exists()
