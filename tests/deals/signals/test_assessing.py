"""Assessments on record: what a run keeps, what was shown on a day, and how the day looks from today."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deals.models import Assessment, Deal, DealRole, ExchangeRate, Qualification, Relationship, SignalSettings, Snooze
from deals.sample import company
from deals.signals.assessing import as_it_was, as_shown, current_settings, load_cases
from deals.signals.backdrop import load_backdrop
from deals.signals.finding import Finding
from deals.signals.health import health_of
from deals.signals.records import load_deals
from deals.signals.settings import Settings
from governance.models import Organisation
from pipeline import tasks
from pipeline.ingest import upload
from pipeline.models import Batch
from tests.deals.factories import IMPORTED, make_account, make_colleague, make_contact, make_file, make_record
from tests.deals.signals.recorded import DAY, assess, at, changed, findings, happened, open_deal

pytestmark = pytest.mark.django_db


def the_case(deal, day=DAY):
    return next(iter(load_deals(load_backdrop(day, Settings()), [deal.pk])))


def test_a_run_keeps_a_snapshot_of_every_open_deal_and_none_of_the_others(transactional_db):
    kept = open_deal()
    open_deal("Brand new", "d2", created_on=DAY - timedelta(days=2))
    open_deal("Not there yet", "d3", created_on=DAY + timedelta(days=1))
    open_deal("Lost", "d4", stage="Closed Lost", is_closed=True, close_date=date(2026, 3, 1))

    run = assess()

    assert (run.state, run.cases) == ("finished", 1)
    stored = Assessment.objects.get()
    assert (stored.deal, stored.as_of, stored.is_latest) == (kept, DAY, True)
    assert stored.health == 100 - sum(line.points for line in load_health(stored).lines)


def load_health(assessment):
    return health_of(Finding.from_json(one) for one in assessment.decision.evidence["findings"])


def test_the_same_facts_are_not_recorded_twice(transactional_db):
    open_deal()
    assess()

    again = assess()

    assert (again.cases, again.unchanged, Assessment.objects.count()) == (0, 1, 1)


def test_a_past_day_looks_like_its_snapshot_whatever_happened_later(transactional_db):
    ada = make_contact("Ada", "Okafor", key="c1", file=make_file("c.csv"))
    tom = make_contact("Tom", "Reyes", key="c2", file=make_file("c2.csv"))
    deal = open_deal()
    role = DealRole.objects.create(deal=deal, contact=ada, role="Champion")
    changed(deal, "stage", "Discovery", "Proposal", date(2026, 2, 20), IMPORTED)
    happened(deal, date(2026, 3, 2), people=[ada])
    assess()

    later = date(2026, 3, 20)
    changed(deal, "stage", "Proposal", "Negotiation", later)
    changed(deal, "amount", "50000", "20000", later)
    changed(deal, "next_step", "Send the plan", "", later)
    changed(deal, "role", f"{ada.pk} Champion", "", later)
    changed(deal, "role", "", f"{tom.pk} Economic buyer", later)
    role.delete()
    DealRole.objects.create(deal=deal, contact=tom, role="Economic buyer")
    Deal.objects.filter(pk=deal.pk).update(stage="Negotiation", amount=20_000, next_step="")
    happened(deal, later, people=[ada, tom], recorded_at=at(later))
    happened(deal, date(2026, 3, 22), kind="meeting", recorded_at=at(later), is_planned=True)

    assert findings(as_it_was(deal.pk, DAY)) == findings(as_shown(deal.pk, DAY))
    assert findings(as_it_was(deal.pk, date(2026, 3, 21))) != findings(as_shown(deal.pk, DAY))


def test_a_late_row_changes_the_day_as_it_was_and_not_as_it_was_shown(transactional_db):
    deal = open_deal()
    happened(deal, date(2026, 2, 20))
    assess()
    shown = findings(as_shown(deal.pk, DAY))
    assert shown[0]["sentence"] == "No activity for 18 days"

    happened(deal, date(2026, 3, 8), recorded_at=at(date(2026, 4, 1)))

    assert as_it_was(deal.pk, DAY).finding("S01").state == "clear"
    assert findings(as_shown(deal.pk, DAY)) == shown


def test_what_was_shown_on_a_day_is_the_newest_snapshot_until_then(transactional_db):
    deal = open_deal()
    happened(deal, date(2026, 2, 20))
    assess()
    assess(date(2026, 3, 20))

    assert as_shown(deal.pk, date(2026, 3, 9)) is None
    assert [as_shown(deal.pk, day).as_of for day in (date(2026, 3, 19), date(2026, 3, 20))] == [DAY, date(2026, 3, 20)]
    assert list(Assessment.objects.filter(is_latest=True).values_list("as_of", flat=True)) == [date(2026, 3, 20)]


def test_values_before_the_first_import_are_taken_as_first_imported():
    deal = open_deal()
    changed(deal, "amount", "50000", "20000", date(2026, 3, 20))
    Deal.objects.filter(pk=deal.pk).update(amount=20_000)

    assert the_case(deal, date(2026, 2, 10)).amount == 50_000


def test_moves_of_the_close_date_before_the_first_import_are_unknown():
    deal = open_deal()

    assert as_it_was(deal.pk, DAY).finding("S07").state == "unknown"


def test_a_history_file_tells_of_the_whole_life():
    deal = open_deal()
    make_record("stage_change", "h1", make_file("history.csv"), stage="Discovery", close_date="2026-04-01")
    changed(deal, "stage", "", "Discovery", date(2026, 2, 1), IMPORTED)
    changed(deal, "close_date", "2026-04-01", "2026-05-01", date(2026, 2, 20), IMPORTED)

    assert as_it_was(deal.pk, DAY).finding("S07").state == "clear"


def test_two_files_that_tell_one_change_count_it_once():
    deal = open_deal()
    changed(deal, "amount", "60000.0", "50000.0", date(2026, 2, 20), IMPORTED)
    changed(deal, "amount", "60000", "50000", date(2026, 2, 21), IMPORTED)

    assert [change.old for change in the_case(deal).changes("amount")] == ["60000.0"]


def test_what_closing_overwrote_is_unknown_for_the_days_before():
    deal = open_deal(stage="Closed Lost", is_closed=True, close_date=date(2026, 2, 25), next_step="", amount=0)

    case = the_case(deal, date(2026, 2, 15))

    assert not case.is_closed
    assert case.unknown >= {"stage", "amount", "next_step", "close_date"}


def test_a_crowd_an_automatic_answer_and_a_cancelled_meeting_are_no_contact():
    deal = open_deal()
    crowd = [make_contact(f"P{i}", "X", key=f"p{i}", file=make_file(f"p{i}.csv")) for i in range(16)]
    happened(deal, date(2026, 3, 5), people=crowd)
    happened(deal, date(2026, 3, 6), subject="Automatic reply: away")
    happened(deal, date(2026, 3, 7), kind="meeting", status="Canceled")
    happened(deal, date(2026, 3, 8), kind="note")
    real = happened(deal, date(2026, 3, 4))

    assert [touch.activity_id for touch in the_case(deal).touches] == [real.pk]


def test_what_happens_with_an_account_alone_belongs_to_its_only_open_deal():
    account = make_account("Brightwater", "brightwater.example", "k1", make_file("acc.csv"))
    deal = open_deal(account=account)
    happened(deal, date(2026, 3, 2))
    alone = happened(None, date(2026, 3, 1), account=account)

    assert the_case(deal).touches[0].activity_id == alone.pk


def test_with_two_open_deals_nobody_can_tell_whose_an_accounts_activity_is():
    account = make_account("Brightwater", "brightwater.example", "k1", make_file("acc.csv"))
    deal = open_deal(account=account)
    open_deal("Second hall", "d2", account=account)
    happened(None, date(2026, 3, 1), account=account)

    assert the_case(deal).touches == ()


def test_a_note_of_ours_that_says_what_sets_us_apart_answers_a_competitor(staff):
    deal = open_deal()
    Qualification.objects.create(
        deal=deal, element="competition", value="Northgate", level="quoted", by=staff, created_at=at(date(2026, 3, 1))
    )
    happened(deal, date(2026, 3, 4), direction="in", body="Northgate has on-site service, too")
    happened(deal, date(2026, 3, 3), kind="note", direction="", body="Told them about our On-Site Service")
    settings = Settings(strengths=("on-site service",), enabled={"S30"})

    case = next(iter(load_deals(load_backdrop(DAY, settings), [deal.pk])))

    assert (case.competitor, case.answered_on) == ("Northgate", date(2026, 3, 3))
    assert the_case(deal).unknown >= {"strengths"}


def test_a_colleague_who_knows_somebody_senior_there_comes_with_the_deal():
    account = make_account("Brightwater", "brightwater.example", "k1", make_file("acc.csv"))
    deal = open_deal(account=account)
    people = {
        title: make_contact("Tom", title, key=title, file=make_file(f"{title}.csv"), title=title, account=account)
        for title in ("CFO", "Clerk", "CEO")
    }
    marta, ivo = make_colleague(is_sharing=True), make_colleague("Ivo Brandt", is_sharing=True)
    for colleague, title, strength in ((marta, "CFO", 55), (ivo, "Clerk", 90), (ivo, "CEO", 39)):
        Relationship.objects.create(
            colleague=colleague, contact=people[title], strength=strength, measured=strength, first_on=date(2026, 1, 1)
        )

    assert [(tie.colleague, tie.title) for tie in the_case(deal).senior_ties] == [("Marta Quist", "CFO")]


def test_a_meeting_ahead_counts_if_it_was_known_by_then():
    deal = open_deal()
    happened(deal, DAY + timedelta(days=5), kind="meeting", is_planned=True)
    happened(deal, DAY + timedelta(days=6), kind="meeting", is_planned=True, recorded_at=at(DAY + timedelta(days=1)))

    assert len(the_case(deal).planned) == 1


def test_an_amount_without_a_rate_is_unknown_in_our_currency():
    Organisation.objects.update_or_create(pk=1, defaults={"base_currency": "EUR"})
    deal = open_deal(currency="GBP")
    assert the_case(deal).base_amount is None

    ExchangeRate.objects.create(currency="GBP", valid_from=DAY + timedelta(days=1), rate=2)
    ExchangeRate.objects.create(currency="GBP", valid_from=date(2026, 1, 1), rate="1.2")

    assert the_case(deal).base_amount == 60_000


def test_a_snoozed_finding_is_not_judged_while_it_lasts(staff):
    deal = open_deal(close_date=date(2026, 3, 1))
    Snooze.objects.create(
        deal=deal, code="S06", reason="On holiday", since=DAY, until=date(2026, 3, 17), by=staff, created_at=at(DAY)
    )

    assert [as_it_was(deal.pk, day).finding("S06") is None for day in (date(2026, 3, 9), DAY, date(2026, 3, 17))] == [
        False, True, False,
    ]  # fmt: skip


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("marta", is_staff=True)


def test_fields_that_a_source_never_fills_are_unknown_and_not_missing():
    deal = open_deal(next_step="", amount=None)

    assert the_case(deal).unknown >= {"next_step", "amount", "owner", "activities", "roles"}


def test_a_field_that_others_of_the_source_fill_is_missing():
    deal = open_deal(next_step="", amount=None)
    open_deal("Another", "d2", owner=make_colleague())

    assert not the_case(deal).unknown & {"next_step", "amount", "owner"}


def test_people_and_domains_come_with_the_deal():
    account = make_account("Brightwater", "brightwater.example", "k1", make_file("acc.csv"))
    left = make_contact("Ada", "Okafor", "ada@brightwater.example", "c1", make_file("c.csv"), bounced="550 unknown")
    deal = open_deal(account=account)
    DealRole.objects.create(deal=deal, contact=left, role="Champion")
    DealRole.objects.create(deal=deal, contact=left, role="Budget Holder")

    person = the_case(deal).people[0]

    assert (person.parts, person.has_left, person.email_domain) == (
        ("champion", "economic buyer"), True, "brightwater.example",
    )  # fmt: skip
    assert the_case(deal).account_domains == {"brightwater.example"}


def test_queries_do_not_grow_with_the_deals():
    def queries():
        with CaptureQueriesContext(connection) as seen:
            load_cases(as_of=DAY)
        return len(seen)

    def add(start, number):
        for i in range(start, start + number):
            happened(open_deal(f"Deal {i}", f"d{i}"), date(2026, 3, 1))

    Organisation.current()
    add(0, 2)
    few = queries()
    add(2, 6)

    assert queries() == few


def test_settings_that_a_person_changed_count_from_the_next_run_on(staff):
    SignalSettings.objects.create(values=Settings(enabled={"S06"}).to_json(), valid_from=at(DAY), by=staff)

    assert current_settings().enabled == {"S06"}


def test_seven_in_ten_deals_of_a_bare_hubspot_export_get_a_colour(transactional_db):
    files = company.build(as_of=date(2026, 9, 7)).files
    bare = {
        name: body
        for name, body in files.items()
        if any(table in name for table in ("all-deals", "all-companies", "all-contacts"))
    }
    batch = upload.stage(list(bare.items()), is_sample=True)
    upload.start_batch(batch)
    while Batch.objects.get(pk=batch.pk).state == Batch.State.RUNNING:
        tasks.drain(seconds=5)

    assess(date(2026, 9, 7))

    coloured = Assessment.objects.exclude(band="not enough data").count()
    assert Assessment.objects.count() >= 20
    assert coloured >= 0.7 * Assessment.objects.count()
