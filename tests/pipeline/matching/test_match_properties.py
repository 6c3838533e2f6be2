import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.matching.kinds import Kind
from pipeline.matching.match import match
from pipeline.matching.match_given import match_given
from pipeline.matching.table import Column, Table

SCRIPTS = ["Иван Петров", "王小明", "محمد علي", "Γιώργος Παπάς", "דוד לוי", "김민수", "राहुल शर्मा", "สมชาย ใจดี"]
CELLS = st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["Ann Lee", "Anne Lee", "Bob Ray", *SCRIPTS]))


def people(names, **more):
    columns = (Column(name="name", kind=Kind.PERSON, values=names), *more.values())
    return Table(ids=list(range(len(names))), columns=columns)


def weights(matches):
    pairs = zip(matches.left.tolist(), matches.right.tolist(), strict=True)
    return dict(zip(pairs, matches.weight.round(6).tolist(), strict=True))


@settings(max_examples=25)
@given(st.lists(CELLS, max_size=12))
def test_any_texts_match_without_error_and_points_sum_to_the_weight(names):
    found = match(people(names))

    sums = found.points.sum(axis=1, dtype=float) + found.prior_bits
    assert np.allclose(sums, found.weight)
    assert (found.left < found.right).all()


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_rows_does_not_matter(order):
    names = ["Ann Lee", "Anne Lee", "Bob Ray", "Robert Ray", "Cy Dow", "Di Fox", "Ann Lee", "Eve Orr"]

    plain, mixed = weights(match(people(names))), weights(match(people([names[row] for row in order])))

    restored = {tuple(sorted((order[a], order[b]))): weight for (a, b), weight in mixed.items()}
    assert restored == pytest.approx(plain, abs=1e-4)


@settings(max_examples=15, deadline=None)
@given(st.lists(CELLS, max_size=8), st.lists(CELLS, max_size=8))
def test_left_and_right_may_change_places(names, others):
    forth, back = match(people(names), people(others)), match(people(others), people(names))

    assert weights(back) == pytest.approx({(b, a): weight for (a, b), weight in weights(forth).items()}, abs=1e-4)
    assert forth.probability == pytest.approx(back.probability[np.lexsort((back.left, back.right, -back.weight))])


@pytest.mark.parametrize("kind", Kind)
def test_any_kind_takes_any_text_from_either_side(kind):
    values = ["", None, "0", "-", "@", "\x00\ufffe", "ß" * 40, "1 " * 700, "a@b@c", "2/3/2024", "NaN", *SCRIPTS]
    table = Table(ids=range(len(values)), columns=(Column(name="v", kind=kind, values=values),))

    plain = match_given(table, Table(ids=table.ids, columns=(Column(name="v", kind=kind, values=values[::-1]),)))

    assert len(match(table)) == len(match(table))
    assert plain.weight == pytest.approx(plain.weight[::-1])
    assert np.isfinite(plain.weight).all()


def test_a_duplicated_column_changes_nobody():
    names = [f"{first} {last}" for first in ("Ann", "Bob", "Cleo", "Dan") for last in ("Lee", "Ray", "Fox")] + [
        "Ann Lee"
    ]
    twice = people(names, again=Column(name="again", kind=Kind.PERSON, values=names))

    assert match(twice).cluster.tolist() == match(people(names)).cluster.tolist()


def test_columns_without_values_match_nothing():
    assert not match(people([None] * 50)).is_same.any()


def test_ten_thousand_identical_rows_stay_within_bounds():
    rows = 10_000
    found = match(people(["Ann Lee"] * rows))

    assert len(found) <= 100 * rows


@pytest.mark.parametrize("name", SCRIPTS)
def test_equal_names_of_any_script_agree(name):
    found = match(people([name, "Ann Lee", name, "Bob Ray"]))

    assert found.level_words(0)["name"] == "equal"
    assert (found.left[0], found.right[0]) == (0, 2)


@pytest.mark.parametrize("kind", Kind)
def test_a_megabyte_in_a_cell_is_no_error(kind):
    cells = ["long word " * 100_000, "long word " * 100_000, "y@z.example"]
    table = Table(ids=range(3), columns=(Column(name="v", kind=kind, values=cells),))

    tracemalloc.start()
    found = match(table)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert np.isfinite(found.weight).all()
    assert peak < 50_000_000
