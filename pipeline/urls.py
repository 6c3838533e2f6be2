"""The pages beside the changelists: runs, cases, attempts, money, imports."""

from django.urls import path

from pipeline.admin import attempts, cases, columns, imports, money, plan, review, runs, whatif

urlpatterns = [
    path("review/", review.review, name="review"),
    path("review/<int:pk>/", review.review_item, name="review_item"),
    path("review/<int:pk>/answer/", review.review_answer, name="review_answer"),
    path("review/limits/<int:pk>/", review.review_limits, name="review_limits"),
    path("review/undo/<int:pk>/", review.review_undo, name="review_undo"),
    path("runs/start/", runs.run_start, name="run_start"),
    path("runs/active/", runs.runs_active, name="runs_active"),
    path("runs/<int:pk>/", runs.run_page, name="run_page"),
    path("runs/<int:pk>/progress/", runs.run_progress, name="run_progress"),
    path("runs/<int:pk>/stop/", runs.run_stop, name="run_stop"),
    path("runs/<int:pk>/consent/", runs.run_consent, name="run_consent"),
    path("cases/<int:pk>/", cases.case_page, name="case_page"),
    path("attempts/<int:pk>/", attempts.attempt_page, name="attempt_page"),
    path("plan/", plan.plan_home, name="plan"),
    path("plan/new/", plan.plan_new, name="plan_new"),
    path("plan/own-approval/", plan.plan_own_approval, name="plan_own_approval"),
    path("plan/<int:pk>/", plan.plan_page, name="plan_page"),
    path("plan/version/<int:pk>/edit/", plan.plan_edit, name="plan_edit"),
    path("plan/version/<int:pk>/dry-run/", plan.plan_dry_run_start, name="plan_dry_run_start"),
    path("plan/version/<int:pk>/approve/", plan.plan_approve, name="plan_approve"),
    path("plan/version/<int:pk>/suspend/", plan.plan_suspend, name="plan_suspend"),
    path("plan/dry-run/<int:pk>/", plan.plan_dry_run, name="plan_dry_run"),
    path("money/", money.money_page, name="money"),
    path("money/limit/", money.set_limit, name="money_set_limit"),
    path("money/alerts/<int:pk>/dismiss/", money.dismiss_alert, name="money_dismiss_alert"),
    path("money/what-if/", whatif.what_if, name="what_if"),
    path("money/switch/", money.switch_ai, name="money_switch"),
    path("import/", imports.import_files, name="import_files"),
    path("import/sample/", imports.import_sample, name="import_sample"),
    path("import/<int:pk>/", imports.import_batch, name="import_batch"),
    path("import/<int:pk>/progress/", imports.import_progress, name="import_progress"),
    path("import/<int:pk>/start/", imports.import_start, name="import_start"),
    path("import/<int:pk>/discard/", imports.import_discard, name="import_discard"),
    path("import/file/<int:pk>/preview/", imports.import_preview, name="import_preview"),
    path("import/file/<int:pk>/columns/", columns.import_columns, name="import_columns"),
    path("import/file/<int:pk>/left-out/", imports.import_rejected, name="import_rejected"),
]
