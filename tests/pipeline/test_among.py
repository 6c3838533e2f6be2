import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pipeline.models import Record, Version
from tests.deals.factories import make_file, make_record

pytestmark = pytest.mark.django_db


def test_among_finds_what_in_finds():
    file = make_file()
    records = [make_record(key=str(number), file=file, line=number) for number in range(2, 7)]
    some, rows = [one.pk for one in records[1:4]], {one.row_id for one in records[:2]}

    assert set(Record.objects.filter(pk__among=some)) == set(Record.objects.filter(pk__in=some))
    assert set(Record.objects.filter(row__among=rows)) == set(records[:2])
    assert {one.record for one in Version.objects.filter(record__among=some)} == set(records[1:4])
    assert list(Record.objects.filter(pk__among=some).exclude(pk__among=some[:2])) == [records[3]]


def test_among_nothing_is_nothing_and_asks_nobody():
    make_record()

    with CaptureQueriesContext(connection) as asked:
        assert list(Record.objects.filter(pk__among=[])) == []

    assert len(asked) == 0
    assert Record.objects.exclude(pk__among=[]).count() == 1
