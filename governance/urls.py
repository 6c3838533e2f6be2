"""The pages about language models and their money that need no pipeline."""

from django.urls import path

from governance.admin import connect

urlpatterns = [
    path("money/connect/", connect.connect_model, name="connect_model"),
]
