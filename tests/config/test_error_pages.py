"""What somebody sees who asks for what is not there, or what they may not."""

from django.template.loader import render_to_string


def test_an_address_without_a_page_leads_home(client_of):
    answer = client_of("Viewer").get("/leads/of/7/values/more/")

    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()
    assert '<a href="/">Home</a>' in answer.content.decode()


def test_who_lacks_a_right_is_told_who_can_give_it(client_of):
    answer = client_of("Viewer").post("/money/switch/", {"stop": "1"})

    assert answer.status_code == 403
    assert "an administrator can add you to a group" in answer.content.decode()


def test_the_page_of_a_failure_needs_neither_request_nor_database():
    assert "Something failed here" in render_to_string("500.html")
