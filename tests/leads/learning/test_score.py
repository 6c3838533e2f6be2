"""The learned score: calibrated, explained column by column, with cuts that keep their word on later leads."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from leads.learning import score
from leads.learning.accuracy import ranking, share
from leads.learning.rules import LearnedRule, from_json
from leads.learning.study import study
from leads.learning.table import Table
from tests.leads.learning.lists import leads


@pytest.fixture(scope="module")
def told():
    return study(leads(1500, Note=lambda r, won, _: "Good" if won else "Bad"))


def test_outcomes_by_chance_show_no_reliable_pattern():
    found = study(leads(chances=dict.fromkeys(("Referral", "Fair", "Web form"), 0.6)))

    assert not found.has_pattern
    assert (found.score, found.proposals) == (None, ())


def test_a_column_that_knows_the_end_does_not_make_a_pattern():
    found = study(leads(chances={"Fair": 0.5, "Web form": 0.5}, Note=lambda r, won, _: "Good" if won else "Bad"))

    assert found.leaks["Note"].is_left_out
    assert not found.has_pattern


def test_a_date_that_only_won_leads_have_is_named():
    found = study(leads(Signed=lambda r, won, place: f"2026-03-{place % 28 + 1:02d}" if won else ""))

    assert found.leaks["Signed"].is_left_out
    assert "Signed" not in found.used


def test_a_pattern_is_found_and_tried_on_the_newest_only(told):
    assert told.has_pattern
    assert (told.validation.older, told.validation.newest) == (1200, 300)
    assert told.validation.ranking.low > 0.7
    assert "Note" not in told.used


def test_expected_and_won_shares_agree(told):
    for band in told.validation.bands:
        assert band.won.low - 0.1 <= band.expected <= band.won.high + 0.1


def test_a_column_a_person_puts_back_is_counted():
    table = leads(Note=lambda r, won, _: "Good" if won else "Bad")

    assert "Note" in study(table, put_back=["Note"]).used
    assert "Source" not in study(table, taken_out=["Source"]).used


def test_a_lead_gets_the_sum_of_what_its_columns_say(told):
    cells = {"Source": "Referral", "Region": "North", "Visits": "7"}

    adds = told.score.contributions(cells)
    odds = told.score.intercept + sum(adds.values())

    assert max(adds, key=adds.get) == "Source"
    assert told.score.chance(cells) == pytest.approx(1 / (1 + np.exp(-odds)))


def test_a_list_without_a_column_and_a_value_never_seen_say_little(told):
    assert told.score.contributions({})["Source"] == 0
    assert abs(told.score.contributions({"Source": "Carrier pigeon"})["Source"]) < 0.5


def test_a_score_survives_being_stored(told):
    again = score.from_json(score.to_json(told.score))

    for source in ("Referral", "Web form"):
        assert again.chance({"Source": source}) == pytest.approx(told.score.chance({"Source": source}), abs=1e-3)


def test_cuts_keep_their_word_on_later_leads():
    older, later = (leads(2500, seed, {"Referral": 0.95, "Fair": 0.5, "Web form": 0.04}) for seed in (1, 2))
    found = study(older, put_back=["Source"]).score

    chances = found.chances(later.columns, len(later))
    decided = (chances >= found.accept) | (chances <= found.reject)

    right = np.where(chances >= found.accept, later.won, ~later.won)[decided]
    assert (decided.mean() > 0.6, right.mean() >= score.PROMISE) == (True, True)


def test_too_few_leads_prove_no_cut():
    found = study(leads(200)).score

    assert found is None or (found.accept is None and found.reject is None)


def test_rules_are_proposed_for_what_later_leads_bear_out(told):
    said = {one.rule.condition: one.rule.points for one in told.proposals}

    assert set(said) == {"Source is Referral", "Source is Web form"}
    assert said["Source is Referral"] > 3
    assert said["Source is Web form"] < -3
    assert all(one.later.number and one.found.number for one in told.proposals)


def test_no_rule_is_made_of_a_blank():
    found = study(leads(1500, Job=lambda r, won, _: r.choice(("a", "b", "c")) if won or r.random() < 0.75 else ""))

    assert {one.rule.column for one in found.proposals} == {"Source"}


@pytest.mark.parametrize(
    ("rule", "cell", "fits"),
    [
        (LearnedRule(column="Source", value="Trade fair"), " trade  FAIR ", True),
        (LearnedRule(column="Source", value="Trade fair"), "Trade", False),
        (LearnedRule(column="Source", value="Trade fair"), None, False),
        (LearnedRule(column="Visits", above=5), "5", False),
        (LearnedRule(column="Visits", above=5), "1,200", True),
        (LearnedRule(column="Visits", up_to=5), "5.0", True),
        (LearnedRule(column="Visits", up_to=5), "many", False),
    ],
)
def test_a_rule_fits_by_its_words_or_its_range(rule, cell, fits):
    assert rule.fits(cell) is fits
    assert from_json(rule.to_json()) == rule


def test_the_interval_of_the_ranking_is_delongs():
    won = np.array([True] * 40 + [False] * 60)
    scores = np.r_[np.linspace(0.3, 1, 40), np.linspace(0, 0.7, 60)]

    found = ranking(scores, won)

    assert found.auc == pytest.approx(roc_auc_score(won, scores))
    # By hand: the variances of the placements, 0.0530 and 0.0564, over 40 and 60.
    assert (found.low, found.high) == (pytest.approx(0.735, abs=0.02), pytest.approx(0.92, abs=0.03))


def test_shares_carry_exact_bounds():
    found = share(84, 100)

    assert (round(found.low, 3), round(found.high, 3)) == (0.767, 0.897)


def test_an_empty_table_of_columns_learns_nothing():
    won = np.array([True, False] * 150)

    assert not study(Table(columns={}, won=won)).has_pattern
