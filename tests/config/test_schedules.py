"""What runs by the clock is there after migrate, and stays as somebody set it."""

import pytest
from django.utils.module_loading import import_string
from django_q.models import Schedule

from config.schedules import SCHEDULES, schedule_after_migrate

pytestmark = pytest.mark.django_db


def test_every_job_is_scheduled_once_and_exists():
    schedule_after_migrate(using="default")
    schedule_after_migrate(using="default")

    found = dict(Schedule.objects.values_list("name", "func"))
    assert found == {name: func for name, func, _ in SCHEDULES}
    assert all(callable(import_string(func)) for func in found.values())


def test_an_interval_somebody_changed_is_left_alone():
    schedule_after_migrate(using="default")
    Schedule.objects.filter(func="governance.tasks.sweep").update(minutes=5)

    schedule_after_migrate(using="default")

    assert Schedule.objects.get(func="governance.tasks.sweep").minutes == 5
