"""The frame around the four apps: what is connected once at start."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    name = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from config import checks  # noqa: F401  (registers itself)
        from config.permissions import grant_after_migrate
        from config.schedules import schedule_after_migrate

        post_migrate.connect(grant_after_migrate, dispatch_uid="config.permissions")
        # The queue's tables are there once its own app, which comes before ours, is migrated.
        post_migrate.connect(schedule_after_migrate, sender=self, dispatch_uid="config.schedules")
