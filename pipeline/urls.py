"""The pages beside the changelists: runs, cases, attempts, money, imports."""

from django.urls import path

from pipeline.admin import attempts, cases, money, review, runs

urlpatterns = [
    path("review/", review.review, name="review"),
    path("review/<int:pk>/", review.review_item, name="review_item"),
    path("review/<int:pk>/answer/", review.review_answer, name="review_answer"),
    path("review/undo/<int:pk>/", review.review_undo, name="review_undo"),
    path("runs/start/", runs.run_start, name="run_start"),
    path("runs/<int:pk>/", runs.run_page, name="run_page"),
    path("runs/<int:pk>/progress/", runs.run_progress, name="run_progress"),
    path("runs/<int:pk>/stop/", runs.run_stop, name="run_stop"),
    path("runs/<int:pk>/consent/", runs.run_consent, name="run_consent"),
    path("cases/<int:pk>/", cases.case_page, name="case_page"),
    path("attempts/<int:pk>/", attempts.attempt_page, name="attempt_page"),
    path("money/", money.money_page, name="money"),
    path("money/limit/", money.set_limit, name="money_set_limit"),
    path("money/switch/", money.switch_ai, name="money_switch"),
]
