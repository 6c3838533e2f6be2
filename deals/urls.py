"""Pages beside the changelists: from a record to what it belongs to."""

from django.urls import path

from deals.admin.brief import answer_suggestion, mark_sentence
from deals.admin.duplicates import duplicates
from deals.admin.network import account_network
from deals.record_home import record_home

KINDS = ("account", "contact", "deal", "activity")

urlpatterns = [
    path("duplicates/", duplicates, name="duplicates"),
    path("deals/account/<int:pk>/network/", account_network, name="account_network"),
    path("deals/brief/suggestion/<int:pk>/", answer_suggestion, name="brief_suggestion"),
    path("deals/brief/sentence/<int:pk>/", mark_sentence, name="brief_sentence"),
] + [
    path(f"deals/{kind}/of-record/<int:record_id>/", record_home, {"kind": kind}, name=f"record_home_{kind}")
    for kind in KINDS
]
