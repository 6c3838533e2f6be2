"""Which day and month it is for the organisation: calendar months in its own time zone, and nowhere else."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def local_day(now: datetime, time_zone: str) -> date:
    """The calendar day at the aware moment `now` in the named IANA time zone."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def month_of(now: datetime, time_zone: str) -> date:
    """The first day of the calendar month at the aware moment `now` in the named IANA time zone."""
    return local_day(now, time_zone).replace(day=1)


def following_month(month: date) -> date:
    """The first day of the month after `month`."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
