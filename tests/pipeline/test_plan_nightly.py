"""The nightly checks: notices, suspension, and what holds again."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from governance.models import PlanFinding, PlanState, Price
from governance.plan_nightly import check_night
from pipeline import plan_nightly, tasks
from pipeline.models import Threshold
from pipeline.plan_nightly import success_now
from tests.governance.factories import make_model, make_plan
from tests.pipeline.admin import world
from tests.pipeline.admin.world import NAME

pytestmark = pytest.mark.django_db
TARGET = {"metric": "acceptance", "target": 90.0, "target_date": "2026-01-01"}


def lines(version):
    return list(version.findings.order_by("pk").values_list("line", "is_passed"))


def aged(version, days):
    """All findings so far, moved into the past."""
    for finding in version.findings.all():
        PlanFinding.objects.filter(pk=finding.pk).update(recorded_at=finding.recorded_at - timedelta(days=days))


def test_a_plan_that_is_kept_has_no_findings_but_the_missing_owner():
    version = make_plan()

    assert tasks.check_plans() == 1
    version.refresh_from_db()
    assert lines(version) == [(2, False)]
    assert version.state == PlanState.APPROVED


def test_the_same_finding_is_written_once_a_day():
    version = make_plan()

    tasks.check_plans()
    tasks.check_plans()

    assert version.findings.count() == 1


def test_two_missed_targets_four_weeks_apart_suspend_the_plan():
    version = make_plan(**TARGET)
    check_night(version, metric_value=80.0)
    version.refresh_from_db()
    assert version.state == PlanState.APPROVED

    aged(version, days=28)
    check_night(version, metric_value=80.0)

    version.refresh_from_db()
    assert version.state == PlanState.SUSPENDED


def test_a_target_reached_in_between_starts_the_count_again():
    version = make_plan(**TARGET)
    check_night(version, metric_value=80.0)
    aged(version, days=28)
    check_night(version, metric_value=95.0)

    check_night(version, metric_value=80.0)

    version.refresh_from_db()
    assert version.state == PlanState.APPROVED
    assert [entry for entry in lines(version) if entry[0] == 25] == [(25, False), (25, True), (25, False)]


def test_a_gone_owner_suspends_the_plan_after_fourteen_days():
    owner = User.objects.create_user("ana", is_staff=True, is_active=False)
    version = make_plan(owner=owner.pk)
    check_night(version)
    version.refresh_from_db()
    assert version.state == PlanState.APPROVED

    aged(version, days=14)
    check_night(version, timezone.now())

    version.refresh_from_db()
    assert version.state == PlanState.SUSPENDED


def test_false_links_are_those_that_people_undid(monkeypatch):
    version = make_plan((NAME,), **{**TARGET, "metric": "false_links"})
    run, person = world.make_run(), User.objects.create(username="ana")
    kept, undone, fresh, other = world.people("A", "B", "C", "D")
    for record in (kept, undone, fresh):
        world.decide(run, record, label="same", anchor=other)
    world.decide(run, other, label="new")
    world.decide(None, kept, label="same", anchor=other, by=person, layer="person")
    world.decide(None, undone, label="new", by=person, layer="person")

    assert success_now(version, timezone.now()) is None
    monkeypatch.setattr(plan_nightly, "_ENOUGH_ANSWERS", 3)
    assert success_now(version, timezone.now()) == pytest.approx(100 / 3)


def test_a_draft_is_not_checked_at_night():
    make_plan(state=PlanState.DRAFT)

    assert tasks.check_plans() == 0


def changed(version):
    """What of it changed since its approval, in the words of the finding; empty where nothing did."""
    tasks.check_plans()
    found = version.findings.filter(line=32).first()
    return found.observed if found else ""


TRIGGERS = ["price", "retirement", "schema", "thresholds"]


def a_file(columns, days):
    source = world.Source.objects.get_or_create(system="hubspot", name="HubSpot")[0]
    at = timezone.now() + timedelta(days=days)
    return world.make_file(source=source, format="hubspot/contacts", header=columns, imported_at=at)


def test_the_same_columns_again_are_no_change():
    version = make_plan(triggers=TRIGGERS)
    a_file(["Name", "City"], -3)
    a_file(["City", "Name"], 1)

    assert changed(version) == ""


def test_other_columns_of_a_known_layout_are_a_change():
    version = make_plan(triggers=TRIGGERS)
    a_file(["Name", "City"], -3)
    a_file(["Name", "Town"], 1)

    assert changed(version) == "the columns of a source"


def test_other_accepted_scores_and_prices_are_a_change_also_where_the_plan_names_no_model():
    version = make_plan(tasks=(NAME,), triggers=TRIGGERS)
    model = make_model()
    world.attempt(model, version)
    tomorrow = timezone.now() + timedelta(days=1)
    Threshold.objects.create(pipeline=NAME, layer="ask-light", label="same", value=0.9, valid_from=tomorrow)
    Price.objects.create(model=model, valid_from=tomorrow.date(), input_microusd=1, output_microusd=1, source="list")

    assert changed(version) == "a model's price and the score from which results are accepted"
