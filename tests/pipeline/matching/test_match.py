import numpy as np
import pytest

from pipeline.matching.blocking import Lists
from pipeline.matching.kinds import Kind
from pipeline.matching.match import Matches, match, top_candidates
from pipeline.matching.table import Column, Table
from pipeline.matching.verdicts import with_verdicts

KINDS = {
    "given": Kind.GIVEN_NAME,
    "family": Kind.FAMILY_NAME,
    "firm": Kind.COMPANY,
    "mail": Kind.EMAIL,
    "tel": Kind.PHONE,
}
PEOPLE = [
    ("Ada", "Nowak", "Birchline Ltd", "ada.nowak@birchline.example", "+44 20 7946 0101"),
    ("Bruno", "Castell", "Quillmark GmbH", "b.castell@quillmark.example", "+49 30 901820"),
    ("Chiara", "Dossi", "Tarnfield SpA", "cdossi@tarnfield.example", "+39 02 1234567"),
    ("Dmitri", "Volkov", "Osprey Foods Inc", "dvolkov@osprey.example", "+1 212 555 0147"),
    ("Esther", "Lindqvist", "Havn AB", "esther@havn.example", "+46 8 123 456"),
    ("Farid", "Haddad", "Copperleaf LLC", "farid.haddad@copperleaf.example", "+1 415 555 0162"),
]
OTHER = [
    ("Robert", "Fenwick", "Birchline", "rfenwick@birchline.example", None),
    ("Ada", "Nowack", "Birchline", "ada.nowak@birchline.example", None),
    ("Bruno", "Castell", "Quillmark", None, "030 901820"),
    ("Ch.", "Dossi", "Tarnfield", "cdossi@tarnfield.example", "+39 02 1234567"),
    (None, "Volkow", "Osprey Foods", "dvolkov@osprey.example", None),
]


def table(rows, sources=None):
    columns = (Column(name=n, kind=k, values=[row[i] for row in rows]) for i, (n, k) in enumerate(KINDS.items()))
    return Table(ids=list(range(len(rows))), columns=tuple(columns), sources=sources)


def halves():
    """Ada Okafor once whole and twice in part, among forty strangers."""
    ada = ("Ada", "Okafor", "1981-12-17", "Graz", "ada@okafor.example")
    strangers = [
        (f"N{chr(97 + n % 26)}{chr(97 + n // 7)}x", f"F{chr(97 + n * 7 % 26)}{chr(97 + n * 3 % 26)}m",
         f"19{10 + n}-0{1 + n % 9}-1{n % 10}", ("Linz", "Wien", "Bonn", "Graz")[n % 4], None)
        for n in range(40)
    ]  # fmt: skip
    rows = [ada, (*ada[:2], None, None, ada[4]), (None, None, "1981-12-17", "Gras", None), *strangers]
    kinds = {
        "given": Kind.GIVEN_NAME,
        "family": Kind.FAMILY_NAME,
        "born": Kind.DATE,
        "city": Kind.CITY,
        "mail": Kind.EMAIL,
    }
    columns = (Column(name=n, kind=kinds[n], values=[row[i] for row in rows]) for i, n in enumerate(kinds))
    return Table(ids=range(len(rows)), columns=tuple(columns))


def same_pairs(matches: Matches) -> set[tuple[int, int]]:
    return set(zip(matches.left[matches.is_same].tolist(), matches.right[matches.is_same].tolist(), strict=True))


def test_colleagues_stay_apart():
    found = match(table(PEOPLE), table(OTHER))

    assert 0 not in {right for _, right in same_pairs(found)}


def test_misspelt_and_abbreviated_people_are_found_across_two_short_lists():
    found = match(table(PEOPLE), table(OTHER))

    assert same_pairs(found) == {(0, 1), (1, 2), (2, 3), (3, 4)}


def test_one_list_with_two_sources_clusters_the_same_people():
    found = match(table(PEOPLE + OTHER, sources=["a"] * 6 + ["b"] * 5))

    assert same_pairs(found) == {(0, 7), (1, 8), (2, 9), (3, 10)}
    assert found.cluster.tolist() == [0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3]


def test_two_rows_without_a_column_in_common_may_both_belong_to_a_third():
    found = match(halves())

    assert found.cluster[:3].tolist() == [0, 0, 0]
    assert found.weight[(found.left == 1) & (found.right == 2)] < -8  # nothing known but how rare matches are
    assert with_verdicts(found, {}, Lists(left=43, right=0)).cluster[:3].tolist() == [0, 0, 0]


def test_points_sum_exactly_to_the_weight():
    found = match(table(PEOPLE + OTHER))

    for pair in range(len(found)):
        assert sum(found.point_words(pair).values()) == found.weight[pair]


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_lists_of_no_one_or_two_rows_are_no_error(rows):
    found = match(table(PEOPLE[:rows]))

    assert same_pairs(found) == set()


def test_an_empty_second_list_matches_nothing():
    assert len(match(table(PEOPLE), table([]))) == 0


def test_left_and_right_may_change_places():
    forth, back = match(table(PEOPLE), table(OTHER)), match(table(OTHER), table(PEOPLE))

    assert same_pairs(forth) == {(left, right) for right, left in same_pairs(back)}
    assert np.allclose(np.sort(forth.weight), np.sort(back.weight))


def test_candidates_of_a_record_come_best_first():
    found = match(table(PEOPLE + OTHER))

    best = top_candidates(found, rows=11)

    assert [other for other, _ in best[7]][:1] == [0]
    assert all(len(one) <= 3 for one in best)


def test_features_lie_between_nought_and_one():
    found = match(table(PEOPLE + OTHER))

    assert found.features.shape == (len(found), 7)
    assert found.features.min() >= 0 and found.features.max() <= 1


def test_a_column_shorter_than_the_list_is_named():
    with pytest.raises(ValueError, match=r"Column .x. has 1 values for 2 rows\."):
        Table(ids=[1, 2], columns=(Column(name="x", kind=Kind.TEXT, values=["a"]),))
