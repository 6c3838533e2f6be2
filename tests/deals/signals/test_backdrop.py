"""The day's backdrop for pages: read as a whole once, then only the deals that were recorded of since."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from deals.models import Deal, DealRole, ExchangeRate
from deals.signals import backdrop
from deals.signals.settings import Settings
from tests.deals.factories import make_colleague, make_contact
from tests.deals.signals.recorded import DAY, changed, open_deal

pytestmark = pytest.mark.django_db
READ = backdrop.load_backdrop


@pytest.fixture(autouse=True)
def whole(monkeypatch):
    """How often everything was read."""
    times = []

    def counted(*args):
        times.append(args)
        return READ(*args)

    monkeypatch.setattr(backdrop, "_REMEMBERED", {})
    monkeypatch.setattr(backdrop, "load_backdrop", counted)
    return times


@pytest.fixture
def deals():
    """Recorded long ago."""
    made = [open_deal(f"Hall {number}", f"d{number}", owner=make_colleague(f"C{number}")) for number in range(3)]
    Deal.objects.update(updated_at=timezone.now() - timedelta(days=2))
    return made


def now():
    return backdrop.backdrop_of(DAY, Settings())


def edit(deal, stage="Negotiation"):
    changed(deal, "stage", deal.stage, stage, date(2026, 3, 8), timezone.now())
    Deal.objects.filter(pk=deal.pk).update(stage=stage, updated_at=timezone.now())


def test_with_nothing_new_it_is_the_same(deals, whole):
    assert now() is now()
    assert len(whole) == 1


def test_an_edit_has_one_deal_read_again_and_gives_what_reading_all_gives(deals, whole):
    before = now()
    edit(deals[1])

    after = now()

    assert list(after.states.items()) == list(READ(DAY, Settings()).states.items())
    assert (after.states[deals[1].pk].stage, before.states[deals[1].pk].stage) == ("Negotiation", "Proposal")
    assert after.states[deals[0].pk] is before.states[deals[0].pk]
    assert after.stages == READ(DAY, Settings()).stages
    assert len(whole) == 1


def test_new_and_deleted_deals_and_roles_are_seen(deals, whole):
    now()
    new = open_deal("New hall", "d9")
    DealRole.objects.create(deal=new, contact=make_contact(), role="Champion")
    deals[2].delete()

    after = now()

    assert after.states == READ(DAY, Settings()).states
    assert (new.pk in after.states, deals[2].pk in after.states, after.role_sources) == (True, False, {
        after.states[new.pk].source_id,
    })  # fmt: skip
    assert len(whole) == 1


@pytest.mark.parametrize("what", ["rate", "colleague", "many", "late"])
def test_what_all_states_rest_on_has_all_of_them_read(deals, whole, monkeypatch, what):
    now()
    edit(deals[1])
    if what == "rate":
        ExchangeRate.objects.create(currency="GBP", valid_from=date(2026, 1, 1), rate="1.2")
    elif what == "colleague":
        deals[0].owner.__class__.objects.filter(pk=deals[0].owner_id).update(is_active=False)
    elif what == "many":
        monkeypatch.setattr(backdrop, "_MOST_RENEWED", 0)
    else:
        monkeypatch.setattr(backdrop, "_WHOLE_AFTER_S", 0)

    assert now().states == READ(DAY, Settings()).states
    assert len(whole) == 2
