"""Which profile is in force, the first one proposed from what was won, and a new version."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from deals.models import Account, Deal
from leads.models import ProfileVersion
from leads.qualification.profile import Profile, from_json, to_json

_FEWEST_WON = 5
_MOST_NAMES = 6


def current(now: datetime) -> tuple[ProfileVersion, Profile]:
    """The version in force; the first is made here, from the accounts of won deals where there are enough."""
    found = ProfileVersion.objects.valid_at(now).first()
    if found is None:
        profile, note = proposed()
        found, _ = ProfileVersion.objects.get_or_create(
            number=1, defaults={"fields": to_json(profile), "valid_from": now, "note": note}
        )
    return found, from_json(found.fields)


def save(profile: Profile, *, by: User, now: datetime, note: str = "", changed: Any = None) -> ProfileVersion:
    """A new version, in force from now on."""
    with transaction.atomic():
        last = ProfileVersion.objects.aggregate(last=Max("number"))["last"] or 0
        return ProfileVersion.objects.create(
            number=last + 1, fields=to_json(profile), valid_from=now, by=by, note=note[:200], changed=changed or {}
        )


def proposed() -> tuple[Profile, str]:
    """The profile that the accounts of won deals suggest, and how it came about; without enough of them the defaults
    with no preference for industries and countries."""
    won = Deal.objects.filter(is_current=True, is_won=True, account__isnull=False).values("account")
    accounts = Account.objects.filter(pk__in=won).values_list("industry", "country", "employees")
    if len(accounts) < _FEWEST_WON:
        return Profile(), "The usual defaults: too few won deals to learn from."
    industries = Counter(industry for industry, _, _ in accounts if industry).most_common(2 * _MOST_NAMES)
    countries = Counter(country for _, country, _ in accounts if country).most_common(4 * _MOST_NAMES)
    core = tuple(name for name, _ in industries[:_MOST_NAMES])
    profile = replace(
        Profile(),
        industries=core,
        industries_half=tuple(name for name, _ in industries[_MOST_NAMES:]),
        countries=tuple(name for name, number in countries if number >= 2),
        countries_half=_elsewhere({name for name, number in countries if number >= 2}),
    )
    return profile, f"Proposed from the {len(accounts)} companies whose deals were won."


def _elsewhere(core: set[str]) -> tuple[str, ...]:
    """Where the company knows somebody at all: a country must not rule leads out for want of a deal won there."""
    known = Account.objects.filter(is_current=True).exclude(country="").order_by("country").values_list("country")
    return tuple(name for (name,) in known.distinct() if name not in core)
