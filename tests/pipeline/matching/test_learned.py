import numpy as np
import pytest

from pipeline.matching.kinds import Kind
from pipeline.matching.match import Labels, match
from pipeline.matching.table import Column, Table

GIVEN = ("Ada", "Bruno", "Chiara", "Dmitri", "Esther", "Farid", "Greta", "Hugo", "Ines", "Jonas")
FAMILY = ("Nowak", "Castell", "Dossi", "Volkov", "Lindqvist", "Haddad", "Brandt", "Oyelaran")
CITIES = ("Utrecht", "Lyon", "Bari", "Kiruna", "Cork", "Poznan", "Lugano")


def people(rows):
    columns = zip(("name", "city"), (Kind.PERSON, Kind.CITY), zip(*rows, strict=True), strict=True)
    return Table(ids=range(len(rows)), columns=tuple(Column(name=n, kind=k, values=v) for n, k, v in columns))


def lists():
    """Row n of either list is one person."""
    names = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    others = [name[::-1].title() if n % 10 == 0 else name for n, name in enumerate(names)]
    left, right = ([(name, CITIES[n % 7]) for n, name in enumerate(side)] for side in (names, others))
    return people(left), people(right)


def products(titles):
    return Table(ids=range(len(titles)), columns=(Column(name="title", kind=Kind.TEXT, values=titles),))


def same_pairs(found):
    return set(zip(found.left[found.is_same].tolist(), found.right[found.is_same].tolist(), strict=True))


def test_a_few_reviews_change_no_other_pair():
    left, right = lists()
    labels = Labels(left=[1, 2], right=[1, 3], is_match=[True, False])

    plain, taught = match(left, right), match(left, right, labels=labels)

    assert same_pairs(taught) == same_pairs(plain)


def test_a_reviewed_match_is_kept_though_nothing_is_alike():
    left, right = lists()

    found = match(left, right, labels=Labels(left=[0], right=[0], is_match=[True]))

    assert (0, 0) in same_pairs(found)
    assert (0, 0) not in same_pairs(match(left, right))


def test_a_pair_a_person_kept_apart_is_not_the_same():
    left, right = lists()

    found = match(left, right, labels=Labels(left=[1], right=[1], is_match=[False]))

    assert (1, 1) not in same_pairs(found)


def test_who_lost_the_best_partner_to_a_person_gets_no_second_one_unasked():
    left, right = lists()
    twice = people([*zip(*(column.values for column in right.columns), strict=True), ("Ada Castell", "Lyon")])
    best, second = (1, 1), (1, 80)
    assert best in same_pairs(match(left, twice))

    found = match(left, twice, labels=Labels(left=[1], right=[1], is_match=[False]))

    assert {best, second}.isdisjoint(same_pairs(found))
    place = list(zip(found.left.tolist(), found.right.tolist(), strict=True)).index(second)
    assert found.weight[place] > 0  # it is shown, and a person decides


def test_points_with_reviews_sum_exactly_to_the_weight():
    left, right = lists()

    found = match(left, right, labels=Labels(left=[0, 1], right=[0, 1], is_match=[True, False]))

    assert all(sum(found.point_words(pair).values()) == found.weight[pair] for pair in range(len(found)))


def test_reviews_that_are_all_right_already_leave_the_weights_as_they_are():
    left, right = lists()
    known = [n for n in range(80) if n % 10]
    labels = Labels(
        left=[*known, *known], right=[*known, *(n + 1 if n < 79 else 1 for n in known)],
        is_match=[True] * len(known) + [False] * len(known),
    )  # fmt: skip

    plain, taught = match(left, right), match(left, right, labels=labels)

    untouched = {pair for pair in same_pairs(plain) if pair[0] not in known}
    assert untouched <= same_pairs(taught)


@pytest.mark.parametrize("said", [True, False])
def test_a_review_of_a_row_with_itself_is_no_error(said):
    left, _ = lists()

    assert len(match(left, labels=Labels(left=[0], right=[0], is_match=[said]))) == len(match(left))


def test_reviews_teach_that_versions_tell_products_apart():
    random = np.random.default_rng(5)
    makers = [start + end for start in ("Tern", "Oak", "Quill", "Birch", "Havn") for end in ("field", "line", "mark")]
    things = ("ledger", "planner", "studio", "tutor", "backup", "maps", "chess coach", "invoice", "atlas", "piano")
    versions = random.integers(2, 8, 150)
    is_newer = random.random(150) < 0.5
    names = [f"{maker} {thing}" for maker in makers for thing in things]
    labels = Labels(left=range(100), right=range(100), is_match=~is_newer[:100])

    found = match(
        products([f"{name} {version}" for name, version in zip(names, versions, strict=True)]),
        products([f"{name} {version}" for name, version in zip(names, versions + is_newer, strict=True)]),
        labels=labels,
    )

    others = {pair for pair in same_pairs(found) if pair[0] >= 100}
    assert len(others ^ {(n, n) for n in range(100, 150) if not is_newer[n]}) <= 3
