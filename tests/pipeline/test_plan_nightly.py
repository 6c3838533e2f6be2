"""The nightly checks: notices, suspension, and what holds again."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from governance.models import PlanFinding, PlanState
from governance.plan_nightly import check_night
from pipeline import tasks
from tests.governance.factories import make_plan

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


def test_a_draft_is_not_checked_at_night():
    make_plan(state=PlanState.DRAFT)

    assert tasks.check_plans() == 0
