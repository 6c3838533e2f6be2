"""One call to a model: what was asked, what came back, what it cost; and the ledger's list."""

import pytest
from django.urls import reverse

from governance.models import Exchange
from tests.governance.factories import make_model, make_plan
from tests.pipeline.admin.world import answer, attempt, decide, full_run, make_run, people, quote


def page_of(client, call):
    return client.get(reverse("attempt_page", args=[call.pk])).content.decode()


@pytest.fixture
def model(db):
    return make_model(name="small-1", label="Small 1", is_practice=False)


@pytest.fixture
def version(db):
    return make_plan(tasks=("match-people",))


def test_a_call_without_words_says_that_they_are_deleted(client_of, model, version):
    call = attempt(model, version, words=False)

    html = page_of(client_of("Viewer"), call)

    assert "The words of this call are deleted; its figures stay." in html


def test_the_prompt_is_shown_as_text_and_the_answer_indented(client_of, model, version):
    html = page_of(client_of("Viewer"), attempt(model, version))

    assert "Ana &lt;b&gt;Berg&lt;/b&gt;" in html and "<b>Berg</b>" not in html
    assert "  &quot;answer&quot;: &quot;same&quot;," in html
    assert "in the agreed form" in html


def test_an_answer_that_is_no_json_is_shown_as_it_came(client_of, model, version):
    call = attempt(model, version)
    Exchange.objects.update(answer="Sorry, <i>no</i>", is_valid=False)

    html = page_of(client_of("Viewer"), call)

    assert "Sorry, &lt;i&gt;no&lt;/i&gt;" in html
    assert "not in the agreed form" in html


def test_model_price_and_plan_are_named(client_of, model, version):
    html = page_of(client_of("Viewer"), attempt(model, version))

    assert "$0.10 in, $0.40 out per million tokens" in html
    assert "1 Jan 2020" in html and "invented" in html and "Plan v1" in html
    assert "Prompt and answer are kept until" in html


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"state": "open", "cost": 0}, "On its way; $0.005 is held for it."),
        (
            {"state": "unknown", "cost": 0, "error": "timeout"},
            "No answer came in time. It may be billed, so $0.005 stays held.",
        ),
        (
            {"state": "failed", "cost": 0, "error": "rate_limited"},
            "The provider asked to slow down. It was not billed.",
        ),
        (
            {"cost": 5_000, "is_estimated": True, "error": "lost"},
            "was ended before the answer came. No bill came, so its worst case of $0.005 is counted.",
        ),
        (
            {"cost": 5_000, "is_estimated": True, "response_service_tier": "scale"},
            "Served at scale processing, whose price is unknown, so its worst case of $0.005 is counted.",
        ),
        ({"cost": 1_200}, "Answered and paid: $0.0012."),
    ],
)
def test_what_became_of_a_call_is_a_sentence(client_of, model, version, values, sentence):
    assert sentence in page_of(client_of("Viewer"), attempt(model, version, **values))


def test_other_tries_at_the_question_are_linked(client_of, model, version):
    record, run = people("Ana")[0], make_run()
    lost = attempt(model, version, run, record, state="failed", cost=0, error="rate_limited")
    call = attempt(model, version, run, record, retry_number=1)

    html = page_of(client_of("Viewer"), call)

    assert f'href="/attempts/{lost.pk}/"' in html
    assert "try 2" in html


def test_examples_name_their_author_and_lead_to_their_case(client_of, person, model, version):
    ana = person("Reviewer", username="ana")
    given = answer(decide(None, people("Eva Lang")[0], label="new", by=ana, layer="person"), ana, note="Cousins")
    call = attempt(model, version)
    quote(call, given)

    html = page_of(client_of("Viewer"), call)

    assert f'href="/cases/{given.subject_id}/">Eva Lang</a>' in html
    assert "ana answered “New”" in html and "“Cousins”" in html


def test_the_case_and_the_run_are_linked(client_of, model, version):
    record, run = people("Ana")[0], make_run()
    subject = decide(run, record).subject

    html = page_of(client_of("Viewer"), attempt(model, version, run, record))

    assert f'href="/cases/{subject.pk}/">Ana</a>' in html and f'href="/runs/{run.pk}/"' in html


def test_keys_that_name_nothing_here_are_shown_as_they_are(client_of, model, version):
    html = page_of(client_of("Viewer"), attempt(model, version, run_key="exam:7", subject_key="9" * 40))

    assert "exam:7" in html and "9" * 40 in html


def test_a_practice_call_is_marked(client_of, version):
    call = attempt(make_model(name="practice", is_practice=True), version)

    assert "Practice model: no real money." in page_of(client_of("Viewer"), call)


def test_the_ledger_is_filtered_by_run_and_exported(client_of):
    run = full_run()
    client = client_of("Viewer")

    listed = client.get(reverse("admin:governance_attempt_changelist"), {"run_key": run.key}).content.decode()
    export = client.get(reverse("admin:governance_attempt_export"), {"run_key": run.key})

    assert "6 results" in listed or "6 attempts" in listed
    assert len(b"".join(export.streaming_content).decode().strip().splitlines()) == 7


def test_the_ledger_can_not_be_changed(client_of, model, version):
    call = attempt(model, version)

    assert client_of("Operator").get(reverse("admin:governance_attempt_delete", args=[call.pk])).status_code == 403


def test_the_ledger_asks_no_query_per_call(client_of, django_assert_max_num_queries):
    full_run()
    client = client_of("Viewer")
    client.get(reverse("admin:governance_attempt_changelist"))

    with django_assert_max_num_queries(12):
        client.get(reverse("admin:governance_attempt_changelist"))
