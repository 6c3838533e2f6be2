"""The share of leads that answered."""

from datetime import timedelta

import pytest

from leads import measures
from leads.models import Lead
from tests.leads.factories import NOW, make_event, make_lead

pytestmark = pytest.mark.django_db


def worked(number, status=Lead.Status.OWNER, days_ago=10):
    at = NOW - timedelta(days=days_ago)
    return make_lead(key=f"L{number}", line=number + 2, status=status, qualified_at=at)


def test_a_few_leads_say_nothing():
    worked(1)

    assert measures.reply_rate(NOW) is None


def test_what_answered_since_it_got_an_owner_counts(monkeypatch):
    monkeypatch.setattr(measures, "_ENOUGH", 4)
    answered, met, *_ = [worked(number) for number in range(1, 5)]
    worked(5, status=Lead.Status.NONE)
    worked(6, days_ago=200)
    make_event(answered, "reply")
    make_event(answered, "meeting")
    make_event(met, "reply", at=NOW - timedelta(days=30))
    make_event(met, "download")

    assert measures.reply_rate(NOW) == 25.0
