"""Mails about plans: each thing once, to whom it concerns, and never lost to a mail server that is down."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from governance.models import PlanFinding
from governance.plan_mail import tell, tell_month
from governance.plan_nightly import check_night
from tests.governance.factories import make_plan, this_month

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_server(settings):
    settings.EMAIL_HOST = "mail.example.com"


def people():
    ana, ben = (
        User.objects.create_user(name, f"{name}@example.com", is_staff=True, last_login=timezone.now())
        for name in ("ana", "ben")
    )
    return {"owner": ana.pk, "deputy": ben.pk, "login_days": 60}


def night(version, **observed):
    """A night's check and what was mailed by it."""
    before = len(mail.outbox)
    check_night(version, **observed)
    tell(version, timezone.now())
    return mail.outbox[before:]


def test_a_plan_that_is_kept_sends_nothing():
    assert night(make_plan(**people())) == []


def test_without_a_mail_server_nothing_is_sent_and_nothing_counts_as_told(settings):
    settings.EMAIL_HOST = ""
    version = make_plan(**people(), min_reviewers=1)

    assert night(version, reviewers=0) == []
    assert PlanFinding.objects.get().told_at is None


def test_the_owner_is_told_once_until_it_holds_again():
    version = make_plan(**people(), max_silent_error_percent=5)

    first, again = night(version, silent_error_percent=9.5), night(version, silent_error_percent=9.4)
    night(version, silent_error_percent=4.0)
    anew = night(version, silent_error_percent=8.0)

    assert [message.to for message in first] == [["ana@example.com"]]
    assert "at most 5 % of accepted results are wrong unnoticed" in first[0].body
    assert (len(again), len(anew)) == (0, 1)


def test_the_deputy_is_told_of_waiting_questions_too():
    (message,) = night(make_plan(**people(), review_days=5), overdue_reviews=3)

    assert message.to == ["ana@example.com", "ben@example.com"]


@pytest.mark.parametrize(("days", "mails"), [(31, 0), (30, 1), (7, 1), (0, 1)])
def test_a_due_review_is_told_of(days, mails):
    due = (timezone.localdate() + timedelta(days=days)).isoformat()

    assert len(night(make_plan(**people(), review_date=due))) == mails


def test_a_due_review_is_told_of_at_each_step():
    due = timezone.localdate() + timedelta(days=30)
    version = make_plan(**people(), review_date=due.isoformat())

    days = [len(night_on(version, due - timedelta(days=left))) for left in (30, 29, 7, 6, 0)]

    assert days == [1, 0, 1, 0, 1]


def night_on(version, day):
    before = len(mail.outbox)
    now = timezone.now() + (day - timezone.localdate())
    check_night(version, now)
    tell(version, now)
    return mail.outbox[before:]


def test_a_suspension_is_said():
    version = make_plan(**people(), metric="acceptance", target=90.0, target_date="2026-01-01")
    night(version, metric_value=80.0)
    PlanFinding.objects.update(recorded_at=timezone.now() - timedelta(days=28), told_at=None)

    (message,) = night(version, metric_value=80.0)

    assert message.body.endswith("It is suspended now: only the rules decide.")


def test_what_could_not_be_sent_is_tried_the_next_night(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    version = make_plan(**people(), min_reviewers=1)
    night(version, reviewers=0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert len(night(version, reviewers=0)) == 1


def test_the_month_is_told_once():
    version = make_plan(**people())

    told = [tell_month(version, this_month(), ["It cost $1.00."], "nothing.") for _ in range(2)]

    assert told == [True, False]
    assert "- It cost $1.00." in mail.outbox[0].body
    assert "To decide: nothing." in mail.outbox[0].body
