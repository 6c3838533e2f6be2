"""Pages beside the changelists: from a record to what it belongs to."""

from django.urls import path

from deals.admin.duplicates import duplicates
from deals.record_home import record_home

KINDS = ("account", "contact", "deal", "activity")

urlpatterns = [path("duplicates/", duplicates, name="duplicates")] + [
    path(f"deals/{kind}/of-record/<int:record_id>/", record_home, {"kind": kind}, name=f"record_home_{kind}")
    for kind in KINDS
]
