"""Django's admin, whose pages are found when the first URL or check asks for them, not at every start."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks


class AdminPagesConfig(SimpleAdminConfig):
    """The pages import the whole product, which takes longer than many a command that needs none of them."""

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_pages, checks.Tags.admin)


def check_pages(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Django's own check of every page; checks run in no fixed order, so the pages are found here too."""
    admin.autodiscover()
    return check_admin_app(app_configs, **kwargs)
