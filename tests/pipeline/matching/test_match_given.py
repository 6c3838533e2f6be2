import numpy as np
import pytest

from pipeline.matching.kinds import Kind
from pipeline.matching.match_given import Reviewed, match_given
from pipeline.matching.table import Column, Table

MAKERS = ("Ternfield", "Oakline", "Quillmark", "Havn", "Birch Labs", "Copperleaf")
PRODUCTS = ("ledger", "planner", "photo studio", "backup", "typing tutor", "route maps", "invoice", "chess coach")


def products(titles):
    return Table(ids=range(len(titles)), columns=(Column(name="title", kind=Kind.TEXT, values=titles),))


def shop_pairs(count, seed):
    """Titles of two shops: the same product, another version, or the same with an upgrade only."""
    random = np.random.default_rng(seed)
    left, right, truth = [], [], []
    for _ in range(count):
        maker, product, version = random.choice(MAKERS), random.choice(PRODUCTS), int(random.integers(2, 9))
        kind = random.integers(3)
        left.append(f"{maker} {product} {version}.0")
        ending = "upgrade" if kind == 2 else random.choice(["retail box", "cd", "for windows"])
        right.append(f"{product} {version + (kind == 1)} {ending}")
        truth.append(kind == 0)
    return products(left), products(right), np.array(truth)


def test_few_reviews_change_no_weight():
    left, right, _ = shop_pairs(30, seed=1)
    few = Reviewed(left=products(["a b"]), right=products(["a b"]), is_match=np.array([True]))

    taught = match_given(left, right, few)

    assert taught.weight == pytest.approx(match_given(left, right).weight, abs=0.5)


def test_reviews_teach_that_another_version_and_an_upgrade_are_other_products():
    left, right, truth = shop_pairs(60, seed=1)
    reviews = Reviewed(**dict(zip(("left", "right", "is_match"), shop_pairs(240, seed=2), strict=True)))

    plain, taught = match_given(left, right), match_given(left, right, reviews)

    assert (taught.is_same == truth).mean() >= 0.95
    assert (plain.is_same == truth).mean() < 0.8


def test_left_and_right_may_change_places():
    left, right, _ = shop_pairs(20, seed=1)
    one, other, truth = shop_pairs(70, seed=2)

    forth = match_given(left, right, Reviewed(left=one, right=other, is_match=truth))
    back = match_given(right, left, Reviewed(left=other, right=one, is_match=truth))

    assert forth.weight == pytest.approx(back.weight, abs=1e-3)


def test_no_pairs_are_no_error():
    assert len(match_given(products([]), products([])).weight) == 0
