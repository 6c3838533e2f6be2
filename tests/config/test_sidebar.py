"""The sidebar shows what exists and what the user may see."""

import pytest
from django.test import RequestFactory

from config import sidebar


def titles(user) -> list[str]:
    request = RequestFactory().get("/")
    request.user = user
    return [item["title"] for group in sidebar.navigation(request) for item in group["items"]]


def test_a_place_that_does_not_exist_is_left_out(person, monkeypatch):
    monkeypatch.setattr(sidebar, "MAIN", (sidebar.Place(title="Nowhere", icon="x", urls=("no_such_page",)),))

    assert "Nowhere" not in titles(person("Viewer"))


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "Home"),
        ("/deals/account/3/network/", "Accounts"),
        ("/leads/lead/", "Leads"),
        ("/leads/ideal-customer/", "Leads"),
        ("/quarter/", "Deals"),
        ("/money/what-if/", "Money"),
        ("/attempts/7/", "Attempts"),
    ],
)
def test_the_place_one_is_in_is_marked_and_no_other(admin_user, path, place):
    request = RequestFactory().get(path)
    request.user = admin_user

    found = [item["title"] for group in sidebar.navigation(request) for item in group["items"] if item["active"]]

    assert found == [place]


def test_somebody_in_no_group_sees_home_alone(person):
    assert titles(person()) == ["Home"]


def test_a_viewer_sees_the_records_and_never_the_job_queue(person):
    found = titles(person("Viewer"))

    assert {"Home", "Review", "Deals", "Money", "Accounts", "Runs"} <= set(found)
    assert not {"Background jobs", "Users"} & set(found)


def test_a_superuser_sees_the_job_queue(admin_user):
    assert {"Background jobs", "Users"} <= set(titles(admin_user))


@pytest.mark.parametrize("page", ["/django_q/ormq/", "/django_q/schedule/", "/django_q/success/", "/django_q/failure/"])
def test_the_job_queue_opens_for_superusers_and_for_nobody_else(admin_client, client_of, page):
    assert admin_client.get(page).status_code == 200
    assert client_of("Operator").get(page).status_code == 403


def test_the_pages_of_users_and_groups_open(admin_client):
    assert [admin_client.get(f"/auth/{page}/add/").status_code for page in ("user", "group")] == [200, 200]


def test_a_stranger_is_sent_to_the_login_page(client, db):
    assert client.get("/").url == "/login/?next=/"
