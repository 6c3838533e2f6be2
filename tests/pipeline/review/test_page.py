"""The review page: what it shows, what it takes, and who may answer."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from pipeline.models import Answer, PairFact, Review
from pipeline.review.answers import answer

from .world import NOW, people, question, settled

SCRIPT = {"HTTP_X_REQUESTED_WITH": "fetch"}


@pytest.fixture
def browser(client, ana):
    client.force_login(ana)
    return client


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def send(client, review, **form):
    return client.post(reverse("review_answer", args=[review.pk]), form)


def test_a_stranger_logs_in_first(client, db):
    assert client.get("/review/").status_code == 302


def test_nothing_to_do_says_what_comes_next(browser):
    page = browser.get("/review/").content.decode()

    assert "Nothing needs you" in page
    assert "Questions appear after the first search for duplicates" in page


def test_the_question_shows_both_sides_where_they_are_from_and_where_they_differ(browser):
    a, b = people("Jon Smith", "John Smith", city="Bonn")
    question(b, a)

    page = browser.get("/review/").content.decode()

    assert "Is John Smith the same person as Jon Smith?" in page
    assert "Jo<mark>h</mark>n Smith" in page
    assert f'<a href="/rows/{a.pk}/">people.csv, line {a.pk}</a>' in page
    assert "missing" in page
    assert "1 left" in page


def test_the_points_of_each_field_stand_beside_it_and_add_up(browser):
    a, b = people("Jon", "John")
    question(b, a)

    page = browser.get("/review/").content.decode()

    assert re.findall(r'class="wf-points">([^<]*)<', page) == ["−1.3", "+2.5", "+1.2"]
    assert "Nearly the same name speaks for it; nothing speaks against it." in page


def test_it_says_why_and_what_follows(browser):
    a, b = people("Jon", "John")
    model = {"layer": "light", "label": "same", "anchor": a.pk, "said": "Same firm.", "is_practice": True}
    question(b, a, path=(model,), guards=("two_at_firm",), reason="guard:two_at_firm", probability=0.93)

    page = browser.get("/review/").content.decode()

    assert "Two people at one company." in page
    assert "probably the same" in page
    assert "Same firm." in page
    assert "practice model" in page
    assert "The record joins Jon." in page
    assert "Stays a person of their own." in page


def test_whatever_stands_in_a_record_is_text(browser):
    a, b = people("<script>alert(1)</script>", "Ann<b>")
    question(b, a)

    page = browser.get("/review/").content.decode()

    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;" in page


def test_the_same_takes_the_chosen_candidate_and_goes_on(browser):
    a, b, c = people("A", "B", "C")
    first, _ = question(c, a, b, stake=0.9), question(b, a, stake=0.5)

    response = send(browser, first, label="same", anchor=b.pk)

    assert response.url == "/review/"
    assert said(response)[0].startswith("Joined; ")
    assert (Answer.objects.get().label, Answer.objects.get().anchor) == ("same", b.pk)


def test_a_script_gets_the_next_question_in_the_answer(browser):
    a, b, c = people("A", "B", "C")
    first, second = question(b, a, stake=0.9), question(c, a, stake=0.5)

    page = browser.post(
        f"/review/{first.pk}/answer/", {"label": "new", "reason": "other_person", "note": "met both"}, **SCRIPT
    ).content.decode()

    assert page.lstrip().startswith("<div")
    assert "Is C the same person as A?" in page
    assert f'data-address="/review/{second.pk}/"' in page
    assert 'data-toast="Kept apart; ' in page
    assert "B ≠ A" in page


def test_not_the_same_without_a_reason_asks_for_one_and_keeps_the_question(browser):
    a, b = people("A", "B")
    review = question(b, a)

    response = send(browser, review, label="new")

    assert response.url == f"/review/{review.pk}/"
    assert said(response) == ["Say why they are not the same: choose one of the reasons."]


@pytest.mark.parametrize("anchor", ["", "x", "-1", "99999999999999999999999"])
def test_a_forged_anchor_is_refused_in_words(browser, anchor):
    a, b = people("A", "B")
    review = question(b, a)

    response = send(browser, review, label="same", anchor=anchor)

    assert said(response) == ["Choose the record it is the same as."]


def test_who_was_slower_is_told_and_sees_the_next_question(browser, ben):
    a, b, c = people("A", "B", "C")
    first, _ = question(b, a, stake=0.9), question(c, a, stake=0.5)
    answer(first, by=ben, label="same", anchor=a.pk, now=NOW)

    page = browser.post(f"/review/{first.pk}/answer/", {"label": "same", "anchor": a.pk}, **SCRIPT).content.decode()

    assert "ben answered this question before you: the same." in page
    assert "Is C the same person as A?" in page


def test_undo_brings_the_question_back(browser):
    a, b, c = people("A", "B", "C")
    first, _ = question(b, a, stake=0.9), question(c, a, stake=0.5)
    send(browser, first, label="new", reason="other_person")

    page = browser.post(f"/review/undo/{Answer.objects.get().pk}/", **SCRIPT).content.decode()

    assert "Is B the same person as A?" in page
    assert "2 left" in page
    assert PairFact.objects.filter(withdrawn_at=None).count() == 0


def test_what_can_not_be_undone_says_why(browser, ana):
    a, b = people("A", "B")
    given = answer(question(b, a), by=ana, label="same", anchor=a.pk, now=NOW)
    settled(b, "new")

    response = browser.post(f"/review/undo/{given.pk}/")

    assert said(response) == ["A later run has decided about this record since; take that back first."]


def test_unsure_goes_on_and_the_question_comes_again(browser):
    a, b = people("A", "B")
    review = question(b, a)

    response = send(browser, review, label="unsure")

    assert said(response) == ["Put off; it comes again at the end."]
    assert Review.objects.get(closed_at=None) == review


def test_a_link_to_a_closed_question_leads_to_the_next(browser, ana):
    a, b = people("A", "B")
    review = question(b, a)
    answer(review, by=ana, label="same", anchor=a.pk, now=NOW)

    response = browser.get(f"/review/{review.pk}/")

    assert response.url == "/review/"
    assert said(response) == ["ana answered this question before you: the same."]


def test_only_one_kind_can_be_gone_through(browser):
    a, b = people("A", "B")
    question(b, a)

    assert "Is B the same person as A?" in browser.get("/review/?pipeline=match-people").content.decode()
    elsewhere = browser.get("/review/?pipeline=match-accounts").content.decode()
    assert "1 question waits under another heading." in elsewhere


def test_a_viewer_looks_and_leafs_but_does_not_answer(client_of, db):
    a, b, c = people("A", "B", "C")
    first, _ = question(b, a, stake=0.9), question(c, a, stake=0.5)
    viewer = client_of("Viewer")

    page = viewer.get("/review/").content.decode()

    assert "answering takes the right of a reviewer" in page
    assert f"/review/?after={first.pk}" in page
    assert "Is C the same person as A?" in viewer.get(f"/review/?after={first.pk}").content.decode()
    assert send(viewer, first, label="unsure").status_code == 403
    assert Answer.objects.count() == 0


def test_a_question_whose_pipeline_is_gone_does_not_stop_the_others(browser):
    a, b, c = people("A", "B", "C")
    first, _ = question(b, a, stake=0.9), question(c, a, stake=0.5)
    Review.objects.filter(pk=first.pk).update(pipeline="match-planets")

    page = browser.get("/review/").content.decode()

    assert "The record of this question is no longer there." in page
    assert said(send(browser, first, label="same"))[0].startswith("There is no pipeline “match-planets”")
    assert f"/review/?after={first.pk}" in page


def test_one_question_takes_few_queries_however_many_wait(browser, django_assert_max_num_queries):
    a, *others = people(*(f"P{i}" for i in range(30)))
    for other in others:
        question(other, a)

    with django_assert_max_num_queries(16):
        browser.get("/review/", **SCRIPT)


def test_pages_are_not_hidden_from_a_browser_without_scripts(browser, client):
    shown = "<noscript><style>html[x-cloak] { display: block !important }"

    assert shown in browser.get("/review/").content.decode()
    client.logout()
    assert shown in client.get("/login/").content.decode()
