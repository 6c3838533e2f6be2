"""Common contacts tell where strength does not."""

import pytest

from deals.relationships.likely import likeliness


def test_nothing_in_common_leaves_the_strength():
    assert likeliness(45, []) == 0.45


def test_a_common_contact_counts_more_the_fewer_people_it_knows():
    assert likeliness(0, [3]) > likeliness(0, [30]) > 0


def test_common_contacts_add_up():
    assert likeliness(20, [3, 3]) == pytest.approx(0.2 + 2 * 0.02 / 1.3862943611)
