"""Paths to a person: who comes first, what halves a path, and who is not asked."""

from datetime import date, timedelta

import pytest

from leads.network.paths import Bridge, Known, find, is_rested, score

TODAY = date(2026, 5, 14)
TARGET, MUTUAL = 1, 2


def known(colleague, contact=TARGET, strength=45.0, **fields):
    return Known(colleague=colleague, contact=contact, strength=strength, **fields)


def test_nobody_who_knows_nobody_is_a_path():
    assert find(TARGET, [known(7, contact=99)], []) == []


def test_a_tie_without_strength_is_no_path():
    assert find(TARGET, [known(7, strength=0)], []) == []


def test_a_path_of_less_than_one_in_a_hundred_is_none():
    met = Bridge(contact=MUTUAL, strength=3, kind="met")

    assert find(TARGET, [known(7, contact=MUTUAL, strength=20)], [met]) == []


@pytest.mark.parametrize(
    ("strengths", "is_dormant", "expected"),
    [([45], False, 45), ([80, 60], False, 48), ([95, 35], False, 33.25), ([95, 35], True, 26.6), ([45], True, 36)],
)
def test_links_multiply_and_a_dormant_last_one_costs_a_fifth(strengths, is_dormant, expected):
    assert score(strengths, is_dormant) == pytest.approx(expected)


def test_two_links_beat_one_when_they_are_stronger():
    met = Bridge(contact=MUTUAL, strength=60, kind="met")

    paths = find(TARGET, [known(7), known(8, contact=MUTUAL, strength=80)], [met])

    assert [(path.colleague, path.hops, round(path.score, 2)) for path in paths] == [(8, 2, 48.0), (7, 1, 45.0)]


def test_a_colleague_appears_once_with_their_best_path():
    met = Bridge(contact=MUTUAL, strength=60, kind="met")

    paths = find(TARGET, [known(7), known(7, contact=MUTUAL, strength=80)], [met])

    assert [(path.colleague, path.via) for path in paths] == [(7, met)]


def test_only_the_first_link_is_dormant_so_nothing_is_taken_off():
    met = Bridge(contact=MUTUAL, strength=60, kind="met")

    paths = find(TARGET, [known(7, contact=MUTUAL, strength=80, is_dormant=True)], [met])

    assert paths[0].score == pytest.approx(48)


def test_people_who_met_count_rather_than_their_common_employer():
    bridges = [Bridge(contact=MUTUAL, strength=60, kind="met"), Bridge(contact=MUTUAL, strength=20, kind="employer")]

    assert find(TARGET, [known(7, contact=MUTUAL, strength=80)], bridges)[0].via.kind == "met"


def test_at_most_three_paths_strongest_first():
    paths = find(TARGET, [known(colleague, strength=10 * colleague) for colleague in range(1, 8)], [])

    assert [path.colleague for path in paths] == [7, 6, 5]


@pytest.mark.parametrize(
    ("ages", "expected"),
    [((), True), ((3,), True), ((3, 5), False), ((3, 20), True), ((20, 40, 60), True), ((20, 40, 60, 80), False),
     ((14, 3), True), ((100, 101, 102, 103), True)],
)  # fmt: skip
def test_a_colleague_asked_too_often_is_spared(ages, expected):
    assert is_rested([TODAY - timedelta(days=age) for age in ages], TODAY) is expected
