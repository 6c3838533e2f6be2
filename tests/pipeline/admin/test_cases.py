"""One case: the decision in words, both records, the way it took, its history."""

import pytest
from django.urls import reverse

from pipeline import evidence
from pipeline.models import Record, Subject
from tests.governance.factories import make_model, make_plan
from tests.pipeline.admin.world import answer, attempt, case_of, decide, full_run, make_run, path, people


def page_of(client, record):
    subject = Subject.objects.get(object_id=record.pk)
    return client.get(reverse("case_page", args=[subject.pk])).content.decode()


@pytest.fixture
def pair(db):
    return people("Anna Berg", "Ana Berg")


def test_a_case_nobody_decided_says_so(client_of, pair):
    Subject.objects.create(pipeline="match-people", object_id=pair[0].pk)

    assert "Not decided yet." in page_of(client_of("Viewer"), pair[0])


def test_a_case_of_a_pipeline_that_is_gone_shows_what_is_on_record(client_of, pair):
    decide(make_run(), pair[0])
    Subject.objects.update(pipeline="removed")

    html = page_of(client_of("Viewer"), pair[0])

    assert "is not installed any more" in html
    assert "in force" in html


def test_a_decision_is_told_in_words_with_who_and_why(client_of, pair):
    decide(make_run(), pair[0], anchor=pair[1])

    html = page_of(client_of("Viewer"), pair[0])

    assert "Same as “Ana Berg” (HubSpot), decided by Same identifiers." in html
    assert "The same e-mail address" in html


def test_both_records_stand_side_by_side_with_links_to_their_rows(client_of, pair):
    decide(make_run(), pair[0], anchor=pair[1])

    html = page_of(client_of("Viewer"), pair[0])

    assert f'href="/rows/{pair[0].pk}/"' in html and f'href="/rows/{pair[1].pk}/"' in html
    assert "Linz" in html and "different" in html


def test_a_decision_without_questions_shows_why_though_its_records_changed_since(client_of, pair):
    case = case_of(pair[0], pair[1])
    kept = evidence.of(case, pair[1].pk, {}, (-6.6, 6.6))
    decide(None, pair[0], anchor=pair[1], evidence=kept)
    Record.objects.filter(pk=pair[0].pk).update(values={"name": "Renamed since"})

    html = page_of(client_of("Viewer"), pair[0])

    assert "Anna Berg" in html and "Renamed since" not in html
    assert "Nearly the same name speaks for it" in html and "joined from +6.6" in html


def test_the_path_names_each_layer_its_score_and_its_calls(client_of):
    full_run()
    subject = Subject.objects.get(decision__layer="ask-strong")

    html = client_of("Viewer").get(reverse("case_page", args=[subject.pk])).content.decode()

    assert "score 0.710" in html and "score 0.970" in html
    assert "not sure enough to decide without a person" in html
    assert "The model said: “Both use one address.”" in html
    assert "900 + 60 tokens" in html and "$0.01" in html and "practice model" in html


def test_the_path_shows_the_score_that_was_needed(client_of, pair):
    decide(
        make_run(),
        pair[0],
        anchor=pair[1],
        layer="match-weight",
        path=[{"layer": "match-weight", "label": "same", "score": 0.995, "reason": "weight", "outcome": "accepted"}],
        versions={"thresholds": [["match-weight", "same", 0.99]]},
    )

    assert "score 0.995, needs 0.990" in page_of(client_of("Viewer"), pair[0])


def test_history_keeps_superseded_decisions_and_peoples_answers(client_of, person, pair):
    ana = person("Reviewer", username="ana")
    decide(make_run(), pair[0], anchor=pair[1], layer="person", label="unsure", reason="models_unsure")
    answer(decide(None, pair[0], label="new", by=ana, layer="person", reason="person"), ana, note="Sisters <3")

    html = page_of(client_of("Viewer"), pair[0])

    assert "New, decided by ana." in html
    assert "superseded" in html and "The models were not sure" in html
    assert "ana answered “New”" in html and "Different one with the same name" in html and "“Sisters &lt;3”" in html


def test_a_persons_decision_still_shows_how_the_layers_got_there(client_of, person):
    run = full_run()
    subject = Subject.objects.get(decision__layer="person")
    ana = person("Reviewer", username="ana")
    decide(None, people_record(subject), label="new", by=ana, layer="person")

    html = client_of("Viewer").get(reverse("case_page", args=[subject.pk])).content.decode()

    assert f'Before the person decided, in <a href="/runs/{run.pk}/">' in html
    assert "score 0.710" in html


def people_record(subject):
    return Record.objects.get(pk=subject.object_id)


def test_only_who_may_answer_is_led_to_the_question(client_of, pair):
    decide(make_run(), pair[0], anchor=pair[1], layer="person", label="unsure")

    assert "Answer it" in page_of(client_of("Reviewer"), pair[0])
    assert "Answer it" not in page_of(client_of("Viewer"), pair[0])


def test_a_name_that_is_markup_is_shown_as_text(client_of):
    record = people("<script>alert(1)</script>")[0]
    decide(make_run(), record)

    html = page_of(client_of("Viewer"), record)

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_long_history_asks_no_more_queries(client_of, pair, person, django_assert_max_num_queries):
    ana = person("Reviewer", username="ana")
    for _ in range(8):
        answer(decide(None, pair[0], label="new", by=ana, layer="person"), ana)
    client = client_of("Viewer")
    page_of(client, pair[0])

    with django_assert_max_num_queries(16):
        page_of(client, pair[0])


def test_the_list_asks_no_query_per_decision(client_of, django_assert_max_num_queries):
    run = full_run()
    client = client_of("Viewer")
    url = reverse("admin:pipeline_decision_changelist")
    client.get(url)

    with django_assert_max_num_queries(12):
        client.get(url, {"run__id__exact": run.pk})


def test_the_list_filters_what_waits_for_a_person(client_of):
    full_run()

    shown = client_of("Viewer").get(reverse("admin:pipeline_decision_changelist"), {"standing": "waiting"})

    html = shown.content.decode()
    assert "Person J" in html and "Person A" not in html


def test_a_call_whose_layer_was_not_accepted_is_no_decider(client_of, pair, db):
    call = attempt(make_model(), make_plan(), record=pair[0])
    decide(make_run(), pair[0], anchor=pair[1], layer="person", label="unsure",
           path=path(call, "ask-light", "below_threshold"))  # fmt: skip

    assert "is-decider" not in page_of(client_of("Viewer"), pair[0]).split("History")[0]
