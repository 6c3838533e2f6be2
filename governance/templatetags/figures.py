"""Figures as people read them, for templates."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.money import dollars

register = template.Library()


@register.filter
def money(microusd: int | None) -> str:
    """Micro-dollars as an amount; a dash where it is unknown."""
    return "–" if microusd is None else dollars(int(microusd))


@register.filter
def count(number: Any) -> str:
    """A whole number with thousands parted; a dash where it is unknown."""
    return "–" if number in (None, "") else f"{int(number):,}"


@register.filter
def duration(milliseconds: Any) -> str:
    """ "12 ms", "3.4 s", "2 min 5 s", "1 h 12 min"."""
    if milliseconds in (None, ""):
        return "–"
    ms = int(milliseconds)
    if ms < 1000:
        return f"{ms} ms"
    if ms < 60_000:
        return f"{ms / 1000:.1f} s"
    minutes, seconds = divmod(round(ms / 1000), 60)
    if minutes < 60:
        return f"{minutes} min {seconds} s"
    return f"{minutes // 60} h {minutes % 60} min"


@register.filter
def moment(when: datetime | None) -> SafeString | str:
    """A time in the organisation's zone, exact on hovering."""
    if when is None:
        return "–"
    local = timezone.localtime(when)
    text = date_format(local, "j M H:i") if local.year == timezone.localtime().year else date_format(local, "j M Y")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', when.isoformat(), f"{local:%Y-%m-%d %H:%M:%S %Z}", text
    )


@register.filter
def share(part: Any, whole: Any) -> float:
    """`part` of `whole` in percent, 0..100; 0 where there is no whole."""
    return min(100.0, round(100 * float(part or 0) / float(whole), 2)) if whole else 0.0


@register.filter
def beside(actual: Any, expected: Any) -> str:
    """What a cost came to beside what was expected: "6 % more than expected"; empty where nothing was expected."""
    if not expected:
        return ""
    percent = round(100 * (int(actual) - int(expected)) / int(expected))
    return f"{abs(percent)} % {'more' if percent > 0 else 'less'} than expected" if percent else "as expected"


@register.filter
def plural(number: Any, words: str) -> str:
    """`3|plural:"case,cases"` → "3 cases"."""
    one, many = words.split(",")
    return f"{int(number or 0):,} {one if number == 1 else many}"


@register.filter
def size(number_of_bytes: Any) -> str:
    """Bytes as "340 B", "12 KB", "3.4 MB"."""
    value = float(number_of_bytes or 0)
    if value < 1000:
        return f"{value:.0f} B"
    return f"{value / 1000:.0f} KB" if value < 1_000_000 else f"{value / 1_000_000:.1f} MB"
