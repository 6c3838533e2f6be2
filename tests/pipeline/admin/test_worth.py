"""What was got for the money: unknown stays unknown, few results are named, every figure leads on or downloads."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.spending import Day, days_of_spending
from pipeline import registry, worth
from pipeline.admin.spend_chart import HEIGHT, chart
from pipeline.models import Run
from tests.governance.factories import make_model
from tests.pipeline.admin.world import NAME, decide, full_run, make_run, people, spend, step


@pytest.fixture(autouse=True)
def _small_world(settings):
    settings.PIPELINES = ["tests.pipeline.admin.world.match_people"]
    registry.pipelines.cache_clear()
    yield
    registry.pipelines.cache_clear()


def today():
    return timezone.now().date()


def runs():
    return worth.runs_between(today() - timedelta(days=30), today() + timedelta(days=1))


def pipelines():
    return worth.pipelines(runs(), days_of_spending(today() - timedelta(days=30), today() + timedelta(days=1)))


def page_of(client, **query):
    return client.get(reverse("money_worth"), query).content.decode()


@pytest.mark.django_db
def test_without_a_run_nothing_is_known_and_the_page_says_so(client_of):
    html = page_of(client_of("Viewer"))

    assert "No model was asked in this time." in html
    assert "what a case would cost is not known" in html
    assert "None" not in html


@pytest.mark.django_db
def test_dry_runs_and_other_pipelines_runs_do_not_count():
    make_run(is_dry_run=True)
    make_run(pipeline="gone")

    assert list(worth.runs_between(today(), today() + timedelta(days=1), NAME)) == []


@pytest.mark.django_db
def test_a_run_of_rules_alone_saves_an_unknown_amount():
    run = make_run()
    step(run, "identifiers", 0, seen=1, decided=1)
    decide(run, people("Ana Berg")[0], label="new")

    (found,) = pipelines()

    assert (found.by_rules, found.cost_per_accepted, found.saved_by_rules) == (1, None, None)


@pytest.mark.django_db
def test_the_sums_of_a_run_and_what_each_of_them_came_to():
    full_run()

    (found,) = pipelines()

    assert (found.by_rules, found.accepted, found.by_people, found.asked, found.calls) == (6, 3, 1, 4, 6)
    # Four calls at 1,200 and two at 10,000 micro-dollars.
    assert (found.cost_microusd, found.practice_microusd) == (24_800, 24_800)
    assert (found.cost_per_call, found.cost_per_case, found.cost_per_accepted) == (4_133, 2_480, 8_267)
    # Six cases at the mean of the four that were asked about.
    assert found.saved_by_rules == 37_200


@pytest.mark.django_db
def test_a_kind_of_subject_counts_each_of_them_once():
    full_run()
    decide(make_run(), people("Ana Berg")[0], label="new")

    (kind,) = worth.kinds(runs(), pipelines())

    assert (kind.noun, kind.number, kind.cost_each) == ("record", 11, 2_255)


@pytest.mark.django_db
def test_only_another_answer_of_a_person_overturns_a_step(person):
    run = full_run()
    first, second, third = run.decisions.filter(layer="identifiers").order_by("pk")[:3]
    reviewer = person("Reviewer")
    for decision, label in ((first, "new"), (second, "same")):
        decision.subject.decisions.create(
            label=label, layer="person", by=reviewer, supersedes=decision, created_at=timezone.now()
        )
    third.subject.decisions.create(label="same", layer="ask-light", supersedes=third, created_at=timezone.now())

    found = {one.layer: (one.decided, one.overturned) for one in worth.steps(runs())}

    assert found == {"identifiers": (5, 1), "match-weight": (1, 0), "ask-light": (2, 0), "ask-strong": (1, 0)}


@pytest.mark.django_db
def test_the_page_names_practice_money_few_results_and_the_way_to_each_call(client_of):
    full_run()

    html = page_of(client_of("Viewer"), days="30")

    assert "All of it is practice money" in html
    assert "per accepted result, mean of 3 only" in html
    assert "≈ $0.008267" in html
    assert "0 of 5" in html
    assert f"/whatif/?days=30&amp;task={NAME}" in html.replace("what-if", "whatif")
    assert f"day__exact={today()}" in html


@pytest.mark.django_db
def test_each_table_downloads_with_exact_amounts(client_of):
    full_run()
    client = client_of("Viewer")

    def lines(name):
        response = client.get(reverse("money_worth"), {"days": "30", "csv": name})
        return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()

    assert lines("steps")[3] == f"{NAME},ask-light,True,4,2,0,2500,4,4800"
    assert lines("pipelines")[1].startswith(f"{NAME},record,10,6,3,1,4,6,24800,24800")
    assert len(lines("days")) == 3


@pytest.mark.django_db
def test_a_time_or_pipeline_nobody_offered_shows_the_last_thirty_days(client_of):
    spend(make_model(), 700, day=today() - timedelta(days=40))

    html = page_of(client_of("Viewer"), days="9999", task="<script>")

    assert "No model was asked in this time." in html
    assert Run.objects.count() == 0


def spent(on, cost, model="Small", is_practice=False):
    return Day(
        day=on, task=NAME, model_id=1, model=model, is_practice=is_practice, calls=1, cost_microusd=cost,
        estimated_microusd=0,
    )  # fmt: skip


def test_a_chart_without_spending_has_no_blocks():
    empty = chart([], date(2026, 11, 1), date(2026, 11, 8))

    assert (len(empty.bars), empty.highest, empty.legend) == (7, 0, [])
    assert all(not bar.blocks for bar in empty.bars)


def test_bars_are_stacked_by_model_and_the_highest_fills_the_chart():
    days = [spent(date(2026, 11, 2), 300), spent(date(2026, 11, 2), 100, "Large"), spent(date(2026, 11, 3), 100)]

    drawn = chart(days, date(2026, 11, 1), date(2026, 11, 4))

    assert drawn.highest == 400
    assert [name for name, _ in drawn.legend] == ["Small", "Large"]
    assert [block.height for block in drawn.bars[1].blocks] == [0.75 * HEIGHT, 0.25 * HEIGHT]
    assert sum(block.height for block in drawn.bars[2].blocks) == 0.25 * HEIGHT


def test_a_year_is_drawn_by_month():
    drawn = chart([spent(date(2026, 3, 31), 5)], date(2025, 11, 26), date(2026, 11, 26))

    assert len(drawn.bars) == 13
    assert drawn.bars[4].label == "Mar 2026"
    assert drawn.bars[4].blocks[0].words == "Mar 2026: Small"
