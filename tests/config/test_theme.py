"""Large lists: counted cheaply, leafed through up to a point."""

import pytest
from django.contrib.auth.models import Group
from django.core.paginator import EmptyPage
from django.db import connection

from config import theme
from config.theme import BoundedPaginator, EstimatedPaginator


def test_a_small_table_is_counted_exactly(db):
    assert EstimatedPaginator(Group.objects.order_by("pk"), 50).count == Group.objects.count()


def test_a_filtered_list_is_counted_exactly(db, monkeypatch):
    monkeypatch.setattr(theme, "EXACT_BELOW", 0)

    assert EstimatedPaginator(Group.objects.filter(name="Viewer").order_by("pk"), 50).count == 1


def test_a_large_table_is_counted_from_the_statistics(db, monkeypatch):
    if connection.vendor != "postgresql":
        monkeypatch.setattr(theme, "_estimated_rows", lambda rows: 1_000_000)
    else:
        monkeypatch.setattr(theme, "EXACT_BELOW", 0)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE auth_group")
    estimated = EstimatedPaginator(Group.objects.order_by("pk"), 50).count

    assert estimated == (Group.objects.count() if connection.vendor == "postgresql" else 1_000_000)


def test_of_a_filtered_ledger_no_more_is_counted_than_its_pages_hold(db, monkeypatch):
    monkeypatch.setattr(theme, "MAX_PAGES", 2)
    Group.objects.bulk_create(Group(name=f"group {number}") for number in range(9))
    found = Group.objects.filter(name__startswith="group ").order_by("pk")

    assert str(BoundedPaginator(found, 5).count) == "9"
    assert str(BoundedPaginator(found, 4).count) == "more than 8"
    assert len(BoundedPaginator(found, 4).page(2)) == 4


def test_what_is_listed_along_an_index_is_counted_along_it(db, django_assert_num_queries):
    class ByName(BoundedPaginator):
        counted_in_order = frozenset({"name"})

    found = Group.objects.filter(pk__gte=0)

    with django_assert_num_queries(2) as asked:
        assert ByName(found.order_by("name"), 50).count == ByName(found.order_by("-pk"), 50).count
    assert ["ORDER BY" in one["sql"] for one in asked.captured_queries] == [True, False]


def test_leafing_ends_after_500_pages():
    pages = EstimatedPaginator(range(100_000), 50)

    assert pages.num_pages == 500
    assert list(pages.page(500)) == list(range(24_950, 25_000))
    with pytest.raises(EmptyPage):
        pages.page(501)
