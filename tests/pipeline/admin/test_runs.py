"""The operator's view of runs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pipeline import registry
from pipeline.funnel import funnel
from pipeline.models import Chunk, Run
from pipeline.run_progress import progress
from tests.pipeline.admin.world import full_run, make_run, match_people, step


def html_of(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def test_a_run_whose_pipeline_is_gone_still_shows_what_is_on_record(client_of):
    run = make_run(pipeline="removed", cases=3)
    step(run, "old-rule", 0, seen=3, decided=3)

    html = html_of(client_of("Viewer"), "run_page", run.pk)

    assert "removed" in html
    assert "Old-rule" in html or "old-rule" in html


def test_the_funnel_parts_rules_models_and_people(db):
    run = full_run()

    found = funnel(run, match_people)

    assert [(band.label, band.cases) for band in found.bands] == [
        ("Decided before, unchanged", 4),
        ("Decided by rules", 6),
        ("Decided by a light model", 2),
        ("Decided by a strong model", 1),
        ("Left to a person", 1),
    ]
    assert found.all_seen == sum(band.cases for band in found.bands) == 14


def test_the_steps_add_up_to_the_total(db):
    found = funnel(full_run(), match_people)

    assert found.total.decided == 9
    assert found.total.to_person == 1
    assert found.total.calls == 6
    assert found.total.cost_microusd == 24_800 == sum(line.cost_microusd for line in found.lines)


def test_step_totals_header_and_money_page_show_the_same_sum(client_of):
    run = full_run(is_practice=False)
    client = client_of("Viewer")

    page, money = html_of(client, "run_page", run.pk), html_of(client, "money")

    assert page.count("$0.02") >= 2
    assert "<b data-total-cost>$0.02</b>" in page
    assert "$0.02" in money


def test_a_practice_run_says_that_no_real_money_was_spent(client_of):
    run = full_run()

    assert "Practice model: no real money." in html_of(client_of("Viewer"), "run_page", run.pk)


def test_a_run_with_a_real_model_does_not_call_it_practice(client_of):
    run = full_run(is_practice=False)

    assert "no real money" not in html_of(client_of("Viewer"), "run_page", run.pk)


def test_the_page_asks_no_more_queries_for_a_larger_run(client_of, django_assert_max_num_queries):
    run = full_run()
    client = client_of("Viewer")
    client.get(reverse("run_page", args=[run.pk]))

    with django_assert_max_num_queries(14):
        client.get(reverse("run_page", args=[run.pk]))


def test_the_list_asks_no_query_per_run(client_of):
    client = client_of("Viewer")
    url = reverse("admin:pipeline_run_changelist")

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    make_run()
    queries()
    before = queries()
    for _ in range(10):
        make_run()

    assert queries() == before


def test_an_active_run_refreshes_itself_and_a_finished_one_does_not(client_of):
    client = client_of("Viewer")
    active, over = make_run(state=Run.State.RUNNING), make_run()

    assert "data-live" in html_of(client, "run_page", active.pk)
    assert "data-live=" not in html_of(client, "run_page", over.pk)


def test_the_moving_part_says_when_it_is_over(client_of):
    client = client_of("Viewer")
    run = make_run(state=Run.State.RUNNING)
    url = reverse("run_progress", args=[run.pk])

    going_on = client.get(url, {"state": "running"})
    Run.objects.update(state=Run.State.FINISHED)

    assert "X-Live" not in going_on
    assert client.get(url, {"state": "running"})["X-Live"] == "over"


def test_progress_names_what_is_done_now(db):
    run = make_run(state=Run.State.RUNNING)
    Chunk.objects.create(run=run, phase="free", stage=0, state="done")
    Chunk.objects.create(run=run, phase="ask", stage=1, state="leased", done=6, total=24)

    found = progress(run)

    assert found.sentence == "Asking questions, 6 of 24"
    assert 25 < found.percent < 75


def test_a_run_that_no_worker_took_up_says_so(client_of):
    run = make_run(state=Run.State.QUEUED)
    Chunk.objects.create(run=run, phase="free", stage=0)

    html = html_of(client_of("Viewer"), "run_page", run.pk)

    assert "Waiting for a worker" in html
    assert "no worker is running" in html


def test_a_failed_run_shows_its_sentence(client_of):
    run = make_run(state=Run.State.FAILED, error="The rules file <x> is missing.")

    assert "The rules file &lt;x&gt; is missing." in html_of(client_of("Viewer"), "run_page", run.pk)


def test_a_dry_run_says_what_it_would_ask_and_cost(client_of):
    run = make_run(
        is_dry_run=True,
        cases=12,
        summary={"decided": {"identifiers": 8}, "open": 4},
        forecast={"questions": 4, "expected_microusd": 5_000, "ceiling_microusd": 90_000, "is_from_history": False},
    )

    html = html_of(client_of("Viewer"), "run_page", run.pk)

    assert "4 questions, likely $0.005, at most $0.09." in html
    assert "Would be asked of a model" in html


def test_a_viewer_can_neither_start_nor_stop(client_of):
    client = client_of("Viewer")
    run = make_run(state=Run.State.RUNNING)

    assert client.post(reverse("run_start"), {"pipeline": match_people.name}).status_code == 403
    assert client.post(reverse("run_stop", args=[run.pk])).status_code == 403
    assert Run.objects.get().state == Run.State.RUNNING


def test_an_operator_starts_a_run_and_lands_on_its_page(client_of):
    answer = client_of("Operator").post(reverse("run_start"), {"pipeline": match_people.name})

    run = Run.objects.get()
    assert answer.url == reverse("run_page", args=[run.pk])
    assert (run.pipeline, run.is_dry_run, run.by.username) == ("match-people", False, "operator")


def test_a_second_run_of_the_same_pipeline_is_refused_in_a_sentence(client_of):
    make_run(state=Run.State.RUNNING)

    answer = client_of("Operator").post(reverse("run_start"), {"pipeline": match_people.name}, follow=True)

    assert "is running already" in answer.content.decode()
    assert Run.objects.count() == 1


def test_an_operator_stops_a_run(client_of):
    run = make_run(state=Run.State.RUNNING)

    client_of("Operator").post(reverse("run_stop", args=[run.pk]))

    run.refresh_from_db()
    assert run.state == Run.State.STOPPED


def test_a_run_above_the_plans_ceiling_waits_for_consent(client_of):
    run = make_run(state=Run.State.CONSENT, forecast={"questions": 4, "expected_microusd": 1, "ceiling_microusd": 2})
    client = client_of("Operator")

    assert "Let it go on" in html_of(client, "run_page", run.pk)
    client.post(reverse("run_consent", args=[run.pk]))

    run.refresh_from_db()
    assert run.state == Run.State.RUNNING


@pytest.mark.parametrize("name", ["run_start", "run_stop"])
def test_a_link_can_not_start_or_stop_anything(client_of, name):
    run = make_run(state=Run.State.RUNNING)

    assert client_of("Operator").get(reverse(name, args=[run.pk] if name == "run_stop" else [])).status_code == 405


def test_a_stranger_is_sent_to_the_login(client, db):
    assert client.get(reverse("run_page", args=[make_run().pk])).status_code == 302


def test_the_cases_behind_a_number_are_listed_and_exported(client_of):
    run = full_run()
    client = client_of("Viewer")
    url = reverse("admin:pipeline_decision_changelist")

    shown = client.get(url, {"run__id__exact": run.pk, "layer__in": "ask-light"}).content.decode()
    export = client.get(reverse("admin:pipeline_decision_export"), {"run__id__exact": run.pk})

    assert "Person G" in shown and "Person H" in shown and "Person A" not in shown
    assert len(b"".join(export.streaming_content).decode().strip().splitlines()) == 11


def test_the_registry_names_the_pipelines_that_can_be_started(client_of):
    html = html_of(client_of("Operator"), "admin:pipeline_run_changelist")

    assert all(pipeline.title in html for pipeline in registry.pipelines().values())
