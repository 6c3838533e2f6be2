"""Warm paths from what is on record: consent, fatigue, and what stands behind each link."""

from datetime import date, timedelta

import pytest

from deals.models import Colleague, Relationship
from deals.relationships import records as relationships
from leads.models import Introduction
from leads.network import records
from tests.deals.factories import later, make_account, make_colleague, make_contact
from tests.deals.relationships.test_records import make_activity

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


@pytest.fixture
def marta():
    return make_colleague(is_sharing=True)


@pytest.fixture
def ada(marta):
    """Somebody Marta met twice."""
    ada = make_contact(account=make_account())
    make_activity(marta, [ada], "meeting", 60)
    make_activity(marta, [ada], "meeting", 70)
    relationships.refresh(DAY)
    return ada


def ask_of(colleague, contact, days_ago, state="declined"):
    day = DAY - timedelta(days=days_ago)
    Introduction.objects.create(
        colleague=colleague, contact=contact, asked_at=later(0), asked_on=day, strength=40, state=state
    )


def test_nobody_knows_a_stranger(ada):
    assert records.paths_to(make_contact("Ben", "Stroud", key="2"), DAY) == []


def test_a_colleague_who_opts_out_is_gone_at_once(ada, marta):
    before = len(records.paths_to(ada, DAY))

    Colleague.objects.filter(pk=marta.pk).update(is_sharing=False)

    assert (before, records.paths_to(ada, DAY)) == (1, [])


def test_a_contact_the_colleague_hid_is_no_path(ada):
    Relationship.objects.update(is_hidden=True)

    assert records.paths_to(ada, DAY) == []


def test_a_colleague_asked_twice_in_two_weeks_is_left_in_peace(ada, marta):
    ask_of(marta, ada, 3)
    still = len(records.paths_to(ada, DAY))
    ask_of(marta, ada, 4)

    assert (still, records.paths_to(ada, DAY)) == (1, [])


def test_a_path_shows_the_last_two_meetings_behind_it(ada, marta):
    path = records.paths_to(ada, DAY)[0]

    assert (path.colleague, path.via, path.path.hops) == (marta, None, 1)
    assert [(seen.kind, seen.on) for seen in path.first_seen] == [("Meeting", later(70)), ("Meeting", later(60))]
    assert path.path.score == pytest.approx(path.tie.strength)


def test_a_stranger_is_reached_over_somebody_at_the_same_company(ada, marta):
    ben = make_contact("Ben", "Stroud", key="2", account=ada.account)

    path = records.paths_to(ben, DAY)[0]

    assert (path.colleague, path.via, path.path.via.kind) == (marta, ada, "employer")
    assert path.path.score == pytest.approx(path.tie.strength * 0.2)


def test_who_met_the_person_leads_to_them_with_the_meeting_as_proof(ada, marta):
    ben = make_contact("Ben", "Stroud", key="2")
    make_activity(make_colleague("Jo Kerr"), [ada, ben], "meeting", 80)
    relationships.refresh(DAY)

    path = records.paths_to(ben, DAY)[0]

    assert (path.colleague, path.via, path.path.via.kind) == (marta, ada, "met")
    assert [seen.on for seen in path.second_seen] == [later(80)]


def test_the_same_request_is_kept_once_and_its_result_recorded(ada, marta, person):
    path = records.paths_to(ada, DAY)[0]
    user = person("Reviewer")

    first = records.ask(path, ada, user, later(90), DAY)
    second = records.ask(path, ada, user, later(90), DAY)
    records.record(first, "met", later(95))

    assert second is None
    assert (Introduction.objects.get().state, Introduction.objects.get().answered_at) == ("met", later(95))


def test_a_path_takes_few_queries_however_many_know_somebody(ada, django_assert_max_num_queries):
    for number in range(5):
        make_contact("Cleo", f"Ray {number}", key=f"c{number}", account=ada.account)

    with django_assert_max_num_queries(9):
        records.paths_to(ada, DAY)
