"""All signals over one deal."""

from deals.signals.finding import Finding, State
from deals.signals.judging import assess, is_judged
from deals.signals.registry import ON_BY_DEFAULT, SIGNALS
from deals.signals.settings import Settings
from deals.signals.stages import Phase
from tests.deals.signals.cases import STAGES, ago, deal, judged

ALL = Settings(enabled=frozenset(signal.code for signal in SIGNALS))


def test_there_are_thirty_signals_in_order_and_twelve_are_on():
    assert [signal.code for signal in SIGNALS] == [f"S{number:02}" for number in range(1, 31)]
    assert sorted(ON_BY_DEFAULT) == [
        "S01", "S02", "S04", "S06", "S07", "S09", "S10", "S11", "S15", "S18", "S25", "S28",
    ]  # fmt: skip


def test_a_sound_deal_is_clear_everywhere():
    assessed = assess(deal(), ALL)

    assert [one.code for one in assessed.findings if one.state != State.CLEAR] == []
    assert (assessed.health.score, assessed.health.completeness) == (100, 1.0)


def test_a_deal_of_which_nothing_is_known_is_unknown_and_not_clear():
    bare = deal(
        stage="", amount=None, base_amount=None, close_date=None, created_on=None, next_step="", forecast_category="",
        probability=None, owner_id=None, account_id=None, account_domains=frozenset(), history=(), history_since={},
        touches=(), planned=(), people=(), qualification=None, competitor=None,
        unknown=frozenset({"activities", "people", "roles", "next_step", "amount", "owner"}),
    )  # fmt: skip

    assessed = assess(bare, ALL)

    assert {one.state for one in assessed.findings} == {State.UNKNOWN}
    assert all(one.sentence.endswith(".") for one in assessed.findings)
    assert (assessed.health.score, assessed.health.band) == (100, "not enough data")


def test_a_snoozed_signal_says_nothing():
    assessed = assess(deal(touches=(), snoozed=frozenset({"S01"})), ALL)

    assert assessed.finding("S01") is None


def test_closed_and_brand_new_deals_are_not_judged():
    assert not is_judged(deal(is_closed=True), ALL)
    assert not is_judged(deal(created_on=ago(2)), ALL)
    assert is_judged(deal(created_on=ago(3)), ALL)


def test_day_limits_follow_the_size_of_the_deal():
    settings = Settings(small_below=10_000, enterprise_from=100_000)
    silent = deal(touches=(), last_activity_on=ago(12), planned=())

    def says(amount):
        return judged("S01", deal(**{**vars(silent), "base_amount": amount}), settings)

    assert [(says(amount).limit, int(says(amount).severity)) for amount in (9_999, 10_000, 100_000, None)] == [
        (5, 2), (10, 1), (20, 0), (10, 1),
    ]  # fmt: skip


def test_findings_and_settings_survive_the_way_to_json_and_back():
    settings = Settings(enabled=frozenset({"S01"}), limits={"S01": {"mid": 9.0}}, phases={"Demo": Phase.DISCOVERY})

    assert Settings.from_json(settings.to_json()) == settings
    findings = assess(deal(touches=(), planned=(), close_date=None, created_on=ago(60)), ALL).findings
    assert {one.state for one in findings} == {"fired", "clear", "unknown"}
    assert [Finding.from_json(one.to_json()) for one in findings] == [
        Finding(code=one.code, state=one.state) if one.state == State.CLEAR else one for one in findings
    ]


def test_settings_that_name_what_is_gone_are_read_without_it():
    read = Settings.from_json({"enabled": ["S01", "S99"], "limits": {"S99": {"a": 1}, "S01": {"no": 1}}, "old": 3})

    assert (read.enabled, read.limits) == (frozenset({"S01"}), {"S01": {}})


def test_stages_know_what_is_still_to_come():
    assert STAGES.from_here("Proposal") == ("Proposal", "Negotiation")
    assert STAGES.from_here("Somewhere") == ()
