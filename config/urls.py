"""The admin site at /, and the pages of the apps before it: each app lists its own in `urls.py`."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from config.health import healthz

# An app's `urls.py` holds `urlpatterns` with full paths, each view wrapped by `admin.site.admin_view`.
APPS_WITH_PAGES = [app for app in ("governance", "pipeline", "deals", "leads") if find_spec(f"{app}.urls")]

admin.autodiscover()

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    *(path("", include(f"{app}.urls")) for app in APPS_WITH_PAGES),
    path("", admin.site.urls),
]
