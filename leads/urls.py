"""The pages of leads beside the changelist."""

from django.urls import path

from leads.admin import board, outcomes, page, paths, profile, suppressing, values

urlpatterns = [
    path("leads/board/", board.lead_board, name="lead_board"),
    path("leads/ideal-customer/", profile.lead_profile, name="lead_profile"),
    path("leads/outcomes/", outcomes.lead_outcomes, name="lead_outcomes"),
    path("leads/outcomes/learn/", outcomes.learn_now, name="lead_outcomes_learn"),
    path("leads/outcomes/column/", outcomes.column_choice, name="lead_outcomes_column"),
    path("leads/outcomes/rule/<int:pk>/", outcomes.learned_rule, name="lead_outcomes_rule"),
    path("leads/outcomes/download/", outcomes.download, name="lead_outcomes_download"),
    path("leads/do-not-contact/", suppressing.lead_suppression, name="lead_suppression"),
    path("leads/do-not-contact/add/", suppressing.lead_suppress, name="lead_suppress"),
    path("leads/do-not-contact/<int:pk>/lift/", suppressing.lead_suppression_lift, name="lead_suppression_lift"),
    path("leads/do-not-contact/erase/", suppressing.lead_erase, name="lead_erase"),
    path("leads/do-not-contact/expired/", suppressing.lead_erase_expired, name="lead_erase_expired"),
    path("leads/do-not-contact/proof/<int:pk>/", suppressing.lead_erasure_proof, name="lead_erasure_proof"),
    path("leads/paths/<int:pk>/", paths.warm_paths, name="warm_paths"),
    path("leads/introduction/<int:pk>/", paths.introduction_result, name="introduction_result"),
    path("leads/of/<int:pk>/accept/", page.lead_accept, name="lead_accept"),
    path("leads/of/<int:pk>/hand-back/", page.lead_reject, name="lead_reject"),
    path("leads/of/<int:pk>/reopen/", page.lead_reopen, name="lead_reopen"),
    path("leads/of/<int:pk>/give/", page.lead_give, name="lead_give"),
    path("leads/of/<int:pk>/set-aside/", page.lead_lift, name="lead_lift"),
    path("leads/of/<int:pk>/join/", page.lead_join, name="lead_join"),
    path("leads/of/<int:pk>/apart/", page.lead_apart, name="lead_apart"),
    path("leads/of/<int:pk>/values/", values.lead_values, name="lead_values"),
    path("leads/of/<int:pk>/convert/", page.lead_convert, name="lead_convert"),
    path("leads/of/<int:pk>/unconvert/", page.lead_unconvert, name="lead_unconvert"),
]
