"""How values of records stand on a page: typed, isolated from the text around them, hidden characters made visible."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.template import Library
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = Library()

# Direction overrides, zero-width and control characters: two names that differ only by them look the same.
_HIDDEN = re.compile(
    "([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff])"
)
_WEB_ADDRESS = re.compile(r"https?://[^\s]+\Z", re.IGNORECASE)
_MAIL_ADDRESS = re.compile(r"[^\s@,;?&]+@[^\s@,;?&]+\.[^\s@,;?&]+\Z")


@register.filter
def shown(value: Any) -> SafeString:
    """A value as a person reads it; nothing for an empty one."""
    if isinstance(value, bool):
        return _isolated("Yes" if value else "No")
    if isinstance(value, datetime):
        return _isolated(date_format(timezone.localtime(value), "j M Y, H:i"))
    if isinstance(value, date):
        return _isolated(date_format(value, "j M Y"))
    if isinstance(value, (int, Decimal)):
        return _isolated(_number(value))
    if isinstance(value, (list, tuple)):
        return _isolated("; ".join(str(part) for part in value))
    return _isolated("" if value is None else str(value))


@register.filter
def linked(value: Any) -> SafeString:
    """Like `shown`; a web or mail address becomes a link, which tells the other site nothing about us."""
    text = value if isinstance(value, str) else ""
    if _WEB_ADDRESS.match(text):
        return format_html('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>', text, shown(text))
    if _MAIL_ADDRESS.match(text):
        return format_html('<a href="mailto:{}">{}</a>', text, shown(text))
    return shown(value)


@register.filter
def on_day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j M Y") if moment else ""


def _number(value: int | Decimal) -> str:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    return number_format(value, use_l10n=True, force_grouping=True)


def _isolated(text: str) -> SafeString:
    if not text:
        return SafeString("")
    parts = _HIDDEN.split(text)
    if len(parts) == 1:
        return format_html("<bdi>{}</bdi>", text)
    marked = format_html_join("", "{}", ((_mark(part) if _HIDDEN.match(part) else part,) for part in parts))
    return format_html("<bdi>{}</bdi>", marked)


def _mark(character: str) -> SafeString:
    return format_html('<span class="hidden-character" title="Hidden character U+{}">◌</span>', f"{ord(character):04X}")
