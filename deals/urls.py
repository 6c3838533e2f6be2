"""Pages beside the changelists: my deals, signals, the quarter and the week; from a record to what it belongs to."""

from django.urls import path

from deals.admin import my_deals, quarter, signals, weekly
from deals.admin.brief import answer_suggestion, mark_sentence
from deals.admin.duplicates import duplicates
from deals.admin.network import account_network
from deals.record_home import record_home

KINDS = ("account", "contact", "deal", "activity")

urlpatterns = [
    path("my-deals/", my_deals.my_deals, name="deals"),
    path("my-deals/<int:deal_id>/<slug:code>/", my_deals.put_aside, name="put_aside"),
    path("my-deals/undo/<int:pk>/", my_deals.take_back, name="take_back"),
    path("signals/", signals.signals_page, name="signals"),
    path("signals/report/", signals.report_page, name="signal_report"),
    path("quarter/", quarter.quarter_page, name="quarter"),
    path("week/", weekly.weekly_page, name="weekly_report"),
    path("duplicates/", duplicates, name="duplicates"),
    path("deals/account/<int:pk>/network/", account_network, name="account_network"),
    path("deals/brief/suggestion/<int:pk>/", answer_suggestion, name="brief_suggestion"),
    path("deals/brief/sentence/<int:pk>/", mark_sentence, name="brief_sentence"),
    *(
        path(f"deals/{kind}/of-record/<int:record_id>/", record_home, {"kind": kind}, name=f"record_home_{kind}")
        for kind in KINDS
    ),
]
