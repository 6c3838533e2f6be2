import json
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import JSONField

from deals.models import Deal, Identity
from pipeline import bulk
from pipeline.models import Decision, Record, Row, Subject, Version
from tests.deals.factories import make_contact, make_file, make_record, make_source

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, 0, 5, 250, tzinfo=timezone(timedelta(hours=2)))


def stored(instance, *names):
    """What the table holds for these columns (all but the id by default), as the driver reads it; of JSON what its
    text means."""
    fields = [field for field in instance._meta.concrete_fields if field.name in names or not names]
    fields = [field for field in fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM "{instance._meta.db_table}" WHERE id = %s', [instance.pk])
        row = cursor.fetchone()
    return [
        json.loads(value) if isinstance(field, JSONField) else value for field, value in zip(fields, row, strict=True)
    ]


def deal(**fields):
    return Deal(first_seen_at=NOON, held={"stage": {"value": "“Won” \\ \t\n1", "by": None, "at": [1, 2.5]}}, **fields)


def decision(subject):
    return Decision(
        subject=subject, label="same", anchor=7, score=0.125, layer="person", reason="guard", is_model=True,
        evidence={"levels": {"né": "\U0001f41d"}}, path=[{"layer": "x", "anchor": None}], created_at=NOON,
    )  # fmt: skip


def test_nothing_is_written_for_nothing():
    assert bulk.insert(Row, ("line",), []) == []

    bulk.create([])
    bulk.update([], ("line",))

    assert Row.objects.count() == 0


def test_a_row_that_is_there_already_is_refused():
    file = make_file()
    Row.objects.create(file=file, line=2, cells=[], outcome="read")

    with pytest.raises(IntegrityError):
        bulk.insert(Row, ("file_id", "line", "cells", "outcome", "reason"), [(file.pk, 2, [], "created", "")])


def test_ids_come_in_order_and_are_nobody_elses():
    file, cells = make_file(), ["a"]
    before = Row.objects.create(file=file, line=1, cells=cells, outcome="created").pk

    rows = [(file.pk, line, cells, Row.Outcome.CREATED, "") for line in (2, 3)]
    ids = bulk.insert(Row, ("file_id", "line", "cells", "outcome", "reason"), rows)

    after = Row.objects.create(file=file, line=4, cells=cells, outcome="created").pk
    assert before < ids[0] < ids[1] < after
    assert [Row.objects.get(pk=pk).line for pk in ids] == [2, 3]


def test_a_row_is_stored_as_bulk_create_stores_it():
    file, cells = make_file(), ["", "tab\there", "back\\slash", "línea\r\ntwo", '"quoted"', "\\N", "100 %s"]

    (pk,) = bulk.insert(
        Row, ("file_id", "line", "cells", "outcome", "reason"), [(file.pk, 2, cells, Row.Outcome.SKIPPED, "Why\\N")]
    )

    (other,) = Row.objects.bulk_create(
        [Row(file=make_file("other.csv"), line=2, cells=cells, outcome=Row.Outcome.SKIPPED, reason="Why\\N")]
    )
    assert stored(Row.objects.get(pk=pk))[1:] == stored(other)[1:]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {
            "name": "Cold store", "amount": Decimal("12000.5"), "close_date": date(2026, 9, 30), "is_won": True,
            "probability": 0.4, "last_activity_at": NOON, "is_current": False, "record_count": 3,
        },
        {"amount": Decimal("1E+3"), "last_activity_at": NOON.astimezone(UTC), "probability": 1.0},
    ],
)  # fmt: skip
def test_a_deal_is_stored_as_bulk_create_stores_it(fields):
    mine, other = deal(**fields), deal(**fields)

    bulk.create([mine])

    Deal.objects.bulk_create([other])
    moment = [f.name for f in Deal._meta.concrete_fields if f.name not in ("id", "updated_at")]
    assert stored(mine, *moment) == stored(other, *moment)
    assert abs(Deal.objects.get(pk=mine.pk).updated_at - Deal.objects.get(pk=other.pk).updated_at) < timedelta(hours=1)


def test_a_record_and_its_version_are_stored_as_bulk_create_stores_them():
    row, values = make_record().row, {"name": "Zoë", "revenue": "12.50", "emails": ["a@b.example"], "none": None}
    mine, other = (
        Record(
            source=make_source(name), kind="contact", key="7", values=values, content_hash="0f", row=row,
            recorded_at=NOON,
        )
        for name in ("One", "Two")
    )  # fmt: skip

    bulk.create([mine])
    columns = ("record_id", "row_id", "values", "content_hash", "recorded_at")
    (version,) = bulk.insert(Version, columns, [(mine.pk, row.pk, values, "0f", NOON)])

    Record.objects.bulk_create([other])
    (second,) = Version.objects.bulk_create(
        [Version(record=other, row=row, values=values, content_hash="0f", recorded_at=NOON)]
    )
    assert stored(mine)[1:] == stored(other)[1:]
    assert stored(Version.objects.get(pk=version))[1:] == stored(second)[1:]


def test_a_decision_is_stored_as_bulk_create_stores_it():
    one, two = (Subject.objects.create(pipeline="p", object_id=number) for number in (1, 2))
    mine, other = decision(one), decision(two)

    bulk.create([mine])

    Decision.objects.bulk_create([other])
    assert stored(mine)[1:] == stored(other)[1:]
    assert not mine._state.adding


def test_rows_that_point_at_each_other_are_stored_with_reserved_ids():
    subject = Subject(pipeline="p", object_id=1)
    with transaction.atomic():
        bulk.reserve([subject])
        made = decision(subject)
        bulk.create([made])
        subject.decision = made
        bulk.create([subject])

    assert Subject.objects.create(pipeline="p", object_id=2).pk > subject.pk
    assert Decision.objects.get().subject.decision == made


def test_half_a_character_is_written_as_json_writes_it():
    """SQLite keeps it; PostgreSQL refuses it however it comes, and imports take it out before."""
    made = decision(Subject.objects.create(pipeline="p", object_id=1))
    made.evidence = {"cut": "\ud83d"}
    refused = pytest.raises(DataError, match="surrogate") if connection.vendor == "postgresql" else nullcontext()

    with refused:
        bulk.create([made])
        assert Decision.objects.get().evidence == {"cut": "\ud83d"}


def test_columns_left_out_are_empty():
    contact = make_contact()

    (pk,) = bulk.insert(Identity, ("contact_id", "kind", "value"), [(contact.pk, Identity.Kind.EMAIL, "ada@q.example")])

    identity = Identity.objects.get(pk=pk)
    assert (identity.contact, identity.kind, identity.value) == (contact, "email", "ada@q.example")


def test_an_update_stores_what_bulk_update_stores_and_nothing_else():
    mine, other, names = deal(name="Old"), deal(name="Old"), ("stage", "amount", "is_won", "close_date", "held")
    Deal.objects.bulk_create([mine, other])
    for one in (mine, other):
        one.name, one.stage, one.amount, one.is_won = "Not written", "Won, 100 %", Decimal("7.10"), True
        one.close_date, one.held = date(2026, 1, 2), {"a": ["ü", None]}

    bulk.update([mine], names)

    Deal.objects.bulk_update([other], names)
    assert stored(mine, *names) == stored(other, *names)
    assert Deal.objects.get(pk=mine.pk).name == "Old"


def test_many_rows_get_each_its_own_values_in_one_transaction_twice():
    subjects = [Subject(pipeline="p", object_id=number) for number in range(60)]
    bulk.create(subjects)
    for number, one in enumerate(subjects):
        one.case_hash, one.is_ask_due = f"{number}\t\\N", number % 2 == 0

    bulk.update(subjects[:-1], ("case_hash", "is_ask_due", "decision"))
    bulk.update(subjects[1:], ("case_hash",))

    found = list(Subject.objects.order_by("object_id").values_list("case_hash", "is_ask_due", "decision"))
    assert found == [(f"{number}\t\\N", number % 2 == 0 and number < 59, None) for number in range(60)]
