"""The home page: what needs somebody, what was found, who decided, what it cost."""

from datetime import UTC, datetime

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from config.home import is_practising, percentages
from deals.models import Account, Contact
from governance.models import Budget, LanguageModel, Organisation, PlanFinding
from governance.practice import ensure_practice_setup
from pipeline.models import Batch, Chunk, Decision, Review, Run, Subject
from tests.governance.factories import make_plan

THEN = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)


def people(number, records=1):
    Contact.objects.bulk_create(
        Contact(full_name=f"P{i}", first_seen_at=THEN, record_count=records) for i in range(number)
    )


def companies(number):
    Account.objects.bulk_create(Account(name=f"C{i}", first_seen_at=THEN, record_count=1) for i in range(number))


def finished_run(pipeline="match-contacts"):
    return Run.objects.create(pipeline=pipeline, state=Run.State.FINISHED, finished_at=THEN)


def decided(
    number, layer="match-weight", *, is_model=False, waits=False, reason="weight", due=False, path=(), run=None
):
    run = run or finished_run()
    for i in range(number):
        subject = Subject.objects.create(
            pipeline="match-contacts",
            object_id=1000 * run.pk + i,
            is_ask_due=due,
            state="review" if waits else "decided",
        )
        subject.decision = Decision.objects.create(
            subject=subject,
            run=run,
            label="unsure" if waits else "new",
            layer=layer,
            is_model=is_model,
            reason=reason,
            path=list(path),
            created_at=timezone.now(),
        )
        subject.save()
        if waits:
            Review.objects.create(decision=subject.decision, subject=subject, pipeline="match-contacts")


def words(client):
    """The home page as text, one blank between words."""
    page = client.get("/").content.decode()
    body = page[page.index('class="w-page home"') :]
    text, inside = [], False
    for character in body[: body.index("</body>")]:
        inside = character == "<" or (inside and character != ">")
        text.append(" " if character in "<>" or inside else character)
    return " ".join("".join(text).split()).replace(" ,", ",")


@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=3))
def test_percents_always_sum_to_100_and_stray_less_than_one(numbers):
    found = percentages(numbers)

    assert sum(found) == (100 if sum(numbers) else 0)
    assert all(
        abs(percent - 100 * number / max(1, sum(numbers))) < 1 for percent, number in zip(found, numbers, strict=True)
    )


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([0, 0, 0], [0, 0, 0]),
        ([1, 1, 1], [34, 33, 33]),
        ([26, 4, 4], [76, 12, 12]),
        ([999, 1, 0], [100, 0, 0]),
    ],
)
def test_the_largest_remainder_gets_the_last_percent(numbers, expected):
    assert percentages(numbers) == expected


def test_a_fresh_installation_shows_three_steps_and_no_figure(client_of):
    page = words(client_of("Operator"))

    assert "Three steps to a clean list" in page
    assert "Import files" in page
    assert "AI cost" not in page


def test_after_an_import_the_next_step_is_to_find_duplicates(client_of):
    people(3)

    page = words(client_of("Operator"))

    assert "Two steps to a clean list" in page
    assert "3 new records have not been compared yet." in page
    assert "Find duplicates" in page


def test_rows_people_joined_and_waiting_add_up(client_of):
    people(4)
    people(3, records=2)
    companies(1)
    decided(2, "person", waits=True)

    page = words(client_of("Reviewer"))

    assert "10 rows → 7 people, 3 joined, 2 need you" in page
    assert "1 row → 1 company, 0 joined, 0 need you" in page


def test_a_contact_without_records_is_not_counted(client_of):
    people(2)
    Contact.objects.create(full_name="Gone", first_seen_at=THEN, record_count=0, is_current=False)

    assert "2 rows → 2 people, 0 joined" in words(client_of("Viewer"))


def test_the_bar_says_who_decided_and_counts_what_waits_as_peoples(client_of):
    run = finished_run()
    people(20)
    decided(14, run=run)
    decided(3, "ask-light", is_model=True)
    decided(2, "person", waits=True)
    decided(1, "person")

    assert "Rules 70 % 14 Model 15 % 3 People 15 % 3" in words(client_of("Viewer"))


def test_questions_come_first_with_a_way_to_answer(client_of):
    decided(12, "person", waits=True)

    reviewer, viewer = words(client_of("Reviewer")), words(client_of("Viewer"))

    assert "Needs you now 12 questions wait for an answer. Answer" in reviewer
    assert "12 questions wait for an answer. Look" in viewer


def test_cases_that_wait_for_money_name_the_limit(client_of):
    ensure_practice_setup()
    month = Organisation.current().month(timezone.now())
    model = LanguageModel.objects.get(tier="light")
    Budget.objects.set_limit(model, month, 2_000_000)
    Budget.objects.filter(model=model).update(spent_microusd=2_000_000)
    decided(3, "person", waits=True, due=True, reason="ask:unaffordable")

    page = words(client_of("Operator", "Budget owner"))

    assert (
        f"3 cases wait for money. The limit for {model} in {month:%B} is $2.00; $0.00 is left. Money Run again" in page
    )


def test_a_limit_is_spoken_of_from_four_fifths_on(client_of):
    ensure_practice_setup()
    decided(1)
    strong = Budget.objects.get(model__tier="strong")
    owner = client_of("Budget owner")

    Budget.objects.filter(pk=strong.pk).update(spent_microusd=3_990_000)
    assert "this month is gone" not in words(owner)

    Budget.objects.filter(pk=strong.pk).update(spent_microusd=3_990_000, reserved_microusd=10_000)
    assert f"$4.00 of the $5.00 for {strong.model} this month is gone. Money" in words(owner)


def test_cases_that_wait_for_the_plan_or_a_model_say_what_was_recorded(client_of):
    decided(1, "person", waits=True, due=True, reason="ask:blocked", path=[{"detail": "The plan is suspended."}])
    decided(2, "person", waits=True, due=True, reason="ask:unavailable", path=[{"detail": "No key is set."}])

    page = words(client_of("Viewer"))

    assert "1 case waits for the plan. The plan is suspended." in page
    assert "2 cases wait for a model. No key is set." in page
    assert "Run again" not in page


def test_what_goes_on_is_shown_and_no_second_search_is_offered(client_of):
    people(5)
    run = Run.objects.create(pipeline="match-contacts", state=Run.State.RUNNING)
    Chunk.objects.create(run=run, phase=Chunk.Phase.FREE, state=Chunk.State.LEASED)
    batch = Batch.objects.create(state=Batch.State.RUNNING)
    Chunk.objects.create(batch=batch, phase=Chunk.Phase.IMPORT, state=Chunk.State.LEASED, total=1000, done=250)

    page = words(client_of("Operator"))

    assert "An import is going on. Reading rows, 250 of 1,000" in page
    assert "“Find the same people” is running. Applying the rules" in page
    assert "have not been compared yet" not in page


def test_a_run_that_waits_for_consent_is_named(client_of):
    Run.objects.create(pipeline="match-accounts", state=Run.State.CONSENT)

    assert "would cost more than the plan allows without consent. Decide" in words(client_of("Operator"))


def test_nothing_to_do_says_so_and_an_unknown_cost_is_unknown(client_of):
    decided(1)

    page = words(client_of("Viewer"))

    assert "Needs you now Nothing." in page
    assert "Per accepted result unknown" in page
    assert "Errors nobody noticed not yet proven" in page


def test_the_practice_model_is_named_on_every_page_while_it_stands_in(client_of):
    viewer = client_of("Viewer")
    assert "Practice model: no real money." not in viewer.get("/").content.decode()

    ensure_practice_setup()

    for address in ("/", "/review/", "/money/", "/pipeline/run/"):
        assert "Practice model: no real money." in viewer.get(address).content.decode()


def test_the_practice_model_steps_back_where_a_real_one_has_a_key(db, monkeypatch):
    ensure_practice_setup()
    for tier in ("light", "strong"):
        LanguageModel.objects.create(
            name=f"real-{tier}",
            base_url="https://m.example/v1",
            request_model="m",
            tier=tier,
            api_key_variable="REAL_KEY",
        )
    assert is_practising()

    monkeypatch.setenv("REAL_KEY", "k")

    assert not is_practising()


def test_a_stranger_sees_the_login_page_without_figures(client, db):
    people(3)

    response = client.get("/")

    assert response.status_code == 302
    assert list(get_messages(response.wsgi_request)) == []


def test_the_sidebar_counts_open_questions(client_of):
    decided(7, "person", waits=True)

    page = client_of("Reviewer").get("/review/").content.decode()

    assert ">7<" in "".join(page.split())


def test_the_page_takes_as_few_queries_for_many_records_as_for_few(client_of, django_assert_max_num_queries):
    people(2000)
    companies(300)
    decided(40, "person", waits=True)
    operator = client_of("Operator")
    operator.get("/")

    with django_assert_max_num_queries(27):
        operator.get("/")


def test_the_owner_sees_that_a_plan_needs_a_look_and_others_do_not(client_of, person):
    owner = person("Viewer", username="ana")
    version = make_plan(owner=owner.pk)
    PlanFinding.objects.create(plan_version=version, line=24, moment="nightly", sentence="Nobody <can> review.")
    stranger = client_of("Reviewer").get("/").content.decode()
    client = Client()
    client.force_login(owner)

    page = client.get("/").content.decode()

    assert "The plan “Plan” needs a look." in page
    assert "Nobody &lt;can&gt; review." in page
    assert "needs a look" not in stranger


def test_approvers_are_asked_once_whether_authors_may_approve_their_own_plan(client_of):
    make_plan()
    client = client_of("Plan approver")
    assert "May authors approve their own plan here?" in client.get("/").content.decode()

    client.post("/plan/own-approval/", {"own": "0"})

    assert "May authors approve their own plan here?" not in client.get("/").content.decode()
