"""The health on a deal's page: lines that sum, days past, what is new, and signals' settings with their preview."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from deals.models import Activity, Assessment, Deal, DealRole, FieldChange, Participant, SignalReport, SignalSettings
from deals.signals.finding import State
from deals.signals.reassessing import reassess
from deals.signals.report import compare
from deals.tasks import assess_changed, report_on_signals
from pipeline.models import Run
from tests.deals.admin.reading import url, words
from tests.deals.factories import make_contact, make_deal, make_file, make_record

TODAY = date(2026, 3, 9)
NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Says when now is; `clock.at = …` moves it."""

    class Clock:
        at = NOW

    monkeypatch.setattr("django.utils.timezone.now", lambda: Clock.at)
    # The clock stands still, so nothing tells one test's deals from the last one's.
    monkeypatch.setattr("deals.signals.backdrop._REMEMBERED", {})
    return Clock


@pytest.fixture
def deal(db):
    made = make_deal(
        stage="Negotiation", pipeline="Sales", amount=Decimal(5000), created_on=date(2026, 2, 1), next_step="Call",
        close_date=TODAY - timedelta(days=20), forecast_category="Commit", probability=0.7, currency="USD",
    )  # fmt: skip
    ada = make_contact("Ada", "Okafor", "ada@brightwater.example", "c1", make_file("c.csv"))
    DealRole.objects.create(deal=made, contact=ada, role="Champion")
    wrote = Activity.objects.create(
        kind="email", direction="in", subject="Re: the plan", happened_at=datetime(2026, 2, 20, 9, tzinfo=UTC),
        recorded_at=datetime(2026, 3, 1, tzinfo=UTC), deal=made,
        record=make_record("activity", "a1", make_file("a.csv")),
    )  # fmt: skip
    Participant.objects.create(activity=wrote, contact=ada)
    reassess([made.pk], NOW)
    return made


def look(client, deal, **query):
    return words(client.get(url(deal), query))


def test_the_lines_sum_to_the_health(viewer, deal):
    said = look(viewer, deal)

    assert "Close date passed 20 days ago (17 February 2026)" in said
    sum_ = said[said.index("100 − ") :].split(" Engagement")[0]
    numbers = [int(part) for part in sum_.replace("−", "").split()]
    assert numbers[-1] == Assessment.objects.get(deal=deal).health == 100 - sum(numbers[1:-1])


def test_a_sentence_points_at_its_record_and_its_line(viewer, deal):
    said = look(viewer, deal)

    assert "No activity for 17 days" in said
    assert "E-mail of 20 Feb 2026 ( a.csv, line 2 )" in said


def test_people_forecast_and_timeline_are_told(viewer, deal):
    said = look(viewer, deal)

    assert "Ada Okafor champion" in said and "heard 17 d ago" in said
    assert "Commit health" in said
    assert "Re: the plan" in said[said.index("What happened") :]


def test_a_past_day_is_judged_anew_and_says_so(viewer, deal):
    said = look(viewer, deal, on="2026-02-18")
    said = said[said.index("Health as it was") : said.index("Who takes part")]

    assert "Close date passed 1 day ago" in said and "No activity for" not in said
    assert "Judged anew as of 18 February 2026" in said
    assert "That is before the first import (1 March 2026)" in said


def test_what_was_shown_comes_from_the_snapshot(viewer, deal):
    Deal.objects.filter(pk=deal.pk).update(close_date=date(2026, 6, 1))

    assert "Close date passed 20 days ago" in look(viewer, deal, on="2026-03-09", how="shown")
    assert "Nothing had been shown yet on that day." in look(viewer, deal, on="2026-03-01", how="shown")


@pytest.mark.parametrize("on", ["yesterday", "2026-02-31", "9999-12-31", "0001-01-01"])
def test_a_day_that_makes_no_sense_breaks_nothing(viewer, deal, on):
    assert viewer.get(url(deal), {"on": on}).status_code == 200


def test_a_second_visit_tells_what_is_new(viewer, deal, clock):
    assert "Since you looked last" not in look(viewer, deal)

    clock.at = NOW + timedelta(hours=2)
    FieldChange.objects.create(
        deal=deal, field="amount", old="5000", new="4000", happened_at=clock.at, recorded_at=clock.at
    )
    clock.at = NOW + timedelta(hours=3)

    assert "Amount: 5000 → 4000" in look(viewer, deal)


def test_a_closed_deal_is_not_judged(viewer, deal):
    Deal.objects.filter(pk=deal.pk).update(is_closed=True, is_won=True, stage="Closed Won", close_date=TODAY)

    assert "Closed deals are not judged." in look(viewer, deal)


def test_a_new_date_counts_at_once(operator, deal):
    page = operator.get(url(deal), {"edit": "1"})
    form = page.context["adminform"].form
    entered = {name: form[name].value() or "" for name in form.fields}
    initial = {f"initial-{name}": value for name, value in entered.items()}
    answer = operator.post(
        url(deal),
        {**entered, **initial, "close_date": "2026-05-01", "roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0},
    )
    assert answer.status_code == 302, answer.context["adminform"].form.errors

    latest = Assessment.objects.get(deal=deal, is_latest=True).decision.evidence["findings"]
    assert next(one["state"] for one in latest if one["code"] == "S06") == "clear"


def test_the_list_shows_and_filters_by_health(viewer, deal):
    band = Assessment.objects.get().band

    found = {
        value: "Cold store extension" in words(viewer.get(reverse("admin:deals_deal_changelist"), {"health": value}))
        for value in Assessment.Band.values
    }

    assert found == {value: value == band for value in Assessment.Band.values}


# Signals


def entries(client, **changed):
    """The form as it stands, with some entries changed; None leaves one out (an unticked box)."""
    page = client.get(reverse("signals"))
    sent = {name: value for name, _, value in page.context["general"]}
    for row in page.context["rows"]:
        sent |= {limit["field"]: limit["value"] for limit in row["limits"]}
        sent |= {f"on-{row['code']}": "on"} if row["is_on"] else {}
    return {name: value for name, value in (sent | changed).items() if value is not None}


def test_a_preview_names_the_deals_that_change_and_saves_nothing(operator, deal):
    response = operator.post(
        reverse("signals"), entries(operator, **{"S06-red": "30", "S06-amber": "30"}, act="preview")
    )

    said = words(response)
    assert "1 deal would change colour" in said or "No deal would change colour" in said
    assert "All 1 open deal judged both ways" in said
    assert not SignalSettings.objects.exists()


def test_switching_off_what_fires_changes_the_colour(operator, deal):
    off = {f"on-{code}": None for code in ("S01", "S04", "S06", "S10", "S11", "S25")}

    said = words(operator.post(reverse("signals"), entries(operator, **off, act="replay")))

    assert "1 deal would change colour" in said
    assert "Cold store extension" in said
    assert "February 2026" in said[said.index("The same in past months") :]


def test_saved_limits_are_versioned_and_judge_all_deals_anew(operator, deal):
    operator.post(reverse("signals"), entries(operator, **{"S01-mid": "21"}, act="save"))

    assert SignalSettings.objects.get().values["limits"] == {"S01": {"mid": 21.0}}
    assert Run.objects.filter(pipeline="assess-deals").count() == 1


def test_a_stage_whose_name_misleads_is_told_how_far_it_is(operator, deal):
    page = operator.get(reverse("signals"))
    assert [(one["name"], one["guess"]) for one in page.context["stages"]] == [("Negotiation", "Negotiation")]
    early = entries(operator, **{"phase-Negotiation": "0", "strengths": "on-site service,  24-hour delivery"})

    previewed = words(operator.post(reverse("signals"), early | {"act": "preview"}))
    operator.post(reverse("signals"), early | {"act": "save"})

    assert "All 1 open deal judged both ways" in previewed
    saved = SignalSettings.objects.get().values
    assert (saved["phases"], saved["strengths"]) == ({"Negotiation": 0}, ["on-site service", "24-hour delivery"])
    assert operator.get(reverse("signals")).context["stages"][0]["chosen"] == "0"


@pytest.mark.parametrize(
    ("entered", "error"),
    [
        ("soon", "No activity, middle stages: “soon” is no number."),
        ("0", "is not between 1 and 1000."),
        ("nan", "between"),
    ],
)
def test_a_limit_that_cannot_be_read_is_refused_with_a_sentence(operator, entered, error):
    said = words(operator.post(reverse("signals"), entries(operator, **{"S01-mid": entered}, act="save")))

    assert error in said
    assert not SignalSettings.objects.exists()


def test_a_viewer_sees_limits_and_changes_none(viewer):
    assert viewer.post(reverse("signals"), {"act": "save"}).status_code == 403


def test_the_report_says_when_a_signal_tells_nothing(viewer):
    closed = [(i % 2 == 0, {"S01": State.FIRED if i % 4 < 2 else State.CLEAR}) for i in range(160)]
    SignalReport.objects.create(as_of=TODAY, created_at=NOW, values=compare(closed).to_json())

    said = words(viewer.get(reverse("signal_report")))

    assert "No reliable pattern: over 160 closed deals" in said
    assert "50 % 39–61, n 80" in said and "no difference" in said and "switch off?" in said


def test_a_report_is_made_once_a_month(deal, clock):
    make_deal("Closed", "d9", make_file("9.csv"), is_closed=True, close_date=TODAY, created_on=date(2025, 11, 1))

    made = [report_on_signals(), report_on_signals()]
    clock.at = NOW + timedelta(days=31)

    assert [*made, report_on_signals()] == [True, False, True]


def test_an_assessment_starts_by_itself_when_something_was_recorded(deal, clock):
    assert assess_changed()
    Run.objects.update(state="finished", started_at=NOW)
    assert not assess_changed()

    clock.at = NOW + timedelta(hours=1)
    FieldChange.objects.create(deal=deal, field="amount", new="1", happened_at=clock.at, recorded_at=clock.at)

    assert assess_changed()
