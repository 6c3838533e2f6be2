"""System checks for settings that would fail later, or fail quietly."""

import os
from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

SETTINGS = "settings"  # what web and workers both look at when they start


@register(SETTINGS)
def check_numbers(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"{name} is {os.environ.get(name)!r}.", hint="Give it as a whole number, such as 2.", id="config.E001")
        for name in settings.WRONG_NUMBERS
    ]


@register(SETTINGS)
def check_queue(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    # A task still waiting in a worker's hands when `retry` ends is handed out a second time.
    queue = settings.Q_CLUSTER
    rounds = 1 + -(-(queue["queue_limit"] + 1) // queue["workers"])
    needed = queue["timeout"] * rounds
    if queue["retry"] > needed:
        return []
    return [
        Error(
            f"Q_CLUSTER's retry is {queue['retry']} s, but a waiting task may take {needed} s.",
            hint="Raise WINNOW_WORKERS, or retry in config/settings.py.",
            id="config.E002",
        )
    ]


@register(SETTINGS)
def check_database(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine.endswith(("sqlite3", "postgresql")):
        return []
    return [
        Error(
            f"The database engine is {engine}.",
            hint="DATABASE_URL names SQLite (sqlite:///path) or PostgreSQL (postgres://user@host/name).",
            id="config.E003",
        )
    ]


@register(Tags.security)
def check_key(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    # Read from the environment: an empty setting raises as soon as Django touches it.
    if settings.IS_LOCAL or os.environ.get("WINNOW_SECRET_KEY"):
        return []
    return [
        Error(
            "WINNOW_SECRET_KEY is not set, and WINNOW_ALLOWED_HOSTS names more than this machine.",
            hint="Set it to the same 50 or more random characters for web and workers.",
            id="config.E004",
        )
    ]


@register(Tags.security)
def check_https(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.IS_HTTPS or settings.IS_LOCAL:
        return []
    return [
        Warning(
            "WINNOW_HTTPS is off, but WINNOW_ALLOWED_HOSTS names more than this machine.",
            hint="Let a proxy end HTTPS and unset it; passwords travel in the clear otherwise.",
            id="config.W001",
        )
    ]
